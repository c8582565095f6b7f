import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureText } from '../../src/cli/failure.ts';

const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('a bug says how to report it, and where it happened only when asked', () => {
  const error = new Error('no state \u001b[2J');
  expect(failureText(error, false)).toBe(
    [
      'error: this is a bug in surefoot, not a mistake of yours: no state \\u001b[2J',
      'Report it with this message, the command, `surefoot --version` and the Rollout, if it may be shown.',
      'SUREFOOT_DEBUG=1 prints where it happened.',
      '',
    ].join('\n'),
  );
  expect(failureText(error, true)).toContain('failure.test.ts');
  expect(failureText('text', false)).toContain('mistake of yours: text\n');
});

test('what the system refuses is no bug', () => {
  const text = failureText(
    thrown(() => readFileSync('/nowhere/at/all')),
    false,
  );
  expect(text).toBe("error: the system refused: ENOENT: no such file or directory, open '/nowhere/at/all'\n");
});
