import { readFileSync, statSync } from 'node:fs';
import { quote } from '../diagnostics/wording.ts';
import { baseOf, fieldOf, isHeaderSafe, type NoTarget, textOf } from './comment-target.ts';
import type { CommentTarget, HeldComment } from './post-comment.ts';

interface Env {
  readonly [name: string]: string | undefined;
}

/** The pull request that a GitHub workflow runs for, as its environment says: https://docs.github.com/en/actions/reference/workflows-and-actions/variables */
export function githubTarget(env: Env): CommentTarget | NoTarget {
  const { GITHUB_TOKEN: token = '', GITHUB_REPOSITORY: repository = '' } = env;
  const base = baseOf(env['GITHUB_API_URL'] ?? 'https://api.github.com');
  if (base === undefined) return { wrong: 'GITHUB_API_URL is no address of an API.' };
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(?:^|\/)\.\.?(?:\/|$)/.test(repository))
    return {
      wrong: `GITHUB_REPOSITORY ${quote(repository)} is no owner/name; --post github works in a GitHub workflow.`,
    };
  const event = eventIn(env['GITHUB_EVENT_PATH']);
  const number = pullNumber(event, env['GITHUB_REF'] ?? '');
  if (number === undefined)
    return { wrong: 'this run is not about a pull request, so there is nothing to comment on; leave out --post.' };
  const mayNot = isFromFork(event)
    ? 'a pull request from a fork gets a token that may only read. Everything that it would say stands in the log and the summary of this run.'
    : undefined;
  if (token === '' && mayNot !== undefined) return { note: `No comment was written: ${mayNot}` };
  if (token === '' || !isHeaderSafe(token))
    return { wrong: 'GITHUB_TOKEN is not set; give it to the step in its env, as the secret GITHUB_TOKEN.' };
  const repo = `${base}/repos/${repository}`;
  return {
    name: `pull request ${number} of ${repository}`,
    token,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    // An installation's token, such as the one of a workflow, is told 403 here.
    self: `${base}/user`,
    list: page => `${repo}/issues/${number}/comments?per_page=100&page=${page}`,
    create: `${repo}/issues/${number}/comments`,
    update: id => ({ method: 'PATCH', url: `${repo}/issues/comments/${id}` }),
    authorOf: user => textOf(fieldOf(user, 'login')),
    read: heldIn,
    hasMore: ({ header }) => /;\s*rel="?next"?/.test(header('link')),
    rights: 'Give the job `permissions: { contents: read, pull-requests: write }`.',
    ...(mayNot === undefined ? {} : { mayNot }),
  };
}

function heldIn(entry: unknown): HeldComment | undefined {
  const [id, text, user] = [fieldOf(entry, 'id'), fieldOf(entry, 'body'), fieldOf(entry, 'user')];
  if (typeof id !== 'number' || typeof text !== 'string') return undefined;
  const isBot = fieldOf(user, 'type') === 'Bot';
  return { id: String(id), text, author: textOf(fieldOf(user, 'login')) ?? '', isBot };
}

/** Bytes; GitHub sends no event longer than 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
const MOST_EVENT = 26 * 1024 * 1024;

/** The event that started the workflow; undefined where there is none to read. */
function eventIn(path: string | undefined): unknown {
  try {
    if (path === undefined || statSync(path).size > MOST_EVENT) return undefined;
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function pullNumber(event: unknown, ref: string): number | undefined {
  const issue = fieldOf(event, 'issue');
  const ofIssue = fieldOf(issue, 'pull_request') === undefined ? undefined : fieldOf(issue, 'number');
  const [, ofRef] = /^refs\/pull\/([1-9]\d{0,9})\/(?:merge|head)$/.exec(ref) ?? [];
  const numbers = [fieldOf(fieldOf(event, 'pull_request'), 'number'), ofIssue, Number(ofRef)];
  return numbers.find((one): one is number => Number.isSafeInteger(one) && Number(one) > 0);
}

/** Whether it comes from another repository, or from one that is gone. */
function isFromFork(event: unknown): boolean {
  const pull = fieldOf(event, 'pull_request');
  const [head, base] = ['head', 'base'].map(side => textOf(fieldOf(fieldOf(fieldOf(pull, side), 'repo'), 'full_name')));
  return base !== undefined && head !== base;
}
