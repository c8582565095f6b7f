import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { printDocuments, printYaml } from '../../src/yaml/print.ts';
import { rereadDocuments, rereadYaml } from '../../src/yaml/reread.ts';
import { json } from './data.ts';
import { TRAPS } from './traps.ts';

describe('reading gives back what was printed:', () => {
  test('the traps', () => {
    for (const text of TRAPS) {
      for (const value of [text, [text, [text]], { a: text, [text]: { b: [text, { [text]: text }] } }]) {
        deepStrictEqual(rereadYaml(printYaml(value)), value);
      }
    }
  });

  test('any value', () => {
    fc.assert(
      fc.property(json(), value => deepStrictEqual(rereadYaml(printYaml(value)), value)),
      { numRuns: 2_000 },
    );
  });

  test('several documents, each with comments', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(json(), { maxLength: 3 }), (header, values) => {
        const texts = values.map(value => printDocuments(header, [printYaml(value)]));
        deepStrictEqual(rereadDocuments(printDocuments(header, texts)), values);
      }),
    );
  });
});

/** Texts that are YAML, or nearly so, but not as we print it, each with what is wrong. */
const FOREIGN: readonly (readonly [wrong: string, text: string])[] = [
  ['indentation', 'a:\n    b: 1\n'],
  ['indentation', 'a: 1\n  b: 2\n'],
  ['indentation', 'a:\n  b: 1\n c: 2\n'],
  ['indentation', 'a:\n  - 1\n'],
  ['indentation', '-   a\n'],
  ['indentation', ' a: 1\n'],
  ['no value', 'a:\n'],
  ['no value', 'a: \n'],
  ['no value', 'a:\nb: 1\n'],
  ['no value', '- \n'],
  ['no value', '-\n'],
  ['no value', 'a:\n  1\n'],
  ['no value', '# a\n---\n# b\n'],
  ['a key twice', 'a: 1\nb: 2\na: 1\n'],
  ['a key twice', '__proto__: 1\n"__proto__": 1\n'],
  ['a key that is a number', '1: 2\n'],
  ['a key that is null', '~: 2\n'],
  ['a key that is true', 'true: 2\n'],
  ['item and key mixed', 'a: 1\n- b: 2\n'],
  ['item and key mixed', '- a\nb: 1\n'],
  ['a blank line', 'a: 1\n\nb: 2\n'],
  ['a comment inside', 'a: 1\n# b\nc: 2\n'],
  ['a comment behind', 'a: 1 # b\n'],
  ['a folded line', 'a: b\n  c\n'],
  ['a folded line', 'a: "b\n  c"\n'],
  ['a folded line', 'a: "b\\\n  c"\n'],
  ['no last line break', 'a: 1'],
  ['a space at the end', 'a: b \n'],
  ['a space at the end', 'a: |\n  b \n  c\n'],
  ['a carriage return', 'a: 1\r\n'],
  ['a tab', 'a:\t1\n'],
  ['a byte order mark', '\ufeffa: 1\n'],
  ['a line break of 1.1', 'a: "b\u0085c"\n'],
  ['a line break of 1.1', 'a: "b\u2028c"\n'],
  ['half a surrogate pair', 'a: "\ud800"\n'],
  ['a document mark', '---\na: 1\n'],
  ['a document mark', 'a: 1\n---\n'],
  ['a document mark', '...\n'],
  ['a document mark', '--- a\n'],
  ['a document mark', 'a: 1\n...\n'],
  ['a directive', '%YAML 1.2\n---\na: 1\n'],
  ['an anchor', 'a: &b 1\n'],
  ['an alias', 'a: *b\n'],
  ['a merge key', '<<: {}\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a flow mapping', 'a: {b: 1}\n'],
  ['a flow sequence', '[1]\n'],
  ['single quotes', "a: 'b'\n"],
  ['text behind quotes', 'a: "b" c\n'],
  ['text behind quotes', '"b" c: 1\n'],
  ['two keys', 'a: b: c\n'],
  ['a key without a space', 'a:1\n---\n'],
  ['an escape of YAML alone', 'a: "\\x41"\n'],
  ['an escape of JSON alone', 'a: "\\/"\n'],
  ['a surrogate pair as escapes', 'a: "\\ud83d\\ude00"\n'],
  ['an open quote', 'a: "b\n'],
  ['an open quote', 'a: "b\\"\n'],
  ['an open quote', 'a: "b\\'],
  ['a folded block', 'a: >\n  b\n'],
  ['a block with another indentation', 'a: |4\n    b\n'],
  ['a block with another indentation', 'a: |\n    b\n'],
  ['a block with another ending', 'a: |\n  b\n\n'],
  ['a block with another ending', 'a: |+\n  b\n'],
  ['a block without lines', 'a: |\nb: 1\n'],
  ['a block as document', '|\n  a\n'],
  ['a long key without a colon', '? "a"\nb: 1\n'],
  ['a long key without quotes', '? a\n: 1\n'],
  ...'y Y no On oFF True NULL ~ = << 014 0o14 0x1f 0b1 1_000 1e3 .5 5. +1 .inf -.INF .NaN 12:30:45 2024-01-01 1.2.3'
    .split(' ')
    .map((word): readonly [string, string] => [
      'a word that readers differ on, or that has another form',
      `- ${word}\n`,
    ]),
];

describe('a text that was not printed by us', () => {
  it.each(FOREIGN)('is refused: %s in %j', (_, text) => {
    expect(() => rereadYaml(text)).toThrow(/^not our dialect: .+ on line \d+$/);
  });

  it('is refused where one document is expected', () => {
    expect(() => rereadYaml('a: 1\n---\nb: 2\n')).toThrow('not our dialect: 2 documents instead of one');
    expect(() => rereadYaml('# a\n')).toThrow('not our dialect: 0 documents instead of one');
  });

  it('is either refused or read as other readers read it', () => {
    let read = 0;
    const line = fc.constantFrom(
      ...[
        'a: 1',
        'b: x',
        '- c',
        '- d: y',
        '- - z',
        'e:',
        '  f: 1',
        '  - g',
        '    h: i',
        '"j": "k"',
        'l: |',
        'm: |+',
        '# n',
      ],
      ...[
        '- |-',
        '  o',
        '    p',
        '',
        '---',
        'q: {}',
        '- []',
        '  ',
        '? "r"',
        ': s',
        't: "\\u0041"',
        'u: 1.5',
        'v: a: b',
        'w',
      ],
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), lines => {
        const text = `${lines.join('\n')}\n`;
        const value = attempt(() => rereadYaml(text));
        if (value !== undefined) read++;
        if (value !== undefined)
          for (const version of ['1.1', '1.2'] as const) deepStrictEqual(value, parse(text, { version }));
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    expect(String(error)).toContain('not our dialect');
    return undefined;
  }
}
