import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shutGates } from '../../src/gate/gate-findings.ts';
import { findCommit, isWrong, openRepository } from '../../src/host/git.ts';
import { promotionGates } from '../../src/host/promotion-gates.ts';
import { FLEET, release, type Said } from '../gate/released.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

/** Hour 0: a Monday, 08:00 UTC. */
const START = Date.parse('2026-06-01T08:00:00Z');
const HOUR = 3_600_000;

function git(folder: string, hour: number, ...words: readonly string[]): string {
  const date = `${(START + hour * HOUR) / 1000} +0200`;
  const env = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_DATE: '1700000000 +0000',
    GIT_COMMITTER_DATE: date,
  };
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
    ...{ cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...env } },
  });
}

function repository(): string {
  const root = temporaryFolder();
  git(root, 0, 'init', '-q', '-b', 'main');
  return root;
}

/** Commits what a Rollout says and compiles to, at this hour. */
function commit(root: string, hour: number, said: Said, file?: string): void {
  writeTree(root, release(said, file).tree);
  git(root, hour, 'add', '-A');
  git(root, hour, 'commit', '-qm', 'x');
}

function right<T extends object>(answer: T | { readonly wrong: string }): T {
  if (isWrong(answer)) throw new Error(answer.wrong);
  return answer as T;
}

interface Wish extends Said {
  readonly to: string;
  readonly from?: string;
  readonly ref?: string;
  readonly environment?: 'staging' | 'prod';
}

/** What holds back prod, or another environment, at this hour. */
function gatesAt(
  root: string,
  hour: number,
  { to, from = 'baseline', ref = 'main', environment = 'prod', ...said }: Wish,
) {
  const opened = right(openRepository(root));
  const released = release({ ...said, prod: to });
  const record = released[environment];
  const gates = promotionGates({
    ...{ fleet: released.fleet, environment, record, from, to, outName: 'out', now: START + hour * HOUR },
    ...{ repository: opened, target: right(findCommit(opened, ref)) },
  });
  return { ...gates, findings: shutGates(gates, record).map(({ finding }) => finding) };
}

const soakAt = (root: string, hour: number, wish: Wish) => {
  const { soak } = gatesAt(root, hour, wish);
  return soak === undefined
    ? 'none'
    : `${soak.verdict} ${soak.reason}${soak.left === undefined ? '' : ` ${soak.left / HOUR}h`}`;
};

