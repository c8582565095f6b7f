import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Commit, findCommit, isWrong, openRepository, type Repository } from '../../src/host/git.ts';
import { type Since, sinceWhen } from '../../src/host/step-history.ts';
import { commitPlans, git, initRepository, MONDAY, planText } from './history-repository.ts';
import { temporaryFolder, writeTree } from './workspace.ts';

function right<T extends object>(answer: T | { readonly wrong: string }): T {
  if (isWrong(answer)) throw new Error(answer.wrong);
  return answer as T;
}

const SHOP = 'prod/shop/cart';

interface Asked {
  readonly step?: string;
  readonly outName?: string;
  readonly ref?: string;
}

/** Since when a step stands, as minutes after the first commit could be made. */
function since(
  root: string,
  { step = 'canary-10', outName = 'out', ref = 'HEAD' }: Asked = {},
  directory = SHOP,
): Since {
  const repository = right(openRepository(root));
  const head = right(findCommit(repository, ref));
  return ask(repository, head, outName, directory, step);
}

function ask(repository: Repository, head: Commit, outName: string, directory: string, step: string): Since {
  const answers = right(sinceWhen(repository, head, outName, [{ directory, holds: facts => facts.step === step }]));
  expect(answers).toHaveLength(1);
  return answers[0]!;
}

const minute = (answer: Since): number | string =>
  answer.kind === 'since' ? (answer.time - MONDAY) / 60_000 : answer.kind;

describe('since when a step stands', () => {
  it('is the oldest of the newest commits that all hold it', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'canary-10' });
    commitPlans(root, 1, { [SHOP]: 'baseline' });
    const second = commitPlans(root, 2, { [SHOP]: 'canary-10' });
    commitPlans(root, 3, { [SHOP]: 'canary-10', note: 'the plan changes, and its step does not' });
    commitPlans(root, 4, { 'prod/shop/other': 'canary-20' });
    const answer = since(root);
    expect(answer).toEqual({ kind: 'since', commit: second, time: MONDAY + 2 * 60_000 });
  });

  it('is the first commit of all where the step never changed', () => {
    const root = initRepository();
    commitPlans(root, 7, { [SHOP]: 'canary-10' });
    expect(minute(since(root))).toBe(7);
  });

  it('is the time of the merge, whenever the commits of the branch were made', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'baseline' });
    git(root, 1, 'switch', '-qc', 'topic');
    commitPlans(root, 1, { [SHOP]: 'canary-10' });
    git(root, 2, 'switch', '-q', 'main');
    commitPlans(root, 3, { 'prod/shop/other': 'baseline' });
    git(root, 60, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    expect(minute(since(root))).toBe(60);
    expect(minute(since(root, { ref: 'topic' }))).toBe(1);
  });

  it('does not see what stood on a merged branch meanwhile', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'canary-10' });
    git(root, 1, 'switch', '-qc', 'topic');
    commitPlans(root, 1, { [SHOP]: 'baseline' });
    commitPlans(root, 2, { [SHOP]: 'canary-10' });
    git(root, 3, 'switch', '-q', 'main');
    commitPlans(root, 3, { 'prod/shop/other': 'baseline' });
    git(root, 9, 'merge', '-q', '--no-ff', '-m', 'merge', 'topic');
    expect(minute(since(root))).toBe(0);
  });

  it('reads many older plans, in more than one go', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'baseline' });
    for (let at = 1; at <= 20; at++) commitPlans(root, at, { [SHOP]: 'canary-10', note: `${at}` });
    expect(minute(since(root))).toBe(1);
  });

  it('is never where the newest plan says something else, and tells what', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'canary-10' });
    commitPlans(root, 1, { [SHOP]: 'canary-20' });
    const answer = since(root);
    expect(answer).toMatchObject({ kind: 'never', newest: { step: 'canary-20', rollout: 'cart' } });
  });

  it('is never where no plan was ever committed, or it was deleted', () => {
    const root = initRepository();
    commitPlans(root, 0, { 'prod/shop/other': 'baseline' });
    expect(since(root)).toEqual({ kind: 'never' });
    commitPlans(root, 1, { [SHOP]: 'canary-10' });
    git(root, 2, 'rm', '-rq', 'out/plan/prod/shop/cart');
    git(root, 2, 'commit', '-qm', 'delete');
    expect(since(root)).toEqual({ kind: 'never' });
    commitPlans(root, 3, { [SHOP]: 'canary-10' });
    expect(minute(since(root)), 'it begins anew').toBe(3);
  });

  it('is never where the plan is broken or of another Rollout', () => {
    const root = initRepository();
    writeTree(root, { 'out/plan/prod/shop/cart/plan.json': planText('prod/shop/elsewhere', 'canary-10') });
    git(root, 0, 'add', '-A');
    git(root, 0, 'commit', '-qm', 'moved by hand');
    expect(since(root).kind).toBe('never');
    writeTree(root, { 'out/plan/prod/shop/cart/plan.json': '{ "step": ' });
    git(root, 1, 'commit', '-qam', 'broken');
    expect(since(root).kind).toBe('never');
  });

  it('is unknown in a shallow clone, whatever is asked', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'baseline' });
    commitPlans(root, 1, { [SHOP]: 'canary-10' });
    commitPlans(root, 2, { [SHOP]: 'canary-10', note: 'again' });
    const clone = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', '--depth', '2', `file://${root}`, clone], { stdio: 'pipe' });
    expect(since(clone)).toEqual({ kind: 'unknown' });
    git(clone, 3, 'fetch', '-q', '--unshallow');
    expect(minute(since(clone))).toBe(1);
  });

  it('finds the output folder of a project below the top of the repository', () => {
    const top = initRepository();
    const root = join(top, 'teams', 'shop');
    mkdirSync(root, { recursive: true });
    commitPlans(top, 0, { [SHOP]: 'canary-10' });
    commitPlans(root, 1, { [SHOP]: 'canary-10' });
    expect(minute(since(root))).toBe(1);
    expect(minute(since(root, { outName: '../../out' }))).toBe(0);
    expect(minute(since(top, { outName: 'teams/shop/out' }))).toBe(1);
  });

  it('says so where the output folder lies outside of the repository', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'canary-10' });
    const repository = right(openRepository(root));
    const head = right(findCommit(repository, 'HEAD'));
    const answer = sinceWhen(repository, head, '../elsewhere', [{ directory: SHOP, holds: () => true }]);
    expect('wrong' in answer && answer.wrong).toContain('outside of the git repository');
  });
});

