import type { NamedMatch, TextMatch } from './traffic.ts';

/**
 * Most providers match no cookies; a regex over the whole `cookie` header stands for one.
 * These are the texts that mean a cookie here, NAME and VALUE with RE2's own characters behind backslashes:
 *
 *     exact     ^(?:.*; *)?NAME=VALUE(?:;.*)?$
 *     prefix    ^(?:.*; *)?NAME=VALUE[^;]*(?:;.*)?$
 *     regex     ^(?:.*; *)?NAME=(?:REGEX)(?:;.*)?$
 *     present   ^(?:.*; *)?NAME=[^;]*(?:;.*)?$
 */
const BEFORE = '^(?:.*; *)?';
const AFTER = '(?:;.*)?$';
const ANY = '[^;]*';

/** The cookie that a regex over the `cookie` header asks for; undefined where it asks for anything else. */
export function cookieOf(regex: string): NamedMatch | undefined {
  if (regex.length < BEFORE.length + AFTER.length || !regex.startsWith(BEFORE) || !regex.endsWith(AFTER))
    return undefined;
  const middle = regex.slice(BEFORE.length, -AFTER.length);
  const equals = middle.indexOf('=');
  const name = equals > 0 && !/\s/.test(middle.slice(0, equals)) ? unescaped(middle.slice(0, equals)) : undefined;
  const text = name === undefined ? undefined : cookieText(middle.slice(equals + 1));
  return name === undefined || text === undefined ? undefined : { name, text };
}

function cookieText(text: string): TextMatch | undefined {
  if (text === ANY) return { kind: 'present' };
  if (text.startsWith('(?:') && isOneGroup(text)) return { kind: 'regex', value: text.slice(3, -1) };
  const kind = text.endsWith(ANY) ? 'prefix' : 'exact';
  const value = unescaped(kind === 'prefix' ? text.slice(0, -ANY.length) : text);
  return value === undefined ? undefined : { kind, value };
}

/** A literal without its backslashes; undefined where it holds a bare character of RE2's own, or what no cookie can hold. */
function unescaped(text: string): string | undefined {
  if (!/^(?:[^\\.+*?()|[\]{}^$;]|\\[\\.+*?()|[\]{}^$])*$/.test(text)) return undefined;
  return text.replace(/\\(.)/g, '$1');
}

/** Whether the parenthesis that opens a regex is the one that closes it. */
export function isOneGroup(regex: string): boolean {
  let depth = 0;
  for (let i = 0; i < regex.length; i++) {
    const c = regex[i];
    if (c === '\\') i = regex[i + 1] === 'Q' ? endOfQuote(regex, i) : i + 1;
    else if (c === '[') i = endOfClass(regex, i);
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i === regex.length - 1;
  }
  return false;
}

function endOfQuote(regex: string, start: number): number {
  const end = regex.indexOf('\\E', start + 2);
  return end < 0 ? regex.length : end + 1;
}

/** Index of the bracket that closes a class; `[]a]`, `[^]a]` and `[[:alpha:]]` hold brackets that do not. */
function endOfClass(regex: string, start: number): number {
  let i = start + (regex[start + 1] === '^' ? 2 : 1);
  if (regex[i] === ']') i++;
  for (; i < regex.length && regex[i] !== ']'; i++) {
    if (regex[i] === '\\') i++;
    else if (regex[i] === '[' && regex[i + 1] === ':') i = Math.max(i, regex.indexOf(':]', i + 2) + 1);
  }
  return i;
}
