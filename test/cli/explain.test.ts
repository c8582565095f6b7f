import { expect, test } from 'vitest';
import { temporaryFolder } from '../host/workspace.ts';
import { surefoot } from './surefoot.ts';

const explain = (...words: readonly string[]) => surefoot(temporaryFolder(), ['explain', ...words]);

test('explain prints what a field means, and the fields below it', () => {
  const { exit, stdout, stderr } = explain('spec.route.retries');
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^FIELD {5}spec\.route\.retries\nTYPE {6}object\nREQUIRED {2}no\n/);
  expect(stdout).toContain('\n  Sends failed requests again;');
  expect(stdout).toMatch(/\nFIELDS\n {2}attempts {2}<integer> {2}required\n {6}How many times/);
  expect(stdout).not.toMatch(/ $/m);
});

test('without a field it explains the top level', () => {
  expect(explain().stdout).toMatch(
    /^FIELD {2}Rollout \(rollouts\/\*\.yaml\)\n(?:.*\n)+ {2}spec {2}<object> {2}required\n/,
  );
});

test('--recursive prints all fields below', () => {
  const { stdout } = explain('steps.canary', '--recursive');
  expect(stdout).toContain(
    '\n  to  <versionName (string)>  required\n  weights  <list of percent (number)>  required\n    []',
  );
  expect(stdout).toMatch(/\n {10}headers {2}<map of textMatch/);
});

test.each([
  ['spec.routes', 'Did you mean "route"?'],
  ['spec.routes', 'Its fields: provider, step, '],
  ['outlierDetection', 'The name stands at spec.route.outlierDetection, '],
  ['spec.provider.x', 'It has no fields.'],
  ['a..b', 'is no path of a field'],
])('%s is no field: says so on stderr and exits with 2', (field, message) => {
  const { exit, stdout, stderr } = explain(field);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test('a path that holds control characters cannot reach the terminal', () => {
  expect(explain('spec.\u001b[31mx').stderr).not.toContain('\u001b');
});
