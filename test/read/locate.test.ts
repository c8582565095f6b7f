import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Document, isMap, isScalar, isSeq, parse, visit } from 'yaml';
import type { Path } from '../../src/diagnostics/finding.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { EXAMPLE } from './example.ts';

interface Layout {
  readonly flow: boolean;
  readonly space: boolean;
  readonly comment: string;
  readonly quote: 'PLAIN' | 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' | 'BLOCK_LITERAL' | 'BLOCK_FOLDED';
}

const layout: fc.Arbitrary<Layout> = fc.record({
  flow: fc.boolean(),
  space: fc.boolean(),
  comment: fc.constantFrom('', '', ' é 😀', ' a: b'),
  quote: fc.constantFrom('PLAIN', 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
});

// no text with blanks first: a block scalar then counts its indentation from its parent, and cannot be parsed alone
const json = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('', 'a', 'x y', 'true', '1', '- a', 'é\n b', '# c', '{', "it's", '"', 'tail\n'),
    fc.constantFrom(0, 1.5, -3, true, false, null, 1e21),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b c', '1', 'x:y', '"', 'é', 'true', '- d', ''), tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** Prints a value with comments, blank lines, and flow and block style at random. */
function print(value: unknown, layouts: readonly Layout[], indent: number): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  let count = 0;
  visit(document, {
    Node(key, node) {
      const { flow, space, comment, quote } = layouts[count++ % layouts.length]!;
      if (isMap(node) || isSeq(node)) node.flow = flow;
      if (isScalar(node) && typeof node.value === 'string')
        node.type = key === 'key' && quote.startsWith('BLOCK') ? 'PLAIN' : quote;
      if (key !== 'key' && space) node.spaceBefore = true;
      if (key !== 'key' && comment !== '' && !isScalar(node)) node.commentBefore = comment;
    },
  });
  return document.toString({ indent, lineWidth: 0 });
}

/** Every path of a value with the value there. */
function* places(value: unknown, path: Path = []): Generator<readonly [path: Path, value: unknown]> {
  yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value))
    yield* places(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** The text from the beginning of its line on, so that all its lines keep their indentation. */
function textAt(text: string, { start, end }: { start: number; end: number }): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return ' '.repeat(start - line) + text.slice(start, end);
}

function expectPlaces(value: unknown, text: string): void {
  const { locate } = readRollout(text);
  for (const [path, expected] of places(value)) {
    const passage = textAt(text, locate({ path }));
    // an empty value has no text, so its key stands for it
    const nothing = expected === null && parse(passage) !== null ? path.at(-1) : expected;
    expect(parse(passage), `${path.join('.')} in\n${text}`).toEqual(nothing);
    if (typeof path.at(-1) === 'string') {
      expect(parse(textAt(text, locate({ path, on: 'key' })).trim())).toEqual(path.at(-1));
    }
  }
}

it('every value of a printed document is found, whatever the layout', () => {
  fc.assert(
    fc.property(
      json,
      fc.array(layout, { minLength: 1, maxLength: 12 }),
      fc.constantFrom(1, 2, 5),
      (value, layouts, indent) => {
        const text = print({ root: value }, layouts, indent);
        expect(parse(text)).toEqual({ root: value });
        expectPlaces({ root: value }, text);
      },
    ),
    { numRuns: 300 },
  );
});

it('every value of the example is found, whatever the layout', () => {
  const example: unknown = parse(EXAMPLE);
  expectPlaces(example, EXAMPLE);
  fc.assert(
    fc.property(fc.array(layout, { minLength: 1, maxLength: 30 }), layouts => {
      const text = print(example, layouts, 2);
      expect(readRollout(text).rollout).toEqual(example);
      expectPlaces(example, text);
    }),
    { numRuns: 40 },
  );
});
