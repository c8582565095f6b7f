import { expect, test } from 'vitest';
import { coloured, plain } from '../../src/cli/paint.ts';
import { REPORTERS } from '../../src/cli/reporters/reporters.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const diagnostic: Diagnostic = {
  file: 'rollouts/shop.yaml',
  line: 14,
  column: 15,
  endLine: 14,
  endColumn: 17,
  severity: 'error',
  code: 'steps/total-not-100',
  what: 'The traffic totals 90 %.',
  why: 'Every request must go somewhere.',
  fix: 'Write 30.',
  notes: [
    { file: 'rollouts/shop.yaml', line: 13, column: 15, endLine: 13, endColumn: 16, text: 'the other weight is here.' },
  ],
  excerpt: [
    { line: 13, text: '    - weight: 70' },
    { line: 14, text: '    - weight: 20' },
    { line: 15, text: '' },
  ],
};

const say = (...diagnostics: readonly Partial<Diagnostic>[]): string =>
  REPORTERS.text(
    { diagnostics: diagnostics.map(part => ({ ...diagnostic, ...part })), findings: [], closing: [], facts: {} },
    plain,
  );
const frameOf = (part: Partial<Diagnostic>): readonly string[] =>
  say(part)
    .split('\n')
    .filter(line => / \| ?/.test(line));

test('says where, what, why and how to mend it, around the lines in question', () => {
  expect(say({})).toBe(`rollouts/shop.yaml:14:15: error steps/total-not-100
  what: The traffic totals 90 %.
   13 |     - weight: 70
   14 |     - weight: 20
      |               ^^
   15 |
  why:  Every request must go somewhere.
  fix:  Write 30.
  note: rollouts/shop.yaml:13:15 the other weight is here.

`);
});

test('without an excerpt there is no frame; further lines of a text stand below the first', () => {
  expect(
    say({ excerpt: [], notes: [], severity: 'warning', fix: 'Write this:\n  weight: 30' }),
  ).toBe(`rollouts/shop.yaml:14:15: warning steps/total-not-100
  what: The traffic totals 90 %.
  why:  Every request must go somewhere.
  fix:  Write this:
          weight: 30

`);
});

test('findings and closing lines come last', () => {
  const report = {
    diagnostics: [{ ...diagnostic, excerpt: [] }],
    findings: ['stale  x'],
    differences: [],
    closing: ['1 rollout'],
    facts: {},
  };
  expect(REPORTERS.text(report, plain).split('\n').slice(-4)).toEqual(['', 'stale  x', '1 rollout', '']);
  expect(REPORTERS.text({ diagnostics: [], findings: [], closing: [], facts: {} }, plain)).toBe('');
});

test('carets stand below the place behind tabs, wide letters and marks', () => {
  const at = (text: string, word: string): readonly string[] => {
    const column = text.indexOf(word) + 1;
    return frameOf({ column, endColumn: column + word.length, excerpt: [{ line: 14, text }] });
  };
  expect(at('\ta:\tbad', 'bad')).toEqual(['   14 |   a:  bad', '      |       ^^^']);
  expect(at('名前: bad', 'bad')).toEqual(['   14 | 名前: bad', '      |       ^^^']);
  expect(at('a: 名前', '名前')).toEqual(['   14 | a: 名前', '      |    ^^^^']);
  expect(at('cafe\u0301: bad', 'bad')).toEqual(['   14 | cafe\u0301: bad', '      |       ^^^']);
  expect(at('😀: bad', 'bad')).toEqual(['   14 | 😀: bad', '      |     ^^^']);
});

test('a place that ends on a later line, or nowhere, is still marked', () => {
  expect(frameOf({ endLine: 15, endColumn: 2, excerpt: [{ line: 14, text: '    - weight: 20' }] })[1]).toBe(
    '      |               ^^',
  );
  expect(frameOf({ endColumn: 15, excerpt: [{ line: 14, text: '    - weight: 20' }] })[1]).toBe(
    '      |               ^',
  );
  expect(frameOf({ column: 99, endColumn: 120, excerpt: [{ line: 14, text: 'ab' }] })[1]).toBe('      |   ^');
});

test('a very long line is cut around the place, between letters', () => {
  const text = `${'😀'.repeat(300)}bad${'y'.repeat(300)}`;
  const [line = '', carets = ''] = frameOf({ column: 601, endColumn: 604, excerpt: [{ line: 14, text }] });
  expect(line).not.toMatch(/\p{Cs}/u);
  expect([...line].length).toBeLessThan(140);
  expect(line).toContain('bad');
  expect(carets).toMatch(/^ {6}\| {2,}\^\^\^$/);
  expect(frameOf({ line: 1, excerpt: [{ line: 14, text }] })[0]).not.toContain('bad');
});

test('nothing from a user file reaches the terminal as a command', () => {
  const evil = 'a\u001b[31m\u0007\r\u009b2J\u202e\u200bz';
  const shown = 'a\\u001b[31m\\u0007\\u000d\\u009b2J\\u202e\\u200bz';
  const text = say({
    file: evil,
    what: evil,
    why: evil,
    fix: evil,
    notes: [{ ...diagnostic.notes[0]!, file: evil, text: evil }],
    excerpt: [{ line: 14, text: evil }],
    column: 1,
    endColumn: evil.length + 1,
  });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.split(shown).length - 1).toBe(7);
  expect(text).toContain(`      | ${'^'.repeat(shown.length)}\n`);
});

test('line numbers of different length keep the bars below each other', () => {
  const excerpt = [
    { line: 9999, text: 'a' },
    { line: 10_000, text: 'b' },
  ];
  expect(frameOf({ line: 10_000, column: 1, endColumn: 2, excerpt })).toEqual([
    '   9999 | a',
    '  10000 | b',
    '        | ^',
  ]);
});

test('colours change nothing but colours', () => {
  const report = { diagnostics: [diagnostic], findings: [], differences: [], closing: [], facts: {} };
  const text = REPORTERS.text(report, coloured);
  expect(text).toContain('\u001b[31merror\u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is looked for
  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(say({}));
});

test('json gives every field, and the facts of the command', () => {
  const text = REPORTERS.json(
    { diagnostics: [diagnostic], findings: ['x'], differences: [], closing: ['y'], facts: { drift: { stale: [] } } },
    plain,
  );
  expect(JSON.parse(text)).toEqual({ diagnostics: [diagnostic], drift: { stale: [] } });
  expect(text.endsWith('}\n')).toBe(true);
});

test('json escapes what a terminal would obey, and is read back as it was', () => {
  const text = 'a\u001b[31m\u007f\u009b2J\u202e\u200b\u{e0041}\u2028z';
  const told = REPORTERS.json(
    { diagnostics: [{ ...diagnostic, what: text }], findings: [], closing: [], facts: {} },
    plain,
  );
  expect(told.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(told).diagnostics[0].what).toBe(text);
});
