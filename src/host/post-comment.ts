import { visible } from '../layout/visible.ts';
import { callRest, type RestAnswer, type RestCall, type Unreached } from './rest.ts';

/** A comment that a site holds. */
export interface HeldComment {
  readonly id: string;
  readonly text: string;
  /** Whoever wrote it, in the site's own words. */
  readonly author: string;
  /** Whether a person cannot have written it. */
  readonly isBot: boolean;
}

/** Where comments of one pull request are, and how its site is asked. */
export interface CommentTarget {
  /** For messages: `pull request 12 of acme/shop`. */
  readonly name: string;
  readonly headers: RestCall['headers'];
  /** Never shown. */
  readonly token: string;
  /** Who asks. */
  readonly self: string;
  /** A page of comments; numbers begin with 1. */
  readonly list: (page: number) => string;
  readonly create: string;
  readonly update: (id: string) => { readonly method: 'PUT' | 'PATCH'; readonly url: string };
  /** The name by which `HeldComment.author` calls whoever the answer is about. */
  readonly authorOf: (user: unknown) => string | undefined;
  readonly read: (entry: unknown) => HeldComment | undefined;
  readonly hasMore: (answer: Answered) => boolean;
  /** What to give the token where the site refuses. */
  readonly rights: string;
  /** What to say instead of failing where the site refuses, because this run cannot have the right; absent: it can. */
  readonly mayNot?: string;
}

type Answered = Exclude<RestAnswer, Unreached>;

export interface Letter {
  readonly text: string;
  /** The first line of the text, by which the comment is found again. */
  readonly marker: string;
  /** Whether it only replaces an older one. */
  readonly idle: boolean;
}

/** What became of it, a sentence. */
export type Posted = { readonly done: string } | { readonly wrong: string };

/** Above so many pages nobody would find the comment either. */
const MOST_PAGES = 50;

/** Updates the comment that begins with the marker, or creates it. Never throws. */
export async function postComment(target: CommentTarget, letter: Letter): Promise<Posted> {
  const found = await findOwn(target, letter.marker);
  if ('failed' in found) return failure(target, found.failed, 'read');
  if (found.own === undefined && letter.idle) return { done: `Nothing to say on ${target.name}, and nothing was.` };
  if (found.own?.text === letter.text.trimEnd()) return { done: `The comment on ${target.name} says so already.` };
  const way = found.own === undefined ? { method: 'POST' as const, url: target.create } : target.update(found.own.id);
  const answer = await ask(target, { ...way, body: { body: letter.text.trimEnd() } });
  if (!isFine(answer)) return failure(target, answer, 'write');
  return { done: `${found.own === undefined ? 'Commented on' : 'Updated the comment on'} ${target.name}.` };
}

const ask = (target: CommentTarget, call: Omit<RestCall, 'headers'>): Promise<RestAnswer> =>
  callRest({ ...call, headers: { 'user-agent': 'surefoot', ...target.headers } });

const isFine = (answer: RestAnswer): answer is Answered =>
  'status' in answer && answer.status >= 200 && answer.status < 300;

/** The oldest comment with the marker that may be ours: of our own name where the site tells it, else of no person. */
async function findOwn(
  target: CommentTarget,
  marker: string,
): Promise<{ readonly own: HeldComment | undefined } | { readonly failed: RestAnswer }> {
  const who = await ask(target, { method: 'GET', url: target.self });
  const author = isFine(who) ? target.authorOf(who.json) : undefined;
  if ('unreached' in who) return { failed: who };
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask(target, { method: 'GET', url: target.list(page) });
    if (!isFine(answer) || !Array.isArray(answer.json)) return { failed: answer };
    const own = answer.json
      .map(target.read)
      .find(
        held =>
          held?.text.split(/\r?\n/, 1)[0] === marker && (author === undefined ? held.isBot : held.author === author),
      );
    if (own !== undefined) return { own: { ...own, text: own.text.replaceAll('\r\n', '\n') } };
    if (!target.hasMore(answer)) break;
  }
  return { own: undefined };
}

function failure(target: CommentTarget, answer: RestAnswer, verb: 'read' | 'write'): Posted {
  const what = `the comments on ${target.name} could not be ${verb === 'read' ? 'read' : 'written'}`;
  if ('unreached' in answer) return { wrong: `${what}: ${answer.unreached}. The checks do not need it.` };
  const { status, json } = answer;
  const isRefused = status === 401 || status === 403 || status === 404;
  if (isRefused && target.mayNot !== undefined) return { done: `${what}: ${target.mayNot}` };
  const said = status < 300 ? 'and no list of comments' : messageOf(json, target.token);
  return { wrong: `${what}: ${status}${said === '' ? '' : ` ${said}`}.${isRefused ? ` ${target.rights}` : ''}` };
}

/** What the site says, short, and never the token that it was asked with. */
function messageOf(json: unknown, token: string): string {
  const { message, error } =
    typeof json === 'object' && json !== null ? (json as { message?: unknown; error?: unknown }) : {};
  const said = [message, error].find(one => typeof one === 'string');
  return visible(
    String(said ?? '')
      .replaceAll(token, '…')
      .slice(0, 200),
  );
}
