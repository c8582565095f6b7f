import { expect, it } from 'vitest';
import { placeFindings } from '../../src/read/place.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { EXAMPLE } from './example.ts';
import { edited } from './mistakes.ts';

const diagnose = (text: string) => {
  const { findings, locate } = readRollout(text);
  return placeFindings('rollouts/a.yaml', text, findings, locate);
};

const WRONG = edited('  surge: full', '  surge: ful');

it('shows the line with two lines before it, and where in it the mistake lies', () => {
  expect(diagnose(WRONG)).toMatchObject([
    {
      file: 'rollouts/a.yaml',
      line: 9,
      column: 10,
      endLine: 9,
      endColumn: 13,
      excerpt: [
        { line: 7, text: '  step: canary-20 # the one line that a promotion changes' },
        { line: 8, text: '  stable: v1' },
        { line: 9, text: '  surge: ful' },
      ],
    },
  ]);
});

it.each([
  ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
])('does not care about %s', (_, write) => {
  expect(diagnose(write(WRONG))).toEqual(diagnose(WRONG));
  expect(diagnose(write(edited('# yaml', 'x: 1 # yaml')))).toEqual(diagnose(edited('# yaml', 'x: 1 # yaml')));
});

it('counts UTF-16 units and keeps tabs', () => {
  const { line, column, excerpt } = diagnose('😀: 1\n"😀":\t[*a] # b\n').find(d => d.code === 'yaml/alias')!;
  expect({ line, column, text: excerpt.at(-1)?.text }).toEqual({ line: 2, column: 8, text: '"😀":\t[*a] # b' });
});

it('ends a place of several lines with its last line', () => {
  const [{ line, column, endLine, endColumn, excerpt } = fail()] = diagnose(
    edited('      traffic: { v2: 100 }\n', '      traffic:\n        - v2\n        - v1 # a\n\n'),
  );
  expect([line, column, endLine, endColumn]).toEqual([38, 9, 39, 13]);
  expect(excerpt.map(row => row.line)).toEqual([36, 37, 38, 39]);
});

it('shows twelve lines at most', () => {
  const [{ excerpt } = fail()] = diagnose(edited('  steps:\n', `  steps:\n    a:\n${'      - b\n'.repeat(50)}  x:\n`));
  expect(excerpt).toHaveLength(12);
});

it('sorts by line and column', () => {
  const places = diagnose(edited('  surge: full', '  foo: 1\n  surge: &a ful').replace('replicas: 4', 'replicas: x'));
  expect(places.map(d => `${d.line}:${d.column}`)).toEqual(['9:3', '10:10', '10:13', '13:15']);
});

it('places what later rooms find: values, keys, and the nearest that exists', () => {
  const { locate } = readRollout(EXAMPLE);
  const at = (path: readonly (string | number)[], on?: 'key') => {
    const { start, end } = locate({ path, ...(on && { on }) });
    return EXAMPLE.slice(start, end);
  };
  expect(at(['spec', 'step'])).toBe('canary-20');
  expect(at(['spec', 'step'], 'key')).toBe('step');
  expect(at(['spec', 'steps', 2, 'canary', 'weights', 1])).toBe('5');
  expect(at(['spec', 'steps', 2], 'key')).toBe('canary');
  expect(at(['spec', 'steps', 1, 'pause'])).toBe('name');
  expect(at(['spec', 'autoscale', 'min'])).toBe('spec');
  expect(at(['spec', 'route', 'retries', 'perTryTimeout', 'x'])).toBe('perTryTimeout');
  expect(at([], 'key')).toBe('apiVersion');
  expect(locate({ range: [3, 9] })).toEqual({ start: 3, end: 9 });
  expect(readRollout('').locate({ path: ['spec'] })).toEqual({ start: 0, end: 0 });
});

function fail(): never {
  throw new Error('nothing was found');
}
