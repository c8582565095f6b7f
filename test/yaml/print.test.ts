import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Json } from '../../src/model/kubernetes.ts';
import { printDocuments, printYaml } from '../../src/yaml/print.ts';
import { rereadYaml } from '../../src/yaml/reread.ts';
import { json } from './data.ts';
import { AMBIGUOUS, BARE, BLOCKS, ESCAPED, TRAPS, UNBLOCKED, UNPLAIN } from './traps.ts';

/** A text wherever a text can stand: as document, value, item and key. */
const places = (text: string): readonly Json[] => [
  ...[text, [text], [[text, text]], { a: text, b: 1 }, { a: { b: text } }, { a: [text, { b: text }] }],
  ...[[{ a: text, b: [text] }], Object.fromEntries([[text, text]]), [Object.fromEntries([[text, { a: [text] }]])]],
];

describe.each(['1.1', '1.2'] as const)('a reader of YAML %s reads what was printed:', version => {
  const read = (text: string): unknown => parse(text, { version, maxAliasCount: 0 });

  test('the traps in every place', () => {
    for (const value of TRAPS.flatMap(places)) deepStrictEqual(read(printYaml(value)), value);
  });

  test('any value', () => {
    fc.assert(
      fc.property(json(), value => deepStrictEqual(read(printYaml(value)), value)),
      { numRuns: 500 },
    );
  });

  test('any number', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter(value => !Object.is(value, -0));
    fc.assert(fc.property(number, value => deepStrictEqual(read(printYaml([value])), [value])));
  });

  test('several documents under any header', () => {
    const values = fc.array(json(), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), values, (header, expected) => {
        const documents = parseAllDocuments(printDocuments(header, expected.map(printYaml)), { version });
        deepStrictEqual(
          [...documents].flatMap(document => document.errors),
          [],
        );
        deepStrictEqual(
          [...documents].map(document => document.toJS({ maxAliasCount: 0 })),
          expected,
        );
      }),
    );
  });
});

describe('the text', () => {
  it('is the same each time, ends with a line break, and no line ends with a space', () => {
    fc.assert(
      fc.property(json(), value => {
        const text = printYaml(value);
        expect(printYaml(structuredClone(value))).toBe(text);
        expect(text.endsWith('\n')).toBe(true);
        expect(text).not.toMatch(/[ \t]\n|[^\n\P{Control}]|[\u2028\u2029\ufeff]/u);
      }),
    );
  });

  it('is the manifest that people write by hand', () => {
    const container = { name: 'main', args: ['-c', '--port=80'], env: [], resources: {}, ports: [{ name: 'http' }] };
    const value = {
      apiVersion: 'apps/v1',
      metadata: { name: 'a', labels: { version: '1.20.3' } },
      spec: [container, [1, [2]]],
    };
    expect(printYaml(value)).toBe(`apiVersion: apps/v1
metadata:
  name: a
  labels:
    version: "1.20.3"
spec:
- name: main
  args:
  - -c
  - --port=80
  env: []
  resources: {}
  ports:
  - name: http
- - 1
  - - 2
`);
  });

  it.each([...AMBIGUOUS, ...UNPLAIN])('quotes %j, as value and as key', text => {
    expect(printYaml({ a: text })).toBe(`a: "${text.replaceAll('"', '\\"')}"\n`);
    expect(printYaml({ [text]: 1 })).toBe(`"${text.replaceAll('"', '\\"')}": 1\n`);
  });

  it.each(BARE)('leaves %j bare, as value and as key', text => {
    expect(printYaml({ a: text })).toBe(`a: ${text}\n`);
    expect(printYaml({ [text]: 1 })).toBe(`${text}: 1\n`);
  });

  it.each(ESCAPED)('escapes %j', (text, printed) => {
    expect(printYaml([text])).toBe(`- ${printed}\n`);
  });

  it.each(BLOCKS)('gives %j a block', (text, printed) => {
    expect(printYaml({ a: text })).toBe(printed);
    expect(printYaml({ a: text, b: 1 })).toBe(`${printed}b: 1\n`);
  });

  it.each(UNBLOCKED)('gives %j no block', text => {
    expect(printYaml({ a: text }).split('\n')).toHaveLength(2);
  });

  it.each([
    [0.5, '0.5'],
    [-0, '0'],
    [-12, '-12'],
    [1e21, '1.0e+21'],
    [-1e-7, '-1.0e-7'],
    [1.5e300, '1.5e+300'],
    [2 ** 60, '1152921504606847000'],
  ])('prints the number %d as %s', (value, printed) => {
    expect(printYaml(value)).toBe(`${printed}\n`);
  });

  it('sets a key that is too long for one line with its colon apart', () => {
    const key = 'k'.repeat(1_100);
    expect(printYaml({ [key]: [1], b: { [key]: 'x\n' } })).toBe(`? "${key}"\n:\n- 1\nb:\n  ? "${key}"\n  : |\n    x\n`);
  });

  it('replaces half a surrogate pair, as a file in UTF-8 would', () => {
    expect(printYaml({ 'a\ud800': 'b\udc00\n', c: '😀' })).toBe('"a\ufffd": "b\ufffd\\n"\nc: "😀"\n');
  });

  it('leaves out what is undefined', () => {
    expect(printYaml(JSON.parse('{}', () => ({ a: undefined, b: { c: undefined }, d: 1 })))).toBe('b: {}\nd: 1\n');
  });

  it('does not choke on a very long string', () => {
    const long = `${'a:'.repeat(4_000_000)}b`;
    expect(rereadYaml(printYaml({ a: long, b: `${long}\n` }))).toStrictEqual({ a: long, b: `${long}\n` });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('never holds %d', value => {
    expect(() => printYaml({ a: value })).toThrow('a manifest cannot hold');
  });
});

describe('a header', () => {
  it('comments every line', () => {
    expect(printDocuments('a\n\nb\u2028# c', ['d: 1\n', 'e\n'])).toBe('# a\n#\n# b\n# # c\nd: 1\n---\ne\n');
  });

  it('may be absent', () => {
    expect(printDocuments('', ['d: 1\n'])).toBe('d: 1\n');
  });
});
