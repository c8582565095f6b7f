import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { FORMATS } from '../../src/cli/reporters/formats.ts';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, shell, specOf, surefoot, writeFleet } from './surefoot.ts';

/** One sound Rollout and one with an error and two warnings. */
function fleet(): string {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const text = specOf({ name: 'mail', step: 'canary-26' }).replaceAll(/@sha256:\w+/g, '');
  writeTree(root, { 'rollouts/mail.yaml': text });
  return root;
}

/** Three files of out/ that differ: one stale, one missing, one extra. */
function drifted(): {
  readonly root: string;
  readonly stale: string;
  readonly missing: string;
  readonly extra: string;
} {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  surefoot(root, ['synth']);
  const [stale = '', missing = ''] = Object.keys(readTree(root, 'out/live'));
  const extra = 'out/live/default/demo/cart/it,s::mine.yaml';
  appendFileSync(join(root, stale), '# by hand\n');
  rmSync(join(root, missing));
  writeTree(root, { [extra]: 'x' });
  return { root, stale, missing, extra };
}

const ACTIONS = { GITHUB_ACTIONS: 'true' };

describe('validate', () => {
  it('prints annotations, then its last line, all on stdout', () => {
    const { exit, stdout, stderr } = surefoot(fleet(), ['validate', '--format', 'github']);
    expect([exit, stderr]).toEqual([1, '']);
    const [error, ...rest] = stdout.split('\n');
    expect(error).toMatch(
      /^::error file=rollouts\/mail\.yaml,line=8,col=9,endLine=8,endColumn=18,title=steps\/unknown-step::/,
    );
    expect(rest.map(line => line.split(' ')[0])).toEqual(['::warning', '::warning', '2', '']);
  });

  it('takes annotations in a GitHub workflow, unless another format is asked for', () => {
    const root = fleet();
    const inWorkflow = (words: readonly string[], env: object = ACTIONS): Ran => surefoot(root, words, { env });
    expect(inWorkflow(['validate'])).toEqual(surefoot(root, ['validate', '--format', 'github']));
    expect(inWorkflow(['validate', '--format', 'text'])).toEqual(surefoot(root, ['validate']));
    expect(inWorkflow(['validate'], { GITHUB_ACTIONS: 'false' })).toEqual(surefoot(root, ['validate']));
    expect(inWorkflow(['plan']).stderr).toMatch(/^::error file=rollouts\/mail\.yaml,/);
    expect(inWorkflow(['plan']).stdout).toBe(surefoot(root, ['plan']).stdout);
  });

  it('names files from the checkout, whatever folder it was started in', () => {
    const checkout = temporaryFolder();
    const root = join(checkout, 'apps/shop');
    mkdirSync(root, { recursive: true });
    writeTree(root, { 'rollouts/mail.yaml': 'kind: Rollout\n' });
    const file = 'apps/shop/rollouts/mail.yaml';
    const pathOf = ({ stdout }: Ran): string => JSON.parse(stdout)[0].location.path;
    const words = ['validate', '--format', 'gitlab'];
    expect(pathOf(surefoot(checkout, ['-C', 'apps/shop', ...words]))).toBe(file);
    expect(pathOf(surefoot(root, words, { env: { CI_PROJECT_DIR: checkout } }))).toBe(file);
    expect(pathOf(surefoot(root, words, { env: { CI_PROJECT_DIR: join(checkout, 'ap') } }))).toBe('rollouts/mail.yaml');
    expect(surefoot(root, ['validate'], { env: { ...ACTIONS, GITHUB_WORKSPACE: checkout } }).stdout).toContain(
      `::error file=${file},`,
    );
    expect(pathOf(surefoot(checkout, ['-C', root, ...words, '-'], { input: 'kind: Rollout\n' }))).toBe('<stdin>');
  });

  it('knows the sound files too', () => {
    const { stdout } = surefoot(fleet(), ['validate', '--format', 'junit']);
    expect(stdout).toContain('<testsuites name="surefoot" tests="2" failures="1" errors="0">');
    expect(stdout).toContain('<testcase classname="surefoot" name="rollouts/cart.yaml"/>');
    expect(stdout).toContain('<testcase classname="surefoot" name="rollouts/mail.yaml">');
  });

  it('reports errors only where that is asked for', () => {
    const { stdout } = surefoot(fleet(), ['validate', '-q', '--format', 'gitlab']);
    expect(JSON.parse(stdout).map((issue: { severity: string }) => issue.severity)).toEqual(['critical']);
  });
});

test('synth --check tells what differs in every format, and each says the command that mends it', () => {
  const { root, stale, missing, extra } = drifted();
  const check = (format: string): string => {
    const { exit, stdout, stderr } = surefoot(root, ['synth', '--check', '--format', format]);
    expect([exit, stdout]).toEqual([1, '']);
    return stderr;
  };
  expect(check('github').split('\n').slice(0, -1)).toEqual([
    expect.stringMatching(`^::error file=${stale},line=1,col=1,endLine=1,endColumn=1,title=out/stale::`),
    expect.stringMatching(`^::error file=${missing},.*,title=out/missing::`),
    expect.stringMatching('^::error file=out/live/default/demo/cart/it%2Cs%3A%3Amine.yaml,.*,title=out/extra::'),
  ]);
  const [run] = JSON.parse(check('sarif')).runs;
  const codes = run.results.map((result: { ruleId: string }) => result.ruleId);
  expect(codes).toEqual(['out/stale', 'out/missing', 'out/extra']);
  expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(stale);
  const issues: readonly { location: { path: string } }[] = JSON.parse(check('gitlab'));
  expect(issues.map(issue => issue.location.path)).toEqual([stale, missing, extra]);
  expect(check('junit')).toContain('tests="4" failures="3"');
  for (const file of [stale, missing, extra]) {
    expect(check('junit')).toContain(`name="${file}">`);
    expect(check('text')).toContain(file);
  }
  expect(JSON.parse(check('json')).drift.missing).toEqual([missing.replace('out/', '')]);

  const commands = [...check('gitlab').matchAll(/(?:Run|or run) `([^`]+)`/g)].map(([, command = '']) => command);
  expect(commands.length).toBe(3);
  for (const command of commands) expect(shell(root, command).exit).toBe(0);
  expect(surefoot(root, ['synth', '--check']).exit).toBe(0);
});

test('a machine gets a whole document also where there is nothing to report', () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  surefoot(root, ['synth']);
  const said = (words: readonly string[], format: string): Ran => surefoot(root, [...words, '--format', format]);
  expect(said(['validate'], 'gitlab')).toEqual({ exit: 0, stdout: '[]\n', stderr: '' });
  expect(JSON.parse(said(['validate'], 'sarif').stdout).runs[0].results).toEqual([]);
  expect(said(['validate'], 'junit').stdout).toMatch(/<\/testsuites>\n$/);
  expect(said(['synth', '--check'], 'gitlab')).toEqual({ exit: 0, stdout: '', stderr: '[]\n' });
  expect(JSON.parse(said(['plan', '-q'], 'sarif').stderr).runs[0].results).toEqual([]);
  expect(said(['validate', '-q'], 'github')).toEqual({ exit: 0, stdout: '', stderr: '' });
});

test('help and the README name every format', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const help = surefoot(temporaryFolder(), ['--help']).stdout;
  for (const format of FORMATS) {
    expect(help).toContain(`"${format}"`);
    expect(readme).toContain(`\`${format}\``);
  }
});
