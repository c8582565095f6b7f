import type { At, Finding } from '../diagnostics/finding.ts';
import { secretName, secretValue } from '../model/secret-shapes.ts';
import type { Span } from './nodes.ts';

/** The text with stars in place of what a finding hides, so that the excerpt of no other finding shows it either. */
export const masked = (text: string, findings: readonly Finding[], locate: (at: At) => Span): string =>
  findings
    .filter(finding => finding.hidden)
    .map(({ at }) => locate(at))
    .reduce((now, { start, end }) => now.slice(0, start) + stars(now.slice(start, end)) + now.slice(end), text);

/** A key with its colon, before a value that is no map: one that refers to a Secret is. */
const KEY = /(?<=^|[\s{,"'])([-._A-Za-z][-._A-Za-z0-9]*)["']?[ \t]*:[ \t]+(?=[^\s{])/g;

/**
 * A line of a file that perhaps could not be judged, with stars in place of what would be refused as a secret. Too much
 * rather than too little: from such a value on, the rest of the line.
 */
export function maskedLine(line: string): string {
  if (secretValue(line) !== undefined) return stars(line);
  for (const { 0: key, 1: name = '', index } of line.matchAll(KEY)) {
    const start = index + key.length;
    const [value = ''] = /^[^,}]{0,40}/.exec(line.slice(start, start + 40)) ?? [];
    if (secretName(name, value.replace(/["']/g, '')) !== undefined)
      return line.slice(0, start) + stars(line.slice(start));
  }
  return line;
}

const stars = (text: string): string => text.replace(/\S/g, '*');
