import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../src/model/kubernetes.ts';
import { printYaml } from '../../src/yaml/print.ts';
import { type Commented, printCommented, why } from '../../src/yaml/print-commented.ts';
import { json, text } from './data.ts';

type Mapping = { readonly [key: string]: Json };

const mapping = (): fc.Arbitrary<Mapping> =>
  fc.array(fc.tuple(text(), json()), { maxLength: 4 }).map(entries => Object.fromEntries(entries));

/** The same data with a comment above every second value, more or less. */
function commented(value: Json, comments: readonly string[], next = { at: 0 }): Commented {
  const inner: Commented =
    typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map((item: Json) => commented(item, comments, next))
        : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, commented(item, comments, next)]));
  const comment = comments[next.at++ % comments.length];
  return comment === undefined || comment === '' ? inner : why(comment, inner);
}

const fields = (value: Mapping, comments: readonly string[]): { readonly [key: string]: Commented } =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, commented(item, comments)]));

describe.each(['1.1', '1.2'] as const)('a reader of YAML %s', version => {
  it('reads the data whatever the comments', () => {
    fc.assert(
      fc.property(mapping(), fc.array(text(), { minLength: 1, maxLength: 4 }), text(), (value, comments, head) => {
        const printed = printCommented(fields(value, comments), head);
        expect(parse(printed, { version, maxAliasCount: 0 }) ?? {}).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});

it('without comments prints what is printed elsewhere', () => {
  fc.assert(
    fc.property(mapping(), value => {
      fc.pre(Object.keys(value).length > 0);
      expect(printCommented(value, '')).toBe(printYaml(value));
    }),
  );
});

it('puts comments above, broken between words', () => {
  const long = 'word '.repeat(30).trim();
  const value = {
    a: why('one', [{ b: why('first key', 1), c: why('second key', { d: 'x' }) }, why('item', 2)]),
    absent: undefined,
    e: why(long, {}),
  };
  const words = (count: number): string => `# ${'word '.repeat(count).trim()}`;
  expect(printCommented(value, 'head')).toBe(
    [
      ...['# head', '# one', 'a:', '# first key', '- b: 1', '  # second key', '  c:', '    d: x', '# item', '- 2'],
      ...[words(19), words(11), 'e: {}', ''],
    ].join('\n'),
  );
});
