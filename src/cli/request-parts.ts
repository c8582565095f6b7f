import { list, quote } from '../diagnostics/wording.ts';
import { shellWord } from '../layout/shell-word.ts';
import type { Request } from '../traffic/evaluate.ts';
import { readTarget } from './request-target.ts';

/** A request as typed, piece by piece. */
export interface RequestParts {
  /** Absent: GET. */
  readonly method?: string;
  /** Path with its query, or a URL; absent: `/`. */
  readonly path?: string;
  /** Each `name: value`. */
  readonly headers: readonly string[];
  /** Each `name=value; name=value`. */
  readonly cookies: readonly string[];
  /** Each `name=value`, beside the query of the path. */
  readonly query: readonly string[];
  /** What stands before each piece where it is typed, for messages. */
  readonly typed: { readonly [piece in 'method' | 'path' | 'header' | 'cookie']: string };
}

/** A request that could be read, or everything that is wrong with it. */
export type ReadRequest = { readonly request: Request } | { readonly wrong: readonly string[] };

/** What a name of a header, a cookie or a method may hold: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Puts a request together; all of its mistakes at once. */
export function readRequest(parts: RequestParts): ReadRequest {
  const wrong: string[] = [];
  const method = readMethod(parts, wrong);
  const target = readTarget(parts, wrong);
  const { headers, cookies: inHeaders } = readHeaders(parts, wrong);
  const cookies = readCookies(parts, [...inHeaders, ...parts.cookies], wrong);
  if (target.host !== undefined && headers['host'] !== undefined && headers['host'] !== target.host)
    wrong.push(`The host is typed twice: ${list([target.host, headers['host']])}. Leave one of them away.`);
  const { path, query, host } = target;
  const all = host === undefined ? headers : { ...headers, host };
  return wrong.length > 0 ? { wrong } : { request: { method, path, headers: all, cookies, query } };
}

function readMethod({ method = 'GET', typed }: RequestParts, wrong: string[]): string {
  const upper = method.toUpperCase();
  if (!TOKEN.test(method)) wrong.push(`${typed.method}${quote(method)} is no method: type ${typed.method}GET.`);
  else if (method !== upper) wrong.push(`Methods are in capitals: type ${typed.method}${upper}.`);
  return method;
}

function readHeaders({ headers, typed }: RequestParts, wrong: string[]) {
  const found = new Map<string, string>();
  const cookies: string[] = [];
  for (const text of headers) {
    const [, written = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
    const name = written.toLowerCase();
    const said = `${typed.header}${quote(text)}`;
    if (!TOKEN.test(name)) wrong.push(`${said} is no header: type ${asTyped(typed.header, headerMeant(text))}.`);
    else if (/\p{Cc}/u.test(value)) wrong.push(`${said} holds a character that no header can hold.`);
    else if (name === 'cookie') cookies.push(value);
    // Proxies join a header that comes several times: https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    else found.set(name, found.has(name) ? `${found.get(name)},${value.trim()}` : value.trim());
  }
  return { headers: Object.fromEntries(found) as Request['headers'], cookies };
}

/** What somebody meant who wrote no colon, or a pseudo-header. */
function headerMeant(text: string): string {
  const [, name, value] = /^([\w-]+)\s*[=\s]\s*(.*)$/s.exec(text) ?? [];
  return name === undefined ? 'end-user: jason' : `${name}: ${value}`;
}

/** `-H 'end-user: jason'`, or `header end-user: jason` inside of the one text. */
const asTyped = (before: string, text: string): string =>
  before.startsWith('-') ? `${before}${shellWord(text)}` : `${before}${text}`;

function readCookies({ typed }: RequestParts, texts: readonly string[], wrong: string[]): Request['cookies'] {
  const found = new Map<string, string>();
  for (const piece of texts.flatMap(piecesOf)) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(piece) ?? [];
    const said = `${typed.cookie}${quote(piece)}`;
    if (!TOKEN.test(name)) wrong.push(`${said} is no cookie: type ${asTyped(typed.cookie, 'beta=1')}.`);
    else if (/[\s\p{Cc}]/u.test(value)) wrong.push(`${said} holds a character that no cookie can hold.`);
    else if (found.has(name)) wrong.push(`The cookie ${quote(name)} is typed twice: leave one of them away.`);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

/** The cookies of a text; a last semicolon is nothing to stumble over, an empty text is. */
const piecesOf = (text: string): readonly string[] =>
  text
    .replace(/;\s*$/, '')
    .split(';')
    .map(piece => piece.trim());
