import type { At, Finding } from '../diagnostics/finding.ts';
import { secretLine, secretName, secretValue } from '../model/secret-shapes.ts';
import type { Span } from './nodes.ts';

/** What stands in place of a secret: its length says nothing about that of the secret. */
export const STARS = '********';

/** A text in which secrets are stars, with as many lines as before. */
export interface Masked {
  readonly text: string;
  /** Where a character of the text before stands now; one of a secret: at its stars. */
  readonly moved: (offset: number) => number;
}

/** The text with stars in place of what a finding hides, so that the excerpt of no other finding shows it either. */
export function masked(text: string, findings: readonly Finding[], locate: (at: At) => Span): Masked {
  const spans = findings.filter(finding => finding.hidden).map(({ at }) => locate(at));
  const secrets = spans
    .sort((a, b) => a.start - b.start)
    .filter((span, i) => i === 0 || span.start >= spans[i - 1]!.end);
  let [shown, end] = ['', 0];
  const ends: { readonly before: Span; readonly start: number; readonly end: number }[] = [];
  for (const before of secrets) {
    shown += text.slice(end, before.start);
    const start = shown.length;
    shown += starred(text.slice(before.start, before.end));
    ends.push({ before, start, end: shown.length });
    end = before.end;
  }
  const moved = (offset: number): number => {
    const last = ends.findLast(({ before }) => before.start <= offset);
    if (last === undefined) return offset;
    return offset < last.before.end ? last.start : last.end + offset - last.before.end;
  };
  return { text: shown + text.slice(end), moved };
}

/** A key with its colon, before a value that is no map: one that refers to a Secret is. */
const KEY = /(?<=^|[\s{,"'])([-._A-Za-z][-._A-Za-z0-9]*)["']?[ \t]*:[ \t]+(?=[^\s{])/g;

/**
 * A line of a file that perhaps could not be judged, with stars in place of what would be refused as a secret. Too much
 * rather than too little: from such a value on, the rest of the line.
 */
export function maskedLine(line: string): string {
  if (secretValue(line) !== undefined) return starred(line);
  for (const { 0: key, 1: name = '', index } of line.matchAll(KEY)) {
    const start = index + key.length;
    const [value = ''] = /^[^,}]{0,40}/.exec(line.slice(start, start + 40)) ?? [];
    if (!value.startsWith(STARS) && secretName(name, value.replace(/["']/g, '')) !== undefined)
      return line.slice(0, start) + STARS;
  }
  return secretLine(line) === undefined ? line : starred(line);
}

/** Each line as its indentation and stars. */
const starred = (text: string): string => text.replace(/\S.*/g, STARS);
