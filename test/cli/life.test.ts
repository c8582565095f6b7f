import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { BY_HISTORY, git, linesOfHead, surefootAgo } from './repository.ts';
import { surefoot } from './surefoot.ts';

const FILE = 'rollouts/web.yaml';
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = (tag: string): string => `registry.example.com/web:${tag}@${DIGEST}`;

const FLEET = `\
apiVersion: surefoot.dev/v1
kind: Fleet
environments:
  dev: {}
  staging: {}
  prod: { promotion: { after: staging, soak: 1h } }
`;
const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

/** A repository that begins with `init`, and a clock that goes on by a minute with every command; all of it long ago. */
function begin() {
  const root = temporaryFolder();
  git(root, 'init', '-q', '-b', 'main');
  let minutes = 60 * 24 * 10;
  const run = (...words: readonly string[]) => surefootAgo(root, minutes--, words);
  writeTree(root, { 'surefoot.yaml': FLEET });
  const flags = ['--name', 'web', '--namespace', 'shop', '--provider', 'istio', '--image', image('1')];
  expect(run('init', ...flags, '--new-image', image('2'))).toMatchObject({ exit: 0 });
  // A person takes fewer steps than init proposes.
  const text = readFileSync(join(root, FILE), 'utf8').replace(/weights: \[[^\]]*\]/, 'weights: [20]');
  writeTree(root, { [FILE]: text });
  expect(run('synth', '-q')).toMatchObject({ exit: 0 });
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'start', '--date', '2026-01-01T00:00:00Z');
  return { root, run };
}

const planOf = (root: string, environment: string) =>
  JSON.parse(readFileSync(join(root, `out/plan/${environment}/shop/web/plan.json`), 'utf8')) as {
    step: string;
    states: { name: string; kind: string }[];
  };

/** The newest commit moves one Rollout in one environment, by one line, and its hop is proved. */
function holds(root: string, environment: string, trailers: readonly string[], isProved = true): void {
  const paths = git(root, 'show', '--name-only', '--format=', 'HEAD').trim().split('\n');
  const home = new RegExp(`^(?:out/(?:live|plan)/${environment}/shop/web/.*|${FILE.replaceAll('.', '\\.')})$`);
  for (const path of paths) expect(path).toMatch(home);
  const lines = linesOfHead(root, FILE);
  expect(lines.filter(line => line.startsWith('-')).length).toBeLessThanOrEqual(1);
  expect(lines.filter(line => line.startsWith('+')).every(line => /environments|step:/.test(line))).toBe(true);
  expect(git(root, 'log', '-1', '--format=%(trailers:unfold)').trim().split('\n')).toEqual(trailers);
  const checked = isProved ? surefoot(root, ['check', '--base', 'HEAD~1', '--promotion-only']) : undefined;
  expect(checked?.exit ?? 0, checked?.stderr).toBe(0);
  expect(git(root, 'status', '--porcelain')).toBe('');
}

const trailers = (from: string, to: string, environment: string): readonly string[] => [
  'Rollout: shop/web',
  `Rollout-Step: ${to}`,
  `Rollout-From: ${from}`,
  `Rollout-Env: ${environment}`,
];

/** Goes from state to state in one environment; in prod it also aborts every step that has an abort, and resumes. */
function walk({ root, run }: ReturnType<typeof begin>, environment: string, isThorough: boolean): readonly string[] {
  const passed: string[] = [];
  for (;;) {
    const { step, states } = planOf(root, environment);
    passed.push(step);
    if (isThorough && states.some(({ name }) => name === `abort-${step}`))
      abortAndResume({ root, run }, environment, step);
    const ran = run('promote', 'web', '--env', environment, '--commit', ...BY_HISTORY);
    expect(ran, `${environment} ${step}: ${ran.stderr}`).toMatchObject({ exit: 0 });
    if (ran.stdout === '') return passed;
    // The same hops are proved in prod, where they are also aborted.
    holds(root, environment, trailers(step, planOf(root, environment).step, environment), isThorough);
  }
}

function abortAndResume({ root, run }: ReturnType<typeof begin>, environment: string, step: string): void {
  const before = readTree(root, 'out/live');
  expect(run('abort', 'web', '--env', environment, '--commit')).toMatchObject({ exit: 0 });
  holds(root, environment, trailers(step, `abort-${step}`, environment));
  const live = git(root, 'show', '--name-only', '--format=', 'HEAD', '--', 'out/live').trim().split('\n');
  for (const path of live.filter(one => one !== '')) expect(path).toMatch(/\/virtualservice-web\.yaml$/);
  const back = run('resume', 'web', '--env', environment, '--commit', ...BY_HISTORY);
  expect(back, back.stderr).toMatchObject({ exit: 0 });
  holds(root, environment, trailers(`abort-${step}`, step, environment));
  expect(readTree(root, 'out/live')).toEqual(before);
}

test('a life: init, a release through three environments, the next one, and tidying up', () => {
  const life = begin();
  const { root, run } = life;
  const early = run('promote', 'web', '--env', 'prod', '--commit', ...BY_HISTORY);
  expect(early).toMatchObject({ exit: 1 });
  expect(early.stderr).toContain('promote/not-soaked');
  const [first = [], ...others] = ENVIRONMENTS.map(environment => walk(life, environment, environment === 'prod'));
  expect(first.length).toBeGreaterThan(4);
  for (const other of others) expect(other).toEqual(first);

  const live = readTree(root, 'out/live');
  expect(run('release', 'web', '--version', 'v3', '--image', image('3'), '--commit')).toMatchObject({ exit: 0 });
  expect(readTree(root, 'out/live')).toEqual(live);
  expect(linesOfHead(root, FILE).filter(line => line.startsWith('-'))).toEqual([]);
  expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
  for (const environment of ENVIRONMENTS) walk(life, environment, environment === 'prod');
  expect(readFileSync(join(root, 'out/live/prod/shop/web/virtualservice-web.yaml'), 'utf8')).toContain('subset: v3');

  const after = readTree(root, 'out/live');
  expect(run('tidy', 'web', '--commit')).toMatchObject({ exit: 0 });
  expect(readTree(root, 'out/live')).toEqual(after);
  expect(readFileSync(join(root, FILE), 'utf8')).not.toMatch(/\bv[12]:/);
  expect(surefoot(root, ['synth', '--check'])).toMatchObject({ exit: 0 });
  const idle = run('tidy', 'web', '--commit');
  expect(idle).toMatchObject({ exit: 0, stdout: '' });
  expect(run('status', 'web')).toMatchObject({ exit: 0 });
}, 600_000);
