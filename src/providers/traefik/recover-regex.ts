import { isOneGroup } from '../../model/reading-cookies.ts';
import type { TextMatch } from '../../model/traffic.ts';

/** What an expression that is searched for anywhere in a text means for the whole text. */
export function wholeText(regex: string): TextMatch {
  if (regex === '.*') return { kind: 'present' };
  const held = regex.startsWith('^') && regex.endsWith('$') ? regex.slice(1, -1) : '';
  if (held.startsWith('(?:') && isOneGroup(held)) return { kind: 'regex', value: held.slice(3, -1) };
  return { kind: 'regex', value: `(?s:.*)(?:${regex})(?s:.*)` };
}

/** The host `*.example.com` of the expression for any number of labels before `.example.com`; undefined for any other. */
export function hostOfRegex(regex: string): string | undefined {
  const found = /^\^\.\+((?:\\\.[a-z0-9-]+)+)\$$/.exec(regex)?.[1];
  return found === undefined ? undefined : `*${found.replaceAll('\\', '')}`;
}
