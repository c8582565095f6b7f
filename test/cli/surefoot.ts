import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeTree } from '../host/workspace.ts';

/** The shipped file; `npm test` builds it first. */
export const SHIPPED = join(import.meta.dirname, '../../dist/surefoot.js');

export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ranOf = ({ status, stdout, stderr }: SpawnSyncReturns<string>): Ran => ({ exit: status, stdout, stderr });

/** A folder for what is remembered from run to run, as users have one; it is gone when the tests end. */
const cache = mkdtempSync(join(tmpdir(), 'surefoot-cache-'));
process.once('exit', () => rmSync(cache, { recursive: true, force: true }));

/** Without what the terminal of the tests says about colours. */
export const ENV = { PATH: process.env['PATH'], HOME: '/nonexistent', XDG_CACHE_HOME: cache };

/** Runs the shipped command line in a folder. */
export function surefoot(folder: string, words: readonly string[], more: { input?: string; env?: object } = {}): Ran {
  const env = { ...ENV, ...more.env };
  return ranOf(
    spawnSync(process.execPath, [SHIPPED, ...words], { cwd: folder, encoding: 'utf8', input: more.input ?? '', env }),
  );
}

/** Runs a shell line in a folder, where `surefoot` is the shipped file. */
export function shell(folder: string, line: string): Ran {
  const script = `surefoot() { '${process.execPath}' '${SHIPPED}' "$@"; }\n${line}`;
  return ranOf(spawnSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8', input: '', env: ENV }));
}

export interface Spec {
  readonly name: string;
  readonly step?: string;
  readonly weights?: readonly number[];
  readonly replicas?: number;
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** A ratio canary on plain Kubernetes, without any finding. */
export const specOf = ({ name, step = 'canary-25', weights = [25, 50], replicas = 3 }: Spec): string => `\
apiVersion: surefoot.dev/v1
kind: Rollout
metadata:
  name: ${name}
  namespace: demo
spec:
  provider: kubernetes
  step: ${step}
  workload: { replicas: ${replicas} }
  versions:
    v1: { image: "registry.example.com/${name}:1@${DIGEST}" }
    v2: { image: "registry.example.com/${name}:2@${DIGEST}" }
  steps:
    - canary: { to: v2, weights: [${weights.join(', ')}], pause: 15m }
    - { name: complete, traffic: { v2: 100 } }
`;

/** Writes Rollouts below rollouts/. */
export function writeFleet(root: string, specs: readonly Spec[]): void {
  writeTree(root, Object.fromEntries(specs.map(spec => [`rollouts/${spec.name}.yaml`, specOf(spec)])));
}
