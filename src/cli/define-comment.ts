import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { checkOptions, checkRequest } from './check-options.ts';
import { COMMENT_HOSTS, type CommentFlags } from './comment-options.ts';
import { EXAMPLES } from './examples.ts';

/** What tells reviewers about a pull request. */
export function defineCommentCommands(program: Command, act: Act): void {
  const command = program
    .command('comment')
    .description('print what a pull request changes as one comment for its reviewers')
    .addOption(new Option('--post <host>', 'create or update the comment of this pull request').choices(COMMENT_HOSTS))
    .addHelpText('after', EXAMPLES.comment);
  for (const option of checkOptions().filter(({ long }) => SHARED.has(long ?? ''))) command.addOption(option);
  act(command, async settings => {
    const { comment } = await import('./commands/comment.ts');
    const { post, ...flags } = command.opts<CommentFlags>();
    return comment({ check: checkRequest(flags, []), ...(post === undefined ? {} : { post }) }, settings);
  });
}

/** What a check is asked, a comment on what it finds is asked too. */
const SHARED: ReadonlySet<string> = new Set(['--base', '--allow-deletion']);
