import { RE2JS } from 're2js';

/** Why RE2 refuses an expression; undefined where it does not. */
export function regexFault(regex: string): string | undefined {
  try {
    RE2JS.compile(regex);
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^error parsing regexp: /, '').replace(/\binvalid\b/g, 'unknown')
      : 'it does not compile';
  }
}

/** Whether an expression takes a whole text, in the engine that proxies run. One that RE2 refuses takes none. */
export const regexTakes = (regex: string, text: string): boolean => compiled(regex)?.testExact(text) ?? false;

function compiled(regex: string): RE2JS | undefined {
  try {
    return RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}

/** Parts of an expression that can take no semicolon, and none of the borders of a text. */
const TAME = new RegExp(
  [
    '\\\\[dw]',
    '\\\\[^\\w;]',
    '\\[(?:\\[:(?:alnum|alpha|digit|lower|upper|word|xdigit):\\]|\\\\[dw]|\\\\[^\\w;]|[^\\]\\\\^;[])+\\]',
    '\\[\\^[^\\]\\\\]*;[^\\]\\\\]*\\]',
    '\\(\\?(?:P?<\\w+>|[imsU-]*:)',
    '[^\\\\\\[\\].^$;]',
  ].join('|'),
  'g',
);

/** Whether an expression stays within the value of one cookie: no dot, no border, no class that takes a semicolon. */
export const staysInCookie = (regex: string): boolean =>
  regex.replace(TAME, '') === '' &&
  ![...regex.matchAll(/(?<!\\)(.)-([^\]])/g)].some(([, from = '', to = '']) => from <= ';' && to >= ';');
