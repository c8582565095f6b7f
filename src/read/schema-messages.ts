import { rule } from '../diagnostics/rule.ts';
import { didYouMean, list, quote } from '../diagnostics/wording.ts';

const MOST_LISTED = 10;
const MOST_WORDS = 12;

/** Where a mistake lies, in words: `spec.steps[1]`. */
interface There {
  readonly where: string;
}

export const unknownField = rule<There & { field: string; known: readonly string[] }>('schema/unknown-field', {
  what: p => `${begin(p.where)} has no field ${quote(p.field)}.${didYouMean(p.field, p.known)}`,
  why: 'A field that nobody reads would be a wish that nobody fulfils.',
  fix: p =>
    p.known.length === 0
      ? 'Delete it.'
      : p.known.length <= MOST_LISTED
        ? `Write one of ${list(p.known, 'or')}, or delete it.`
        : 'Correct the name, or delete it. Each field is described in the schema that editors read.',
});

export const misplacedField = rule<There & { field: string; home: string }>('schema/misplaced-field', {
  what: p => `${begin(p.where)} has no field ${quote(p.field)}; what it means is said elsewhere.`,
  why: 'Each thing is said in one place; a field in another place would be read by nobody.',
  fix: p => `${p.home}.`,
});

export const missingField = rule<There & { examples: readonly { field: string; example: string }[] }>(
  'schema/missing-field',
  {
    what: p => `${begin(p.where)} lacks ${list(p.examples.map(e => e.field))}.`,
    why: p => (p.examples.length === 1 ? 'The field has no default.' : 'These fields have no default.'),
    fix: p => `Add ${p.examples.map(e => (e.example === '' ? e.field : `${e.field}: ${e.example}`)).join(' and ')}.`,
  },
);

/** `found` is empty where there is no value at all. */
export const wrongType = rule<There & { found: string; wanted: string; why: string; fix: string }>(
  'schema/wrong-type',
  {
    what: p =>
      p.found === '' ? `${begin(p.where)} has no value.` : `${begin(p.where)} is ${p.found}, not ${p.wanted}.`,
    why: p => p.why,
    fix: p => p.fix,
  },
);

export const notAWord = rule<There & { found: string; words: readonly string[] }>('schema/unknown-word', {
  what: p => `${begin(p.where)} is ${p.found}, which has no meaning here.${didYouMean(bare(p.found), p.words)}`,
  why: 'A word that nobody knows would be a wish that nobody fulfils.',
  fix: p =>
    p.words.length <= MOST_WORDS
      ? `Write ${list(p.words, 'or')}.`
      : 'Write one of the words that are listed in the schema that editors read.',
});

export const onlyTrue = rule<There>('schema/only-true', {
  what: p => `${begin(p.where)} is false.`,
  why: 'The field can only be switched on; it is off where it is not written.',
  fix: 'Delete the field, or write true.',
});

interface Written extends There {
  readonly text: string;
  /** Completes "written with …". */
  readonly words: string;
  readonly example: string;
  /** What was likely meant; empty where nobody can tell. */
  readonly meant: string;
}

export const badName = rule<Written>('schema/name', {
  what: p => `${begin(p.where)} is ${quote(p.text)}, which is no name.`,
  why: p => `Objects and routes are named after it, so it is written with ${p.words}.`,
  fix: p => (p.meant === '' ? `Write a name such as ${p.example}.` : `Write ${p.meant}.`),
});

export const badDuration = rule<Written>('schema/duration', {
  what: p => `${begin(p.where)} is ${quote(p.text)}, which is no length of time.`,
  why: p => `A length of time is written with ${p.words}.`,
  fix: p => `Write ${p.meant === '' ? `it like ${p.example}` : p.meant}.`,
});

export const badText = rule<Written>('schema/text', {
  what: p => `${begin(p.where)} is ${quote(p.text)}.`,
  why: p => `It is written with ${p.words}.`,
  fix: p => (p.meant === '' ? `Write it like ${quote(p.example)}.` : `Write ${p.meant}.`),
});

export const outOfBounds = rule<There & { value: number; bound: string; limit: number }>('schema/out-of-bounds', {
  what: p => `${begin(p.where)} is ${p.value}; the ${p.bound} is ${p.limit}.`,
  why: p =>
    p.value === 0 && p.where.endsWith('.runAsUser')
      ? 'User 0 is root, as which no pod is let run: who breaks out of such a container owns the node.'
      : 'Beyond that the number has no meaning, or the cluster refuses it.',
  fix: p => `Write a number of ${p.bound === 'largest' ? `at most ${p.limit}` : `at least ${p.limit}`}.`,
});

export const tooLong = rule<There & { length: number; limit: number }>('schema/too-long', {
  what: p => `${begin(p.where)} has ${p.length} characters; at most ${p.limit} are allowed.`,
  why: p =>
    p.limit === 15
      ? 'Kubernetes takes names of ports with at most 15 characters.'
      : p.limit <= 63
        ? 'Names of objects are built from it, and Kubernetes ends them at 63 characters.'
        : 'Kubernetes or the route would refuse it.',
  fix: p => `Write something of at most ${p.limit} characters.`,
});

export const tooMany = rule<There & { count: number; limit: number }>('schema/too-many', {
  what: p => `${begin(p.where)} has ${p.count} entries; at most ${p.limit} are allowed.`,
  why: 'More than that nobody can review, and some routes refuse it.',
  fix: p => `Keep ${p.limit} or fewer.`,
});

export const isEmpty = rule<There & { example: string; required: boolean }>('schema/empty', {
  what: p => `${begin(p.where)} is empty.`,
  why: 'Written and empty, it could mean all or nothing.',
  fix: p => `${p.example === '' ? 'Fill it' : `Write it like ${p.example}`}${p.required ? '' : ', or delete it'}.`,
});

export const notExactlyOne = rule<There & { fields: readonly string[]; given: readonly string[] }>(
  'schema/not-exactly-one',
  {
    what: p => `${begin(p.where)} has ${p.given.length === 0 ? 'nothing' : list(p.given)}.`,
    why: 'Its fields exclude each other, so it holds exactly one of them.',
    fix: p => `Write exactly one of ${list(p.fields, 'or')}.`,
  },
);

export const standsAlone = rule<There & { shorthand: string; others: readonly string[] }>('schema/stands-alone', {
  what: p => `${begin(p.where)} has ${list(p.others)} beside ${quote(p.shorthand)}.`,
  why: p => `${quote(p.shorthand)} is a whole entry by itself and expands to steps of its own.`,
  fix: p => `Indent ${list(p.others)} further, so that it lies within ${quote(p.shorthand)}, or make it another entry.`,
});

export const repeated = rule<There & { first: number; second: number }>('schema/repeated', {
  what: p => `${begin(p.where)} says the same in entries ${p.first + 1} and ${p.second + 1}.`,
  why: 'Entries that are said twice are likely a slip.',
  fix: 'Delete one of them, or correct it.',
});

export const doesNotFit = rule<There & { keyword: string; description: string }>('schema/does-not-fit', {
  what: p => `${begin(p.where)} is not what the schema describes (${quote(p.keyword)}).`,
  why: 'What does not fit the schema has no meaning that anyone agreed on.',
  fix: p => (p.description === '' ? 'Write it as the schema describes.' : `What the field means: ${p.description}`),
});

/** Words begin with a capital at the start of a sentence; names of fields stay as they are. */
const begin = (text: string): string =>
  text.replace(/^(?:the file$|a key of )/, word => word[0]!.toUpperCase() + word.slice(1));
const bare = (text: string): string => text.replaceAll('"', '');
