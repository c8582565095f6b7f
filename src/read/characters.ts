import type { Finding } from '../diagnostics/finding.ts';
import { controlCharacter, notUtf8 } from './file-messages.ts';

// Control characters, line ends that only some readers know (a bare CR, NEL, LS, PS), what turns the direction of
// text around (https://trojansource.codes), byte order marks that do not stand first, halves of surrogate pairs.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\r(?!\n)|(?!^)\ufeff|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const REPLACEMENT = /\ufffd/g;

/** What the file holds that no person sees and readers of YAML disagree about; the first of each kind is pointed to. */
export function findInvisible(text: string): readonly Finding[] {
  const [hidden, ...others] = text.match(INVISIBLE) ?? [];
  const unread = text.match(REPLACEMENT) ?? [];
  const findings: Finding[] = [];
  if (hidden !== undefined) {
    findings.push(controlCharacter(placeOf(text, INVISIBLE), { character: hidden, more: others.length }));
  }
  if (unread.length > 0) findings.push(notUtf8(placeOf(text, REPLACEMENT), { more: unread.length - 1 }));
  return findings;
}

const placeOf = (text: string, pattern: RegExp): { range: [number, number] } => {
  const start = text.search(pattern);
  return { range: [start, start + 1] };
};

/** The first character of a value that only an escape can have brought in and that nothing in a Rollout needs. */
export function hiddenIn(text: string): string | undefined {
  // a byte order mark may begin a file, but not a value
  return `.${text}`.replace(/\r\n?/g, '\n').match(INVISIBLE)?.[0];
}