describe('an earlier environment', () => {
  it('must have stood at the step or beyond, without an abort, for the soak time', () => {
    const root = repository();
    commit(root, 0, { staging: 'baseline' });
    commit(root, 1, { staging: 'canary-25' });
    commit(root, 5, { staging: 'canary-50' });
    expect(soakAt(root, 6, { to: 'canary-25' })).toBe('unseen too-early 19h');
    expect(soakAt(root, 25, { to: 'canary-25' })).toBe('seen soaked');
    expect(soakAt(root, 25, { to: 'canary-50' })).toBe('unseen too-early 4h');
    expect(soakAt(root, 90, { to: 'complete' })).toBe('unseen not-there');
    commit(root, 30, { staging: 'abort-canary-50' });
    expect(soakAt(root, 90, { to: 'canary-25' })).toBe('unseen aborted');
    commit(root, 40, { staging: 'canary-50' });
    expect(soakAt(root, 41, { to: 'canary-25' }), 'it begins anew after an abort').toBe('unseen too-early 23h');
    commit(root, 50, { staging: 'complete' });
    commit(root, 55, { staging: 'complete', prod: 'canary-25' });
    expect(soakAt(root, 64, { to: 'canary-25' })).toBe('seen soaked');
    expect(soakAt(root, 64, { to: 'complete' })).toBe('unseen too-early 10h');
  });

  it('proves nothing with another image, neither now nor before', () => {
    const root = repository();
    commit(root, 0, { staging: 'complete', v2: '2' });
    expect(soakAt(root, 30, { to: 'canary-25', v2: '3' })).toBe('unseen other-images');
    commit(root, 40, { staging: 'complete', v2: '3' });
    expect(soakAt(root, 50, { to: 'canary-25', v2: '3' })).toBe('unseen too-early 14h');
    expect(soakAt(root, 50, { to: 'canary-25', v2: '2' })).toBe('unseen other-images');
    expect(soakAt(root, 64, { to: 'canary-25', v2: '3' })).toBe('seen soaked');
  });

  it('counts from the merge that brought the step to the branch', () => {
    const root = repository();
    commit(root, 0, { staging: 'baseline' });
    git(root, 1, 'checkout', '-qb', 'release');
    commit(root, 1, { staging: 'complete' });
    git(root, 1, 'checkout', '-q', 'main');
    expect(soakAt(root, 30, { to: 'canary-25' })).toBe('unseen not-there');
    git(root, 30, 'merge', '-q', '--no-ff', 'release', '-m', 'merge');
    expect(soakAt(root, 31, { to: 'canary-25' })).toBe('unseen too-early 23h');
    expect(soakAt(root, 54, { to: 'canary-25' })).toBe('seen soaked');
  });

  it('cannot tell in a shallow clone', () => {
    const root = repository();
    commit(root, 0, { staging: 'complete' });
    commit(root, 1, { staging: 'complete', prod: 'canary-25' });
    const clone = join(temporaryFolder(), 'clone');
    git(root, 2, 'clone', '-q', '--depth', '1', `file://${root}`, clone);
    expect(soakAt(clone, 90, { to: 'canary-50' })).toBe('unknown shallow');
    expect(soakAt(clone, 90, { to: 'retire-v1' }), 'this needs no history').toBe('unseen not-there');
    const [finding] = gatesAt(clone, 90, { to: 'canary-50' }).findings;
    expect([finding?.code, finding?.fix]).toEqual([
      'promote/soak-unknown',
      expect.stringContaining('git fetch --unshallow'),
    ]);
    git(clone, 3, '-c', 'protocol.file.allow=always', 'fetch', '-q', '--unshallow');
    expect(soakAt(clone, 90, { to: 'canary-50' })).toBe('seen soaked');
  });

  it('cannot tell where the branch holds no plan of the Rollout, or a broken one', () => {
    const root = repository();
    commit(root, 0, { name: 'other', staging: 'complete' });
    expect(soakAt(root, 90, { to: 'canary-25' })).toBe('unknown no-plan');
    expect(gatesAt(root, 90, { to: 'canary-25' }).soak?.evidence).toBe(
      'out/plan/staging in main holds no plan of "shop"',
    );
    writeTree(root, { 'out/plan/staging/shop-staging/shop/plan.json': '{' });
    git(root, 1, 'add', '-A');
    git(root, 1, 'commit', '-qm', 'x');
    expect(soakAt(root, 90, { to: 'canary-25' })).toBe('unknown no-plan');
  });

  it('is found by its file, then by its name, whatever its namespace', () => {
    const root = repository();
    const elsewhere = FLEET.replace('shop-staging', 'elsewhere');
    commit(root, 0, { staging: 'baseline', fleet: elsewhere }, 'rollouts/another.yaml');
    rmSync(join(root, 'rollouts/another.yaml'));
    expect(soakAt(root, 90, { to: 'canary-25' }), 'the only one of this name').toBe('unseen not-there');
    commit(root, 1, { staging: 'complete' });
    expect(soakAt(root, 90, { to: 'canary-25' }), 'the one of this file').toBe('seen soaked');
    const record = { ...release({ prod: 'canary-25' }).prod, source: 'rollouts/moved.yaml' };
    const opened = right(openRepository(root));
    const { soak } = promotionGates({
      ...{ fleet: release({}).fleet, environment: 'prod', record, to: 'canary-25', outName: 'out', now: START },
      ...{ repository: opened, target: right(findCommit(opened, 'main')) },
    });
    expect(soak).toMatchObject({
      reason: 'no-plan',
      evidence: 'out/plan/staging in main holds plans of several Rollouts called "shop"',
    });
  });

  it('is asked of those alone that come after it, and never of an abort or a step back', () => {
    const root = repository();
    commit(root, 0, { staging: 'baseline' });
    expect(soakAt(root, 90, { to: 'canary-25', environment: 'staging' })).toBe('none');
    expect(soakAt(root, 90, { to: 'abort-canary-25', from: 'canary-25' })).toBe('none');
    expect(soakAt(root, 90, { to: 'canary-25', from: 'canary-50' })).toBe('none');
    expect(soakAt(root, 90, { to: 'canary-25', from: 'abort-canary-25' }), 'a resume').toBe('unseen not-there');
    expect(soakAt(root, 90, { to: 'canary-25', from: 'gone' })).toBe('unseen not-there');
    expect(soakAt(root, 90, { to: 'canary-25', fleet: FLEET.replace(/, promotion.*/, ' }') })).toBe('none');
  });
});

