import { appendFileSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { shell, specOf, surefoot, writeFleet } from './surefoot.ts';

/** A git repository with two rollouts, nothing synthesised. */
function repository(): string {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }, { name: 'mail', step: 'complete' }]);
  const git =
    'git init -q && git config user.email a@example.com && git config user.name a && git config commit.gpgsign false';
  expect(shell(root, `${git} && git add . && git commit -qm start`).exit).toBe(0);
  return root;
}

const replace = (root: string, file: string, from: string, to: string): void => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(text).toContain(from);
  writeTree(root, { [file]: text.replace(from, to) });
};

test('help and version go to stdout, and every command ends its help with examples', () => {
  const root = temporaryFolder();
  expect(surefoot(root, ['--version'])).toEqual({ exit: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  for (const words of [
    [],
    ['validate'],
    ['plan'],
    ['synth'],
    ['check'],
    ['comment'],
    ['trace'],
    ['diff'],
    ['schema'],
    ['status'],
    ['completion'],
    ['explain'],
    ['init'],
  ]) {
    const { exit, stdout, stderr } = surefoot(root, [...words, '--help']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: surefoot/);
    expect(stdout).toMatch(/\nExamples:\n( {2}.+\n)+\n?$/);
  }
});

test.each([
  [['plann'], 'Did you mean plan?'],
  [['synth', '--chek'], 'Did you mean --check?'],
  [['plan', '-o', 'xml'], 'table, json, yaml'],
  [['--format', 'xml', 'validate'], 'text, json'],
  [['synth', '--check', '--prune'], '--prune'],
  [['synth', '--prune', 'rollouts'], '--prune looks at the whole fleet'],
  [['synth', '-'], 'synth reads files only'],
  [['validate', 'rollouts/crat.yaml'], 'Did you mean "rollouts/cart.yaml"?'],
  [['validate', '../elsewhere.yaml'], 'is outside of'],
  [['-C', 'nowhere', 'plan'], '-C "nowhere" is not a folder.'],
  [['--out', '', 'synth'], '--out names no folder.'],
  [['schema', 'x'], 'Allowed choices are rollout, fleet'],
  [['schema', 'fleet', 'x'], 'too many arguments'],
  [[], 'Usage: surefoot'],
])('%j is wrong usage: says so on stderr and exits with 2', (words, message) => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { exit, stdout, stderr } = surefoot(root, words);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(Object.keys(readTree(root))).toEqual(['rollouts/cart.yaml']);
});

test('a system that refuses is no finding', () => {
  const { exit, stderr } = surefoot(repository(), ['synth', '--out', 'x'.repeat(300)]);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/^error: the system refused: ENAMETOOLONG/);
});

