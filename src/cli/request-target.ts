import { quote } from '../diagnostics/wording.ts';
import { shellWord } from '../layout/shell-word.ts';
import type { Request } from '../traffic/evaluate.ts';
import type { RequestParts } from './request-parts.ts';

/** Where a request goes. */
export interface Target extends Pick<Request, 'path' | 'query'> {
  /** Absent: no URL was typed. */
  readonly host?: string;
}

/** Reads a path with its query, or a URL; says what is wrong with it and what to type instead. */
export function readTarget({ path: text = '/', query: more, typed }: RequestParts, wrong: string[]): Target {
  const fault = notAnAddress(text);
  if (fault !== undefined) {
    wrong.push(`${typed.path}${quote(text)} ${fault(typed.path)}`);
    return { path: '/', query: {} };
  }
  const [, host, rest = text] = /^https?:\/\/([^/?#]+)(.*)$/is.exec(text) ?? [];
  const full = host !== undefined && !rest.startsWith('/') ? `/${rest}` : rest;
  const meant = meantBy(full);
  if (meant !== full.replace(/\?$/, '')) {
    const origin = host === undefined ? '' : text.slice(0, text.length - rest.length);
    wrong.push(
      `${typed.path}${quote(text)} never reaches a server like this: type ${typed.path}${shellWord(`${origin}${meant}`)}.`,
    );
  }
  const [path = '/', ...parts] = full.split('?');
  const pairs = [...parts.join('?').split('&'), ...more].filter(pair => pair !== '');
  return {
    path,
    // The first of several counts, and nothing is decoded, as in Envoy.
    query: Object.fromEntries([...pairs].reverse().map(pairOf)),
    ...(host === undefined ? {} : { host }),
  };
}

/** A URL that is none of the web, or a host without what makes it a URL: a leading slash would make it a path. */
function notAnAddress(text: string): ((before: string) => string) | undefined {
  const [, scheme, behind = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    return () => 'is no request of HTTP: only URLs that begin with http:// or https:// can be traced.';
  if (scheme !== undefined && /^(?:[/?#]|$)/.test(behind))
    return before => `names no host: type the host behind ${scheme}://, or only the path, as ${before}/cart.`;
  return HOST_FIRST.test(text)
    ? before => `begins with a host: type ${before}${shellWord(`https://${text}`)}.`
    : undefined;
}

/** Names with a dot between them before a slash or a port, three and more of them anywhere, or a name and a port. */
const HOST_FIRST =
  /^[a-z0-9-]+(?:(?:\.[a-z0-9-]+)+(?:\/|:\d+(?:[/?#]|$))|(?:\.[a-z0-9-]+){2,}(?:[?#]|$)|:\d+(?:[/?#]|$))/i;

const pairOf = (pair: string): readonly [string, string] => {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
};

/** What a client makes of a path before it sends it: no fragment, no dots, nothing that must be escaped. */
function meantBy(path: string): string {
  const rooted = (path.startsWith('/') ? path : `/${path}`).replace(/\?$/, '');
  const { pathname, search } = new URL(`http://host${rooted}`);
  const isSame = decoded(rooted) === decoded(`${pathname}${search}`);
  return isSame && !/[^\x21-\x7e]/.test(rooted) ? rooted : `${pathname}${search}`;
}

/** A bare percent sign is nothing to stumble over. */
const decoded = (text: string): string => {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
};