describe('many Rollouts at once', () => {
  const directories = Array.from({ length: 300 }, (_, i) => `prod/shop/rollout-${i}`);

  it.each(['', 'teams/[shop]*'])('answers each, in order, by one walk below %j', folder => {
    const top = initRepository();
    const root = join(top, folder);
    mkdirSync(root, { recursive: true });
    commitPlans(root, 0, Object.fromEntries(directories.map(one => [one, 'baseline'])));
    commitPlans(root, 1, Object.fromEntries(directories.filter((_, i) => i % 3 === 1).map(one => [one, 'canary-10'])));
    commitPlans(root, 2, Object.fromEntries(directories.filter((_, i) => i % 3 === 2).map(one => [one, 'canary-10'])));
    if (folder !== '') commitPlans(top, 3, { [directories[0]!]: 'canary-10' });
    const repository = right(openRepository(root));
    const head = right(findCommit(repository, 'HEAD'));
    const requests = directories.map(directory => ({
      directory,
      holds: (facts: { step?: string }) => facts.step === 'canary-10',
    }));
    const answers = right(sinceWhen(repository, head, 'out', requests)).map(minute);
    expect(answers).toEqual(directories.map((_, i) => ['never', 1, 2][i % 3]));
  });

  it('answers nothing where nothing is asked', () => {
    const root = initRepository();
    commitPlans(root, 0, { [SHOP]: 'canary-10' });
    const repository = right(openRepository(root));
    expect(sinceWhen(repository, right(findCommit(repository, 'HEAD')), 'out', [])).toEqual([]);
  });
});
