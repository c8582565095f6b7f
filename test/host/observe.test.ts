import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCommit, isWrong, openRepository } from '../../src/host/git.ts';
import { type ObserveRequest, observe, type StepHistory } from '../../src/host/observe.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Obligation } from '../../src/model/plan.ts';
import { standOf } from '../gate/stands.ts';
import { commitPlans, git, initRepository, MONDAY } from './history-repository.ts';
import { freePort } from './prometheus-server.ts';
import { temporaryFolder } from './workspace.ts';

const MINUTE = 60_000;
const CART = 'prod/shop/cart';

function right<T extends object>(answer: T | { readonly wrong: string }): T {
  if (isWrong(answer)) throw new Error(answer.wrong);
  return answer as T;
}

function historyOf(root: string, ref = 'main'): StepHistory {
  const repository = right(openRepository(root));
  return { repository, target: right(findCommit(repository, ref)), outName: 'out' };
}

const ALL: readonly Obligation[] = [
  { kind: 'paused', duration: 60 * MINUTE },
  { kind: 'available', version: 'v2', replicas: 3 },
  { kind: 'reachable', version: 'v2' },
  { kind: 'idle', version: 'v1' },
  { kind: 'synced', state: 'canary-10' },
];

/** What is seen so many minutes after `MONDAY`, on a machine without kubectl. */
async function seen(minute: number, more: Partial<ObserveRequest>): Promise<readonly string[]> {
  const path = process.env['PATH'];
  process.env['PATH'] = temporaryFolder();
  try {
    const base = {
      obligations: ALL,
      directory: CART,
      stand: standOf('istio'),
      step: 'canary-10',
      pollInterval: 5 * MINUTE,
      timeout: 5000,
    };
    return (await observe({ ...base, now: MONDAY + minute * MINUTE, ...more })).map(words);
  } finally {
    process.env['PATH'] = path;
  }
}

const words = ({ obligation, verdict, by, evidence }: Observation): string =>
  `${obligation.kind} ${verdict} by ${by}: ${evidence}`;

/** What the history says so many minutes after `MONDAY`. */
const looking = async (minute: number, history: StepHistory | undefined, more: Partial<ObserveRequest> = {}) => {
  const base = {
    obligations: ALL,
    directory: CART,
    stand: standOf('istio'),
    step: 'canary-10',
    pollInterval: 5 * MINUTE,
    timeout: 5000,
  };
  const request = { ...base, now: MONDAY + minute * MINUTE, observers: ['history'] as const };
  return (await observe({ ...request, ...(history === undefined ? {} : { history }), ...more })).map(words);
};

describe('by the history alone', () => {
  it('a step is seen after the poll interval, and a pause when it is over', async () => {
    const root = initRepository();
    commitPlans(root, 0, { [CART]: 'baseline' });
    commitPlans(root, 1, { [CART]: 'canary-10' });
    const history = historyOf(root);
    const [pause, ...rest] = await looking(3, history);
    expect(pause).toBe('paused unseen by history: 58m of 1h left, until 15:01 UTC');
    const tooEarly = 'the step is on main since 2m, shorter than the poll interval of 5m; nobody looked at the cluster';
    expect(rest).toEqual(
      ['available', 'reachable', 'idle', 'synced'].map(kind => `${kind} unseen by history: ${tooEarly}`),
    );
    const enough = 'the step is on main since 12m, longer than the poll interval of 5m; nobody looked at the cluster';
    expect((await looking(13, history)).slice(1)).toEqual(
      ['available', 'reachable', 'idle', 'synced'].map(kind => `${kind} seen by history: ${enough}`),
    );
    expect((await looking(61, history))[0]).toBe(
      'paused seen by history: the step is on main since 1h, and the pause was 1h',
    );
  });

  it('counts from the merge into the target branch', async () => {
    const root = initRepository();
    commitPlans(root, 0, { [CART]: 'baseline' });
    git(root, 1, 'switch', '-qc', 'promote');
    commitPlans(root, 1, { [CART]: 'canary-10' });
    const [notYet] = await looking(90, historyOf(root));
    expect(notYet).toBe('paused unseen by history: main holds the step "baseline", not "canary-10"');
    git(root, 80, 'switch', '-q', 'main');
    git(root, 80, 'merge', '-q', '--no-ff', '-m', 'merge', 'promote');
    expect((await looking(90, historyOf(root)))[0]).toBe('paused unseen by history: 50m of 1h left, until 16:20 UTC');
  });

  it('nobody can tell in a shallow clone, and the way out is said', async () => {
    const root = initRepository();
    commitPlans(root, 0, { [CART]: 'canary-10' });
    commitPlans(root, 1, { [CART]: 'canary-10', note: 'again' });
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone], { stdio: 'pipe' });
    for (const said of await looking(1000, historyOf(clone, 'origin/main')))
      expect(said).toMatch(/ unknown by undefined: this clone is shallow, .*type git fetch --unshallow$/);
  });

  it('nobody can tell without git', async () => {
    for (const said of await looking(1000, undefined))
      expect(said).toMatch(/ unknown by undefined: there is no git repository that tells since when the step stands$/);
  });
});

describe('who is asked', () => {
  const pauseOf = (answers: readonly string[]) => answers.find(one => one.startsWith('paused'));

  it('is always the history for a pause', async () => {
    const root = initRepository();
    commitPlans(root, 0, { [CART]: 'canary-10' });
    for (const observers of [['prometheus'], ['kubectl'], []] as const)
      expect(pauseOf(await looking(61, historyOf(root), { observers, obligations: ALL.slice(0, 1) }))).toContain(
        'paused seen by history',
      );
  });

  it('is the next one where the first cannot see such a thing, and nobody but those that are named', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const answers = await seen(13, {
      prometheus: { url },
      observers: ['prometheus', 'kubectl'],
      obligations: ALL.slice(1),
    });
    expect(answers.slice(0, 3).every(one => one.includes('unknown by undefined: the Prometheus at 127.0.0.1:'))).toBe(
      true,
    );
    expect(answers[3]).toBe(
      'synced unknown by undefined: Prometheus does not tell whether everything was applied; kubectl is not on the PATH',
    );
    const idle = await seen(13, {
      prometheus: { url },
      observers: ['prometheus', 'kubectl'],
      stand: standOf('kubernetes'),
      obligations: ALL.slice(3, 4),
    });
    expect(idle).toEqual([
      'idle unknown by undefined: no metric is known that counts requests to v1 with kubernetes; kubectl does not see requests',
    ]);
  });

  it('answers in the order of the obligations, none for none', async () => {
    expect(await looking(0, undefined, { obligations: [] })).toEqual([]);
    const turned = [...ALL].reverse();
    expect((await looking(0, undefined, { obligations: turned })).map(one => one.split(' ')[0])).toEqual(
      turned.map(({ kind }) => kind),
    );
  });
});
