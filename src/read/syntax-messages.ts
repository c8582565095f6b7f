import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';

/** What the YAML reader itself said, without its line and column, and the text that it pointed to. */
export interface Said {
  readonly said: string;
  readonly text: string;
}

const UNREADABLE = 'From here on the file has no one meaning, so nothing else in it was judged.';
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export const indentation = rule<Said>('yaml/indentation', {
  what: () => 'This line is indented unlike its neighbours.',
  why: `Indentation says which keys belong together. ${UNREADABLE}`,
  fix: 'Begin all keys of a map, and all dashes of a list, in the same column; what lies within stands further right.',
});

export const tabIndent = rule<Said>('yaml/tab', {
  what: () => 'The line is indented with a tab.',
  why: `YAML counts spaces only. ${UNREADABLE}`,
  fix: 'Replace the tab with spaces.',
});

export const missingCharacter = rule<Said>('yaml/missing-character', {
  what: p => `A character is missing here: ${sentence(p.said)}`,
  why: UNREADABLE,
  fix: 'Close what was opened: each ", \', [ and { needs its partner, entries are parted by commas, and a space follows each colon.',
});

export const missingComma = rule<Said>('yaml/missing-comma', {
  what: () => 'Two entries within brackets are not parted by a comma.',
  why: UNREADABLE,
  fix: 'Write a comma after each entry but the last, as in { cpu: 250m, memory: 256Mi }.',
});

export const noColon = rule<Said>('yaml/no-colon', {
  what: () => 'A line among keys is no "key: value".',
  why: `A map holds nothing but keys with values. ${UNREADABLE}`,
  fix: 'Write a colon and a space after the key; if the line continues the text above, indent it further.',
});

export const multilineKey = rule<Said>('yaml/multiline-key', {
  what: () => 'This line and the next are read as one key.',
  why: `A key ends on its line, with a colon and a space. ${UNREADABLE}`,
  fix: 'Look for a colon, the space after it, or a closing quote or bracket that is missing here or on the line above.',
});

export const colonInValue = rule<Said>('yaml/colon-in-value', {
  what: () => 'A "key: value" begins inside the value of another key.',
  why: `A colon with a space after it makes a key of what stands before it. ${UNREADABLE}`,
  fix: 'Put a text that holds ": " in quotes. Indent a key like its neighbours, and a nested key further, on a line of its own.',
});

export const quoteNeeded = rule<Said>('yaml/quote-needed', {
  what: p => `A text begins with a character that YAML keeps for itself: ${sentence(p.said)}`,
  why: UNREADABLE,
  fix: 'Put the text in quotes.',
});

export const badEscape = rule<Said>('yaml/escape', {
  what: p => `The escape ${quote(p.said.replace(/^.*sequence /, ''))} means nothing.`,
  why: 'In double quotes a backslash begins an escape, such as \\n.',
  fix: 'Write the text in single quotes, in which a backslash is only itself, or double the backslash.',
});

export const unexpected = rule<Said>('yaml/unexpected', {
  what: p => `${p.text.trim() === '' ? 'Something' : quote(p.text)} stands where nothing of its kind can be.`,
  why: UNREADABLE,
  fix: 'Delete it, open the bracket that it closes, or put a text that begins with a special character in quotes.',
});

export const syntax = rule<Said>('yaml/syntax', {
  what: p => `The YAML cannot be read here: ${sentence(p.said)}`,
  why: UNREADABLE,
  fix: 'Look for a missing colon, quote or bracket here or on the line above.',
});

export const unclosedQuote = rule<Said>('yaml/unclosed-quote', {
  what: () => 'A text that begins with this quote never ends.',
  why: UNREADABLE,
  fix: 'Close it with the same quote. An apostrophe in single quotes is written twice.',
});

export const mergeConflict = rule('yaml/merge-conflict', {
  what: () => 'An unsettled merge conflict begins here.',
  why: 'The file holds two versions of itself, and nobody can say which is meant.',
  fix: 'Keep the lines that are meant, and delete the others and the three lines of <, = and >.',
});
