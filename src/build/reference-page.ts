import { codeSpan, table } from '../layout/markdown.ts';
import { factsOf, requiredWords } from '../reference/facts.ts';
import { childrenOf, type Field, fieldsOf, isEntry, objectIn, topOf } from '../reference/field.ts';
import type { Root } from '../reference/roots.ts';

/** `docs/reference.md`: every field of every kind of file, in the order of its schema, with an anchor each. */
export function referencePage(roots: readonly Root[]): string {
  return [
    '# Reference',
    '<!-- Written by `npm run build` from src/read/schema; do not edit. -->',
    'Every field, as the JSON Schema describes it; `surefoot explain spec.route.retries` prints the same in a terminal. In a path, `*` is a name that you choose, and `[]` an entry of a list.',
    ...roots.map((root, index) => chapterOf(root, roots.slice(0, index))).flatMap(chapter),
  ]
    .join('\n\n')
    .concat('\n');
}

/** A kind of file on the page. */
interface Chapter extends Root {
  /** What its anchors begin with. */
  readonly prefix: string;
  /** What the anchors of a definition begin with: those of the first chapter that describes it in the same words. */
  readonly home: (definition: string) => string;
}

function chapterOf(root: Root, before: readonly Root[]): Chapter {
  const prefixOf = ({ kind }: Root): string => (kind === 'Rollout' ? '' : `${kind.toLowerCase()}-`);
  const textIn = ({ schema }: Root, name: string): string =>
    JSON.stringify(objectIn(objectIn(schema, 'definitions'), name));
  const home = (definition: string): string => {
    const [name = ''] = definition.split('.');
    return prefixOf(before.find(other => textIn(other, name) === textIn(root, name)) ?? root);
  };
  return { ...root, prefix: prefixOf(root), home };
}

/** A kind of file: a section for each object inside it, then one for each definition that several fields share. */
function chapter(root: Chapter): readonly string[] {
  const top = { ...topOf(root.schema), name: root.kind };
  return [
    `## ${root.kind}`,
    `In \`${root.files}\`. ${prose(factsOf(root.schema, top).description)}`,
    fieldTable(root, top),
    ...sectionsBelow(root, top, 3),
    `## Definitions of a ${root.kind}`,
    'Parts that several fields share; what a Rollout has in the same words is described there, once.',
    ...definitionsOf(root).flatMap(definition => [
      ...section(root, definition, 3),
      ...sectionsBelow(root, definition, 4),
    ]),
  ];
}

const definitionsOf = ({ schema, home, prefix }: Chapter): readonly Field[] =>
  Object.keys(objectIn(schema, 'definitions'))
    .filter(name => home(name) === prefix)
    .map(name => ({
      path: name,
      name,
      schema: objectIn(objectIn(schema, 'definitions'), name),
      required: 'no',
    }));

/** Sections of the objects inside a field, each before those inside it; what a definition describes stands there. */
const sectionsBelow = (root: Chapter, parent: Field, level: number): readonly string[] =>
  childrenOf(root.schema, parent)
    .filter(({ definition }) => definition === undefined)
    .flatMap(child => [
      ...(fieldsOf(root.schema, child).length === 0 || entryHasDefinition(root, child) || isEntry(child)
        ? []
        : section(root, child, level)),
      ...sectionsBelow(root, child, Math.min(level + 1, 6)),
    ]);

const entryHasDefinition = ({ schema }: Chapter, field: Field): boolean =>
  childrenOf(schema, field).some(child => isEntry(child) && child.definition !== undefined);

function section(root: Chapter, field: Field, level: number): readonly string[] {
  const { description, type } = factsOf(root.schema, field);
  // in its own section a field needs no link to it
  const facts = factLine(root, field).replace(`[${type}](#${sectionAnchor(root.prefix, field.path)})`, type);
  return [
    `${'#'.repeat(level)} <a id="${sectionAnchor(root.prefix, field.path)}"></a>${codeSpan(field.path)}`,
    [prose(description), facts].filter(text => text !== '').join('<br>'),
    ...(fieldsOf(root.schema, field).length === 0 ? [] : [fieldTable(root, field)]),
  ];
}

function fieldTable(root: Chapter, field: Field): string {
  const rows = fieldsOf(root.schema, field).map(child => [
    `<a id="${anchor(root.prefix, child.path)}"></a>${cell(codeSpan(child.name))}`,
    cell(prose(factsOf(root.schema, child).description)),
    cell(factLine(root, child)),
  ]);
  return table(['field', 'what it says', 'facts'], 'lll', rows).trimEnd();
}

/** Type, whether it must be written, words, bounds, default and example of a field, on one line. */
function factLine(root: Chapter, field: Field): string {
  const { default: absent, example } = factsOf(root.schema, field);
  const required = requiredWords(field);
  return [
    typeLink(root, field),
    required === 'no' ? '' : `**required**${required === 'yes' ? '' : prose(required.slice('yes'.length))}`,
    ...(field.definition === undefined ? limitsOf(root, field) : []),
    absent === undefined ? '' : `default ${codeSpan(absent)}`,
    example === undefined ? '' : `such as ${codeSpan(example)}`,
  ]
    .filter(text => text !== '')
    .join(' · ');
}

function limitsOf(root: Chapter, field: Field): readonly string[] {
  const { words, bounds, each } = factsOf(root.schema, field);
  return [
    words.map(codeSpan).join(', '),
    bounds.map(prose).join('; '),
    each === undefined ? '' : `each ${prose(each)}`,
  ];
}

/** The type, as a link to where the fields of the value, or of its entries, are described. */
function typeLink(root: Chapter, field: Field): string {
  const { type } = factsOf(root.schema, field);
  const target = [field, ...childrenOf(root.schema, field).filter(isEntry)].find(one => one.definition !== undefined);
  if (target?.definition !== undefined) return `[${type}](#${linkTo(root.home(target.definition), target.definition)})`;
  return fieldsOf(root.schema, field).length === 0 ? type : `[${type}](#${sectionAnchor(root.prefix, field.path)})`;
}

/** A whole definition has a section, a field of one has a row. */
const linkTo = (prefix: string, definition: string): string =>
  definition.includes('.') ? anchor(prefix, definition) : sectionAnchor(prefix, definition);

/** `spec.steps[].name` as `field-spec.steps-.name`: letters that a link may hold as they are. */
const anchor = (prefix: string, path: string): string => `field-${prefix}${plain(path)}`;
const sectionAnchor = (prefix: string, path: string): string => `about-${prefix}${plain(path)}`;
const plain = (path: string): string => path.replaceAll('[]', '-').replaceAll('*', '-');

/** Text whose code spans stay code, and of which Markdown and HTML read nothing else as theirs. */
const prose = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<>~#|&$]/g, '\\$&')))
    .join('');

/** A bar ends a cell, also inside of code. */
const cell = (text: string): string => text.replace(/(?<!\\)\|/g, '\\|');
