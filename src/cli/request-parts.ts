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

const NO_TOKEN = /[^!#$%&'*+\-.^_`|~0-9A-Za-z]/u;
const CONTROL = /\p{Cc}/u;
const NO_COOKIE = /[\s\p{Cc}]/u;

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
    if (!TOKEN.test(name)) wrong.push(`${said} is no header: ${headerFault(text, typed.header)}.`);
    else if (CONTROL.test(value)) wrong.push(`${said} holds ${called(value, CONTROL)}, which no header can hold.`);
    else if (name === 'cookie') cookies.push(value);
    else if (name === 'host' && found.has(name)) wrong.push('The host is typed twice. Leave one of them away.');
    // Proxies join a header that comes several times: https://www.rfc-editor.org/rfc/rfc9110#section-5.3
    else found.set(name, found.has(name) ? `${found.get(name)},${value.trim()}` : value.trim());
  }
  return { headers: Object.fromEntries(found) as Request['headers'], cookies };
}

/** What to type where it is plain what was meant, else what is wrong: a guess would be another request. */
function headerFault(text: string, before: string): string {
  const [, name, value] = /^([\w-]+)\s*=\s*(.*)$/s.exec(text) ?? /^([\w-]+)\s+([^:]*)$/s.exec(text) ?? [];
  if (name !== undefined) return `type ${asTyped(before, `${name}: ${value}`)}`;
  const [, host] = /^:authority:\s*(.*)$/is.exec(text) ?? [];
  if (host !== undefined) return `type ${asTyped(before, `host: ${host}`)}`;
  const [, written] = /^([^:]*):/.exec(text) ?? [];
  if (written === undefined) return `a colon parts name and value, as in ${asTyped(before, 'end-user: jason')}`;
  if (written === '') return `no name stands before its colon, as in ${asTyped(before, 'end-user: jason')}`;
  return `its name holds ${called(written, NO_TOKEN)}, which no name of a header can hold`;
}

/** The first character of a text that must not be there, in words. */
function called(text: string, forbidden: RegExp): string {
  const character = forbidden.exec(text)?.[0] ?? '';
  return character === ' ' ? 'a blank' : quote(character);
}

/** `-H 'end-user: jason'`, or `header end-user: jason` inside of the one text. */
const asTyped = (before: string, text: string): string =>
  before.startsWith('-') ? `${before}${shellWord(text)}` : `${before}${text}`;

function readCookies({ typed }: RequestParts, texts: readonly string[], wrong: string[]): Request['cookies'] {
  const found = new Map<string, string>();
  for (const piece of texts.flatMap(piecesOf)) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(piece) ?? [];
    const said = `${typed.cookie}${quote(piece)}`;
    if (!TOKEN.test(name)) wrong.push(`${said} is no cookie: ${cookieFault(piece, typed.cookie)}.`);
    else if (NO_COOKIE.test(value))
      wrong.push(`${said} holds ${called(value, NO_COOKIE)}, which no cookie can hold.${parted(piece, typed.cookie)}`);
    else if (found.has(name)) wrong.push(`The cookie ${quote(name)} is typed twice: leave one of them away.`);
    found.set(name, value);
  }
  return Object.fromEntries(found);
}

function cookieFault(piece: string, before: string): string {
  const name = piece.split('=', 1)[0] ?? '';
  if (name === '') return `a name and a value are wanted, as in ${asTyped(before, 'beta=1')}`;
  if (NO_TOKEN.test(name)) return `its name holds ${called(name, NO_TOKEN)}, which no name of a cookie can hold`;
  return `it lacks a value; type ${asTyped(before, `${name}=1`)} for the value 1`;
}

/** What to type where commas stand between cookies. */
function parted(piece: string, before: string): string {
  const pieces = piece.split(/,\s*/);
  const isList = pieces.length > 1 && pieces.every(one => /^[^=\s]+=\S*$/.test(one));
  const fix = isList ? `: type ${asTyped(before, pieces.join('; '))}` : '';
  return ` Cookies are separated by ";"${fix}.`;
}

/** The cookies of a text; a last semicolon is nothing to stumble over, an empty text is. */
const piecesOf = (text: string): readonly string[] =>
  text
    .replace(/;\s*$/, '')
    .split(';')
    .map(piece => piece.trim());
