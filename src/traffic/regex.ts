import { RE2JS } from 're2js';
import { entry } from '../model/once.ts';

/** Why RE2 refuses an expression; undefined where it does not. */
export function regexFault(regex: string): string | undefined {
  const program = programOf(regex);
  return typeof program === 'string' ? program : undefined;
}

/** Whether an expression takes a whole text, in the engine that proxies run. One that RE2 refuses takes none. */
export const regexTakes = (regex: string, text: string): boolean => compiled(regex)?.testExact(text) ?? false;

/** Texts that an expression takes: one text, or every text that begins with one and goes on by at least `more` characters. */
export interface PlainTexts {
  readonly kind: 'exact' | 'prefix';
  readonly value: string;
  readonly more: 0 | 1;
}

/**
 * The texts of an expression that only spells text out: literals, `literal.*`, `literal.+`, and alternatives of these;
 * undefined for every other one. A dot takes no line break, and no text of a request holds one.
 */
export function plainTexts(regex: string): readonly PlainTexts[] | undefined {
  const branches = /[([\\]/.test(regex) ? [regex] : regex.split('|');
  const texts = branches.map(plainText);
  return texts.every(text => text !== undefined) ? texts : undefined;
}

function plainText(regex: string): PlainTexts | undefined {
  const whole = spelled(regex);
  if (whole !== undefined) return { kind: 'exact', value: whole, more: 0 };
  // Behind \Q the signs below are text.
  if (regex.includes('\\Q')) return undefined;
  const bare = regex.replace(/^\^/, '').replace(/\$$/, '');
  const value = spelled(bare.replace(/\.[*+]$/, ''));
  if (value === undefined) return undefined;
  const open = /\.([*+])$/.exec(bare);
  return { kind: open === null ? 'exact' : 'prefix', value, more: open?.[1] === '+' ? 1 : 0 };
}

/** The one text that an expression takes; undefined where it takes several, or its engine cannot tell. */
function spelled(regex: string): string | undefined {
  const program = compiled(regex)?.re2();
  return program?.prefixComplete === true ? program.prefix : undefined;
}

/** Plain characters with which every text that an expression takes begins, as far as its engine can tell. */
export const beginningOf = (regex: string): string => compiled(regex)?.re2().prefix ?? '';

const compiled = (regex: string): RE2JS | undefined => {
  const program = programOf(regex);
  return typeof program === 'string' ? undefined : program;
};

// The same few expressions are asked about again and again: for every step, and for every pair of rules.
const programs = new Map<string, RE2JS | string>();
const MOST_PROGRAMS = 2000;

/** An expression ready to run, or why it is none. */
function programOf(regex: string): RE2JS | string {
  if (programs.size >= MOST_PROGRAMS) programs.clear();
  return entry(programs, regex, () => compile(regex));
}

function compile(regex: string): RE2JS | string {
  try {
    return RE2JS.compile(regex);
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^error parsing regexp: /, '').replace(/\binvalid\b/g, 'unknown')
      : 'it does not compile';
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
