import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { entry } from '../../src/model/once.ts';
import { shell, surefoot } from '../cli/surefoot.ts';
import { writeTree } from '../host/workspace.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Weights by Istio, so that pods are no matter. */
export const cartAt = (step: string): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: cart, namespace: demo }
spec:
  provider: istio
  step: ${step}
  versions:
    v1: { image: "registry.example.com/cart:1@${DIGEST}" }
    v2: { image: "registry.example.com/cart:2@${DIGEST}" }
  steps:
    - canary: { to: v2, weights: [25, 50] }
    - { name: complete, traffic: { v2: 100 } }
`;

export interface PullRequest {
  /** Step on the target branch. */
  readonly from: string;
  readonly to: string;
  /** False: somebody forgot to compile. */
  readonly synth?: boolean;
  /** Folder of the project in the repository; absent: its top. */
  readonly folder?: string;
  /** The clone holds only the newest commits. */
  readonly shallow?: boolean;
}

const GIT = 'git -c user.email=a@example.com -c user.name=a -c commit.gpgsign=false';

const prepared = new Map<string, string>();
process.once('exit', () => {
  for (const clone of prepared.values()) rmSync(join(clone, '..'), { recursive: true, force: true });
});

/** A clone as CI has it of a branch that goes from one step to another; its remote knows `main`. Tests only read it. */
export const pullRequest = (request: PullRequest): string =>
  entry(prepared, JSON.stringify(request), () => cloneOf(request));

function cloneOf({ from, to, synth = true, folder = '.', shallow = false }: PullRequest): string {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'surefoot-pull-')));
  const origin = join(top, 'origin');
  mkdirSync(join(origin, folder), { recursive: true });
  writeTree(join(origin, folder), { 'rollouts/cart.yaml': cartAt(from) });
  expect(surefoot(join(origin, folder), ['synth', '-q']).exit).toBe(0);
  const start = `git init -qb main && git add . && ${GIT} commit -qm start && git checkout -qb topic`;
  expect(shell(origin, start)).toMatchObject({ exit: 0 });
  writeTree(join(origin, folder), { 'rollouts/cart.yaml': cartAt(to) });
  if (synth) expect(surefoot(join(origin, folder), ['synth', '-q']).exit).toBe(0);
  expect(shell(origin, `git add -A && ${GIT} commit -qm promote && git checkout -q main`)).toMatchObject({ exit: 0 });
  const depth = shallow ? '--depth 1 --no-single-branch ' : '';
  const clone = `git clone -q ${depth}file://${origin} clone && cd clone && git checkout -q topic`;
  expect(shell(top, clone)).toMatchObject({ exit: 0 });
  return join(top, 'clone');
}

/** A file of this repository. */
export const ownFile = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
