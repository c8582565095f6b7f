import { quote } from '../diagnostics/wording.ts';
import { type Facts, factsOf, requiredWords } from '../reference/facts.ts';
import { allBelow, type Field, fieldsOf, isEntry } from '../reference/field.ts';
import type { Found } from '../reference/find.ts';
import type { Root } from '../reference/roots.ts';
import { alignColumns } from './columns.ts';
import type { Paint } from './paint.ts';

const MOST_COLUMNS = 100;

/** A field in full and the fields below it: one level, or all of them. */
export function explainField(root: Root, field: Field, recursive: boolean, paint: Paint): string {
  const facts = factsOf(root.schema, field);
  return [
    ...alignColumns(headOf(root, field, facts)).map(line =>
      line.replace(/^[A-Z ]+?(?= {2})/, name => paint('bold', name)),
    ),
    ...section('DESCRIPTION', wrapped(facts.description), paint),
    ...section('FIELDS', recursive ? treeOf(root, field, paint) : levelOf(root, field, paint), paint),
    '',
  ].join('\n');
}

/** Why a path leads nowhere, and what could be written there. */
export function explainUnknown(found: Extract<Found, { kind: 'unknown' }>): readonly string[] {
  const { at, typed, known, near, elsewhere, root } = found;
  const place = at.path === '' ? `A ${root.kind}` : at.path;
  const meant = near === undefined ? '' : ` Did you mean ${quote(near)}?`;
  const others = elsewhere.length === 0 ? '' : ` The name stands at ${elsewhere.join(', ')}.`;
  const names = known.map(({ name }) => name);
  const fields = names.length === 0 ? 'It has no fields.' : `Its fields: ${names.join(', ')}.`;
  return [`${place} has no field ${quote(typed)}.${meant}${others} ${fields}`];
}

function headOf(root: Root, field: Field, { type, words, bounds, each, default: absent, example }: Facts) {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['FIELD', field.path === '' ? `${root.kind} (${root.files})` : field.path],
    ['TYPE', type],
    ['REQUIRED', field.path === '' || isEntry(field) ? undefined : requiredWords(field)],
    ['WORDS', words.length === 0 ? undefined : words.join(', ')],
    ['BOUNDS', bounds.length === 0 ? undefined : bounds.join('; ')],
    ['EACH', each],
    ['DEFAULT', absent],
    ['EXAMPLE', example],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));
}

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : ['', paint('bold', title), ...lines.map(line => `  ${line}`)];

const levelOf = (root: Root, field: Field, paint: Paint): readonly string[] =>
  fieldsOf(root.schema, field).flatMap(child => {
    const { description } = factsOf(root.schema, child);
    return [lineOf(root, child, paint), ...wrapped(description).map(line => `    ${line}`)];
  });

function treeOf(root: Root, field: Field, paint: Paint): readonly string[] {
  const start = partsOf(field.path);
  return allBelow(root.schema, field).map(child => {
    const depth = partsOf(child.path) - start - 1;
    return `${'  '.repeat(depth)}${lineOf(root, child, paint)}`;
  });
}

const partsOf = (path: string): number => (path === '' ? 0 : path.split(/\.|(?=\[)/).length);

/** `attempts  <integer>  required`. */
function lineOf({ schema }: Root, field: Field, paint: Paint): string {
  const required = field.required === 'yes' ? '  required' : '';
  return `${paint('bold', field.name)}  ${paint('dim', `<${factsOf(schema, field).type}>`)}${required}`;
}

/** Lines of whole words. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(part => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= MOST_COLUMNS - 6)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
