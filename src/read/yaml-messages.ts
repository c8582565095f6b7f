import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';
import { codePoint } from './file-messages.ts';

const ONE_PLACE = 'One fact stands in one place, so that a reviewer sees in each diff what it changes.';

export const anchor = rule<{ name: string }>('yaml/anchor', {
  what: p => `The anchor ${quote(p.name)} is set here.`,
  why: ONE_PLACE,
  fix: 'Delete the anchor and write the value where it is needed; keys that versions share go under spec.workload.',
});

export const alias = rule<{ name: string }>('yaml/alias', {
  what: p => `The alias ${quote(p.name)} stands in place of a value.`,
  why: `${ONE_PLACE} An alias can also make a small file huge.`,
  fix: 'Write the value itself. A text that begins with * goes in quotes.',
});

export const mergeKey = rule('yaml/merge-key', {
  what: () => 'The merge key "<<" takes over keys from elsewhere.',
  why: `YAML 1.2 has no merge keys, so readers disagree about it. ${ONE_PLACE}`,
  fix: 'Write the keys themselves; keys that versions share go under spec.workload.',
});

export const tag = rule<{ tag: string }>('yaml/tag', {
  what: p => `The tag ${quote(p.tag)} stands before a value.`,
  why: 'A tag changes what a value means, differently from reader to reader.',
  fix: 'Delete the tag. Quotes make a text of any value; a text that begins with ! goes in quotes.',
});

export const directive = rule<{ line: string }>('yaml/directive', {
  what: p => `The directive ${quote(p.line)} changes how the file is read.`,
  why: 'Rollouts are YAML 1.2 to every reader; under 1.1 words such as yes and on become booleans.',
  fix: 'Delete the line.',
});

export const duplicateKey = rule<{ key: string }>('yaml/duplicate-key', {
  what: p => `The key ${quote(p.key)} is written twice in the same map.`,
  why: 'Readers keep the first, the last or none of them, so the file has no one meaning.',
  fix: 'Keep one of them and delete the other.',
});

export const keyNotText = rule<{ key: string; found: string }>('yaml/key-not-text', {
  what: p => `The key ${quote(p.key)} is ${p.found}, and keys are text.`,
  why: 'Readers of YAML disagree about such keys: some turn them into text, some refuse them.',
  fix: p =>
    /^\d/.test(p.key)
      ? `Put it in quotes: "${p.key}". The name of a version is made of small letters, digits and dashes, a letter first: v${p.key.replace(/[^a-z0-9]+/g, '-')}.`
      : `Put it in quotes${/^\w+$/.test(p.key) ? `: "${p.key}"` : ''}.`,
});

export const keyNotSimple = rule<{ found: string }>('yaml/key-not-simple', {
  what: p => `A key is ${p.found}.`,
  why: 'Keys of a rollout are names; JSON and Kubernetes have no other keys either.',
  fix: 'Write a name as the key. A text that begins with [, { or ? goes in quotes.',
});

export const reservedKey = rule<{ key: string }>('yaml/reserved-key', {
  what: p => `The key ${quote(p.key)} has a meaning of its own in JavaScript.`,
  why: 'Programs that read such a key can be led to change all their objects at once.',
  fix: 'Choose another name.',
});

export const notFinite = rule<{ text: string }>('yaml/not-a-number', {
  what: p => `${quote(p.text)} is no number that can be counted with.`,
  why: 'JSON, and so Kubernetes, knows no infinity and no "not a number".',
  fix: 'Write a plain number, or put a text in quotes.',
});

/** Most entries of one list or map that are looked at; no field takes more than a tenth of them. */
export const MOST_ENTRIES = 1000;

export const tooManyEntries = rule<{ count: number }>('yaml/too-many-entries', {
  what: p => `There are ${p.count} entries in one list or map; more than ${MOST_ENTRIES} are not looked at.`,
  why: 'No field of a rollout takes nearly as many, and checking them all would take long.',
  fix: 'Keep the entries that are meant, and delete the others.',
});

export const hiddenCharacter = rule<{ character: string }>('yaml/hidden-character', {
  what: p => `The text holds the invisible character ${codePoint(p.character)}, written as an escape.`,
  why: 'It would pass unseen into headers, logs and terminals.',
  fix: 'Delete the escape.',
});