test('validate counts what it found, from files and from standard input', () => {
  const root = repository();
  expect(surefoot(root, ['validate'])).toEqual({ exit: 0, stdout: '', stderr: '2 rollouts: 0 errors, 0 warnings\n' });
  expect(surefoot(root, ['validate', '-q'])).toEqual({ exit: 0, stdout: '', stderr: '' });
  expect(surefoot(root, ['validate', '-'], { input: specOf({ name: 'cart' }) }).exit).toBe(0);
  const wrong = surefoot(root, ['validate', '-'], { input: 'kind: Rollout\n' });
  expect([wrong.exit, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toMatch(/^<stdin>:\d+:\d+: error /);
});

test('every mistake of every file is told, with a frame, or as one JSON document', () => {
  const root = repository();
  replace(root, 'rollouts/cart.yaml', 'step: canary-25', 'step: canary-26');
  replace(root, 'rollouts/mail.yaml', 'provider: kubernetes', 'provider: istoi');
  const text = surefoot(root, ['validate']);
  expect([text.exit, text.stdout]).toEqual([1, '']);
  expect(text.stderr).toMatch(/^rollouts\/cart\.yaml:8:9: error steps\/unknown-step\n {2}what: .+\n/);
  expect(text.stderr).toMatch(/\n {4}8 \| {3}step: canary-26\n {6}\| {9}\^{9}\n/);
  expect(text.stderr).toContain('rollouts/mail.yaml:7:13: error ');
  expect(text.stderr).toMatch(/\n2 rollouts: \d+ errors, 0 warnings\n$/);
  const json = surefoot(root, ['validate', '--format', 'json']);
  expect([json.exit, json.stderr]).toEqual([1, '']);
  const { diagnostics } = JSON.parse(json.stdout);
  expect(diagnostics[0]).toMatchObject({ code: 'steps/unknown-step', file: 'rollouts/cart.yaml', line: 8, column: 9 });
});

test('validate finds rollouts that want the same, and reads out/ to tell which was first', () => {
  const root = repository();
  surefoot(root, ['synth']);
  writeTree(root, { 'rollouts/also-cart.yaml': specOf({ name: 'cart' }) });
  const { exit, stderr } = surefoot(root, ['validate']);
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^rollouts\/also-cart\.yaml:1:1: error fleet\/same-rollout\n/);
  expect(stderr).toMatch(/\n3 rollouts: 1 error, 0 warnings\n$/);
});

test('synth writes once, check agrees, git sees nothing to add', () => {
  const root = repository();
  const first = surefoot(root, ['synth']);
  expect([first.exit, first.stdout]).toEqual([0, '']);
  expect(first.stderr).toMatch(/next: git add out, and commit it with the Rollouts\n$/);
  expect(shell(root, 'git add out && git commit -qm synth').exit).toBe(0);
  const second = surefoot(root, ['synth']);
  expect(second.stderr).toMatch(/^rollouts\/cart\.yaml {2}unchanged\n/);
  expect(second.stderr).toMatch(/\n2 rollouts: none changed\n$/);
  expect(surefoot(root, ['synth', '--check'])).toEqual({
    exit: 0,
    stdout: '',
    stderr: 'out/ says what the Rollouts say\n',
  });
  expect(shell(root, 'git status --porcelain').stdout).toBe('');
});

test('a promotion changes live/ and plan.json and nothing else', () => {
  const root = repository();
  surefoot(root, ['synth']);
  shell(root, 'git add out && git commit -qm synth');
  replace(root, 'rollouts/cart.yaml', 'step: canary-25', 'step: canary-50');
  expect(surefoot(root, ['synth', '--check']).exit).toBe(1);
  expect(surefoot(root, ['synth']).exit).toBe(0);
  const changed = shell(root, 'git status --porcelain -uall')
    .stdout.trim()
    .split('\n')
    .map(line => line.slice(2).trim());
  expect(changed.filter(file => file.startsWith('out/plan/') && file.endsWith('.yaml'))).toEqual([]);
  expect(changed.filter(file => file.startsWith('out/live/default/demo/cart/')).length).toBeGreaterThan(0);
  expect(changed.filter(file => file.includes('mail'))).toEqual([]);
});

test('check writes nothing, and the commands that it ends with mend what it lists', () => {
  const root = repository();
  surefoot(root, ['synth']);
  const before = readTree(join(root, 'out'));
  const [live = '', other = ''] = Object.keys(before).filter(path => path.startsWith('live/'));
  appendFileSync(join(root, 'out', live), '# by hand\n');
  rmSync(join(root, 'out', other));
  writeTree(root, { "out/live/default/demo/cart/it's mine.yaml": 'x', 'out/plan/.surefoot-999999999-1.tmp': 'x' });
  const broken = readTree(join(root, 'out'));
  const { exit, stdout, stderr } = surefoot(root, ['synth', '--check']);
  expect([exit, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`stale       out/${live}\n`);
  expect(stderr).toContain(`missing     out/${other}\n`);
  expect(stderr).toContain('unfinished  out/plan/.surefoot-999999999-1.tmp\n');
  expect(stderr).toContain("extra       out/live/default/demo/cart/it's mine.yaml\n");
  expect(readTree(join(root, 'out'))).toEqual(broken);
  expect(surefoot(root, ['synth', '--check', '-q']).stderr).toBe(stderr);
  const commands = stderr.slice(stderr.indexOf('to mend it:') + 'to mend it:'.length);
  expect(shell(root, commands).exit).toBe(0);
  expect(readTree(join(root, 'out'))).toEqual(before);
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
});

test('a rollout with errors is left untouched, the others are written', () => {
  const root = repository();
  surefoot(root, ['synth']);
  const cart = readTree(join(root, 'out/live/default/demo/cart'));
  replace(root, 'rollouts/cart.yaml', 'provider: kubernetes', 'provider: none');
  replace(root, 'rollouts/mail.yaml', 'step: complete', 'step: canary-50');
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(1);
  expect(stderr).toMatch(
    /\nrollouts\/cart\.yaml {2}left untouched because of errors\nrollouts\/mail\.yaml {2}\d+ written/,
  );
  expect(readTree(join(root, 'out/live/default/demo/cart'))).toEqual(cart);
  const check = surefoot(root, ['synth', '--check', '--format', 'json']);
  expect([check.exit, check.stdout]).toEqual([1, '']);
  expect(JSON.parse(check.stderr).drift).toEqual({ stale: [], missing: [], obsolete: [], extra: [], leftovers: [] });
});

test('a deleted rollout is an error until it is pruned; a moved one is not', () => {
  const root = repository();
  surefoot(root, ['synth']);
  renameSync(join(root, 'rollouts/cart.yaml'), join(root, 'rollouts/basket.yaml'));
  expect(surefoot(root, ['synth']).exit).toBe(0);
  rmSync(join(root, 'rollouts'), { recursive: true });
  const gone = surefoot(root, ['synth', '--check']);
  expect(gone.exit).toBe(1);
  expect(gone.stderr.match(/error fleet\/rollout-gone/g)).toHaveLength(2);
  expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
  expect(Object.keys(readTree(join(root, 'out')))).toEqual(['live/', 'plan/']);
});

test('the same rollouts give the same bytes in any folder, one by one or all at once', () => {
  const [one, two] = [repository(), repository()];
  surefoot(one, ['synth']);
  surefoot(two, ['synth', 'rollouts/mail.yaml']);
  expect(surefoot(join(two, '..'), ['-C', two, 'synth', 'rollouts/cart.yaml', '--out', 'elsewhere']).exit).toBe(0);
  surefoot(two, ['synth', './rollouts/cart.yaml']);
  expect(readTree(join(two, 'out'))).toEqual(readTree(join(one, 'out')));
  expect(Object.keys(readTree(join(two, 'elsewhere'))).every(path => path.includes('/cart/'))).toBe(true);
  for (const text of Object.values(readTree(join(one, 'out')))) {
    expect(text).not.toContain(one);
    expect(text).not.toContain('\r');
    expect(text.endsWith('\n')).toBe(true);
  }
});

test('plan prints a table for people and data for programs', () => {
  const root = repository();
  const table = surefoot(root, ['plan', 'rollouts/cart.yaml']);
  expect([table.exit, table.stderr]).toEqual([0, '']);
  expect(table.stdout).toMatch(/^demo\/cart {2}kubernetes, environment default, rollouts\/cart\.yaml\n/);
  expect(table.stdout).toMatch(/\n➤ {2}canary-25 +step +v1 75 %, v2 25 % /);
  expect(table.stdout).toMatch(/\nbaseline → provision-v2 +provision\n {4}creates Deployment\/cart-v2/);
  const json: readonly { readonly rollout: string; readonly current: string }[] = JSON.parse(
    surefoot(root, ['plan', '-o', 'json']).stdout,
  );
  expect(json.map(plan => [plan.rollout, plan.current])).toEqual([
    ['cart', 'canary-25'],
    ['mail', 'complete'],
  ]);
  const yaml = surefoot(root, ['plan', '-o', 'yaml']).stdout;
  expect(yaml).toMatch(/^rollout: cart\n/);
  expect(yaml).toContain('\n---\nrollout: mail\n');
  expect(shell(root, 'surefoot plan | head -1; echo $PIPESTATUS')).toMatchObject({
    stdout: 'demo/cart  kubernetes, environment default, rollouts/cart.yaml\n0\n',
    stderr: '',
  });
});

test('plan prints the sound ones and tells about the others', () => {
  const root = repository();
  replace(root, 'rollouts/cart.yaml', 'step: canary-25', 'step: nowhere');
  const { exit, stdout, stderr } = surefoot(root, ['plan']);
  expect(exit).toBe(1);
  expect(stdout).toMatch(/^demo\/mail /);
  expect(stderr).toMatch(/^rollouts\/cart\.yaml:8:9: error steps\/unknown-step/);
});

test('a reader that leaves early is no failure', () => {
  const root = temporaryFolder();
  writeFleet(
    root,
    Array.from({ length: 40 }, (_, n) => ({ name: `web-${n}` })),
  );
  const { stdout, stderr } = shell(root, 'surefoot plan -o json | head -c 10; echo " $PIPESTATUS"');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/ 0\n$/);
});

test('colours only for people, or on demand', () => {
  const root = repository();
  const isColoured = (words: readonly string[], env: object = {}): boolean =>
    surefoot(root, ['plan', ...words], { env }).stdout.includes('\u001b[');
  expect(isColoured([])).toBe(false);
  expect(isColoured(['--color'])).toBe(true);
  expect(isColoured([], { FORCE_COLOR: '1' })).toBe(true);
  expect(isColoured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  expect(isColoured(['--color'], { NO_COLOR: '1' })).toBe(true);
});

test('a warning at many places is told once where it is not what was asked for', () => {
  const root = temporaryFolder();
  writeTree(root, { 'rollouts/cart.yaml': specOf({ name: 'cart' }).replaceAll(/@sha256:\w+/g, '') });
  expect(surefoot(root, ['validate']).stderr.match(/: warning /g)).toHaveLength(2);
  const { exit, stderr } = surefoot(root, ['synth']);
  expect(exit).toBe(0);
  expect(stderr.match(/: warning /g)).toHaveLength(1);
  expect(stderr).toContain('\n1 more warning of the same kind; surefoot validate tells all\n');
});

test('links among the rollouts are refused, and what they held stays', () => {
  const root = repository();
  surefoot(root, ['synth']);
  const before = readTree(join(root, 'out'));
  renameSync(join(root, 'rollouts/cart.yaml'), join(root, 'cart.yaml'));
  symlinkSync('../cart.yaml', join(root, 'rollouts/cart.yaml'));
  const { exit, stderr } = surefoot(root, ['synth', '--prune']);
  expect(exit).toBe(1);
  expect(stderr).toMatch(/^rollouts\/cart\.yaml:1:1: error source\/symlink\n/);
  expect(readTree(join(root, 'out'))).toEqual(before);
});

test('schema prints the committed schema, byte for byte', () => {
  const { exit, stdout, stderr } = surefoot(temporaryFolder(), ['schema']);
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout).toBe(readFileSync(join(import.meta.dirname, '../../schemas/rollout.schema.json'), 'utf8'));
});
