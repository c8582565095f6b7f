import { execFileSync } from 'node:child_process';
import { temporaryFolder, writeTree } from './workspace.ts';

/** When minute 0 is; 14:00 UTC. */
export const MONDAY = Date.UTC(2026, 5, 1, 14);

/** Runs git as somebody whose clock shows a minute after `MONDAY`. */
export function git(folder: string, minute: number, ...words: readonly string[]): string {
  const date = `${MONDAY / 1000 + minute * 60} +0200`;
  const env = {
    GIT_AUTHOR_DATE: '1700000000 +0000',
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
    ...{ cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    env: { ...process.env, ...env },
  }).trim();
}

/** An empty repository. */
export function initRepository(): string {
  const root = temporaryFolder();
  git(root, 0, 'init', '-q', '-b', 'main');
  return root;
}

/** The parts of a plan.json that tell in which step a Rollout stands. */
export const planText = (directory: string, step: string, note = ''): string =>
  JSON.stringify({ kind: 'Plan', directory, step, provider: 'kubernetes', versions: {}, note });

/** Commits plans, steps by directory, below out/ of a folder; gives the name of the commit. */
export function commitPlans(
  root: string,
  minute: number,
  { note = '', ...steps }: { readonly [directory: string]: string },
): string {
  const plans = Object.entries(steps).map(([directory, step]) => [
    `out/plan/${directory}/plan.json`,
    planText(directory, step, note),
  ]);
  writeTree(root, Object.fromEntries(plans));
  git(root, minute, 'add', '-A');
  git(root, minute, 'commit', '-qm', 'step');
  return git(root, minute, 'rev-parse', 'HEAD');
}