describe('a freeze', () => {
  const fleet = `${FLEET.replace(/, promotion.*/, ' }')}freezes: [{ schedule: "0 17 * * 5", duration: 63h, timeZone: Europe/Berlin, reason: weekend }]\n`;
  // Friday, 17:00 in Berlin, and Monday, 08:00.
  const [FRIDAY, MONDAY] = [103, 166];

  it('holds every step forward in every environment, and no abort', () => {
    const root = repository();
    commit(root, 0, { fleet });
    const isHeld = (hour: number, wish: Wish): boolean => gatesAt(root, hour, { ...wish, fleet }).freeze !== undefined;
    const wishes: readonly (readonly [Wish, boolean])[] = [
      [{ to: 'canary-25' }, true],
      [{ to: 'canary-25', environment: 'staging' }, true],
      [{ to: 'canary-25', from: 'abort-canary-25' }, true],
      [{ to: 'baseline', from: 'baseline' }, true],
      [{ to: 'abort-canary-25', from: 'canary-25' }, false],
      [{ to: 'canary-25', from: 'canary-50' }, false],
    ];
    for (const [wish, held] of wishes) {
      expect(isHeld(FRIDAY, wish), JSON.stringify(wish)).toBe(held);
      expect(isHeld(MONDAY - 0.01, wish), JSON.stringify(wish)).toBe(held);
      expect([isHeld(FRIDAY - 0.01, wish), isHeld(MONDAY, wish)]).toEqual([false, false]);
    }
  });

  it('is told with its reason, and with its end on its own clocks', () => {
    const root = repository();
    commit(root, 0, { fleet });
    const { findings } = gatesAt(root, FRIDAY + 10, { to: 'canary-25', fleet });
    expect(findings.map(({ code, what, why, fix }) => [code, what, why, fix])).toEqual([
      [
        'promote/frozen',
        '"prod" is frozen until 2026-06-08 08:00 Europe/Berlin ("weekend").',
        'surefoot.yaml freezes promotions for 63h from "0 17 * * 5" on. An abort is never held back.',
        'Wait until then, and promote again.',
      ],
    ]);
  });

  it('and a soak that is missing are told together', () => {
    const root = repository();
    const both = `${FLEET}freezes: [{ schedule: "0 0 * * *", duration: 24h }]\n`;
    commit(root, 0, { staging: 'canary-25', fleet: both });
    const { findings } = gatesAt(root, 3.5, { to: 'canary-25', fleet: both });
    expect(findings.map(({ code, what, fix }) => [code, what, fix])).toEqual([
      ['promote/frozen', '"prod" is frozen until 2026-06-02 00:00 UTC.', 'Wait until then, and promote again.'],
      [
        'promote/not-soaked',
        '"staging" has stood at "canary-25" or beyond for 3h30m, not for 24h.',
        'Promote again in 20h30m.',
      ],
    ]);
  });
});

it('without a surefoot.yaml nothing is held', () => {
  const root = repository();
  commit(root, 0, {});
  const opened = right(openRepository(root));
  const target = right(findCommit(opened, 'main'));
  const record = release({ prod: 'canary-25' }).prod;
  const request = {
    environment: 'prod',
    record,
    to: 'canary-25',
    repository: opened,
    target,
    outName: 'out',
    now: START,
  };
  expect(promotionGates(request)).toEqual({});
});
