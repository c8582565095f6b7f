import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeFindings } from '../../src/read/place.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { EXAMPLE } from './example.ts';

const FULL = 256 * 1024;
/** Far above what is measured (about one second on a slow core), far below what a quadratic reader takes. */
const PATIENCE = 15_000;

/** Reads and places; what comes out is whole whatever went in. */
function expectCalm(text: string): void {
  const { rollout, findings, locate } = readRollout(text);
  expect(rollout === undefined).toBe(findings.length > 0);
  for (const { line, column, endLine, endColumn, excerpt, what } of placeFindings('a', text, findings, locate)) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
    expect([endLine > line, endLine === line && endColumn >= column]).toContain(true);
    expect(excerpt.some(row => row.line === line)).toBe(true);
    expect(what).not.toMatch(/undefined|\[object/);
  }
}

it('random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => expectCalm(new TextDecoder().decode(bytes))),
    { numRuns: 1000 },
  );
});

const SIGNS = [
  ...'{}[]:,-?&*!|>\'"%@`#\\~ \t\n\r',
  ': ',
  '- ',
  '\n  ',
  '<<: ',
  '---\n',
  '...\n',
  '\u0000',
  '\ufeff',
  '😀',
  '\ud800',
];
const WORDS = [
  'v1',
  '1',
  '.inf',
  'null',
  'yes',
  '__proto__',
  'traffic',
  'canary',
  'weights',
  '0x1f',
  '!!str ',
  '&a ',
  '*a',
];

it('the example with passages cut out and signs put in', () => {
  const cut = fc.record({
    at: fc.integer({ min: 0, max: EXAMPLE.length }),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
    put: fc.array(fc.constantFrom(...SIGNS, ...WORDS), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 6 }), cuts => {
      expectCalm(
        cuts.reduce((text, { at, length, put }) => text.slice(0, at) + put.join('') + text.slice(at + length), EXAMPLE),
      );
    }),
    { numRuns: 1000 },
  );
});

it('signs that open and never close, twice in one process', () => {
  for (const sign of ['[', '{', '{a: ', '[? ', '- ', '? ', 'a:\n ', '"', "'", '|']) {
    for (const size of [1000, 5000, FULL / sign.length]) expectCalm(sign.repeat(size));
  }
});

const signs = [
  ...SIGNS,
  ...WORDS,
  ...[
    'a: \n',
    'a: [\n',
    'x: "\n',
    '- - \n',
    '? a\n: b\n',
    'x: |\n  a\n',
    '{a: b, ',
    'a: 1 # b\n',
    '"a": ',
    '[]',
    '{}\n',
    '""',
  ],
];

it.each(signs)('a quarter of the largest file full of %j', sign => {
  const began = performance.now();
  expectCalm(sign.repeat(FULL / 4 / Buffer.byteLength(sign)));
  expect(performance.now() - began).toBeLessThan(PATIENCE / 6);
});

const spec = (text: string): string => `apiVersion: surefoot.dev/v1\nkind: Rollout\nspec: ${text}\n`;
const many = (count: number, entry: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => entry(i)).join('');

it.each([
  ['entries', spec(`{ steps: [${'{},'.repeat(80_000)}] }`)],
  ['lists of entries', spec(`{ steps: [${many(80, () => `{ rules: [${'{},'.repeat(900)}] },`)}] }`)],
  ['keys', spec(`{ ${many(20_000, i => `k${i}: 1, `)} }`)],
  ['keys twice', many(10_000, i => `k${i}: 1\n`) + many(10_000, () => 'k9999: 1\n')],
  ['versions', spec(`{ versions: { ${many(900, i => `v${i}: { image: 1, foo: 2 }, `)} } }`)],
  ['a name', `metadata: { name: ${'a-'.repeat(120_000)} }\n${spec('{}')}`],
  ['a host', spec(`{ route: { hosts: [${'a.'.repeat(120_000)}_] } }`)],
  ['a duration', spec(`{ route: { timeout: "${'1 milli '.repeat(30_000)}" } }`)],
  ['a kind', `kind: ${'R'.repeat(250_000)}`],
  ['a quoted text', `a: '${"''".repeat(130_000)}`],
  ['an escaped text', `a: "${'\\"'.repeat(130_000)}`],
  ['comments first', '#\n'.repeat(80_000) + 'a: 1\n'.repeat(18_000)],
])('%s without end', (_, text) => {
  const began = performance.now();
  expectCalm(text);
  expect(performance.now() - began).toBeLessThan(PATIENCE);
});

it('nothing is left on the prototype of all objects', () => {
  expectCalm(`${EXAMPLE}__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n`);
  expect('polluted' in {}).toBe(false);
});
