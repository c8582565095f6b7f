import { isWrong } from '../../host/git.ts';
import { readProposal } from '../../host/proposal.ts';
import { commentMarker, composeComment, GITHUB_LIMIT, GITLAB_LIMIT, isNoChange } from '../../review/comment.ts';
import { nothingLive } from '../check-nothing.ts';
import { checkOut } from '../check-out.ts';
import type { CheckRequest } from '../check-request.ts';
import { commentFacts } from '../comment-facts.ts';
import type { CommentHost } from '../comment-options.ts';
import { judgeEach, openProposal } from '../judge-proposal.ts';
import type { Settings } from '../settings.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';

/** What is asked of a comment. */
export interface CommentRequest {
  readonly check: CheckRequest;
  /** Where to post it; absent: it is only printed. */
  readonly post?: CommentHost;
}

/** Prints what a proposal changes as one comment for reviewers, and posts it where asked. It judges nothing: the checks do. */
export async function comment({ check, post }: CommentRequest, settings: Settings): Promise<ExitCode> {
  const where = openProposal(check, settings);
  if (isWrong(where)) return tellUsage([where.wrong], 'comment');
  const proposal = readProposal(where);
  if (isWrong(proposal)) return tellUsage([proposal.wrong], 'comment');
  const judged = await judgeEach(where, proposal, check, settings);
  if (isWrong(judged)) return tellUsage([judged.wrong], 'comment');
  const facts = commentFacts(judged, await checkOut(settings), settings);
  if (isWrong(facts)) return tellUsage([facts.wrong], 'comment');
  const idle = isNoChange(facts);
  const nothing = idle ? nothingLive(where, settings, check.base) : undefined;
  if (nothing !== undefined) return tellUsage([nothing], 'comment');
  const text = composeComment(facts, { most: post === 'gitlab' ? GITLAB_LIMIT : GITHUB_LIMIT });
  print(text);
  return post === undefined ? 0 : send(post, { text, marker: commentMarker(facts.place), idle });
}

interface Letter {
  readonly text: string;
  readonly marker: string;
  /** Whether it says that nothing changes: it replaces an older comment, and begins none. */
  readonly idle: boolean;
}

async function send(post: CommentHost, letter: Letter): Promise<ExitCode> {
  const [{ postComment }, { githubTarget }, { gitlabTarget }] = await Promise.all([
    import('../../host/post-comment.ts'),
    import('../../host/github-comments.ts'),
    import('../../host/gitlab-comments.ts'),
  ]);
  const target = post === 'github' ? githubTarget(process.env) : gitlabTarget(process.env);
  if ('wrong' in target) return tellUsage([target.wrong], 'comment');
  if ('note' in target) {
    tell(`${target.note}\n`);
    return 0;
  }
  const posted = await postComment(target, letter);
  if ('wrong' in posted) {
    tell(`error: ${posted.wrong}\n`);
    return 2;
  }
  tell(`${posted.done}\n`);
  return 0;
}
