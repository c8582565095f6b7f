import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { ENV, type Ran, surefoot } from './surefoot.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

export interface WebSpec {
  readonly provider?: string;
  readonly step?: string;
  readonly steps?: string;
  readonly more?: string;
}

/** A Rollout with comments and spaces of its own, whose weights are routed by a mesh. */
export const web = ({ provider = 'istio', step = 'baseline', steps = TAPE, more = '' }: WebSpec = {}): string => `\
# The shop window.
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: web, namespace: shop }
spec:
  provider: ${provider}   # the mesh
  step:   ${step}  # where it stands
  workload: { replicas: 2 }
  versions:
    v1: { image: "registry.example.com/web:1@${DIGEST}" }
    v2: { image: "registry.example.com/web:2@${DIGEST}" } # faster
  steps:
${steps}${more}`;

const TAPE = `\
    - canary: { to: v2, weights: [10, 50], pause: 30m }
    - { name: complete, traffic: { v2: 100 }, pause: 1h }
`;

/** Runs git in a folder, and fails where it does. */
export const git = (folder: string, ...words: readonly string[]): string => gitWith({}, folder, words);

function gitWith(env: object, folder: string, words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', ['-C', folder, ...words], {
    encoding: 'utf8',
    env: { ...ENV, ...PERSON, GIT_CONFIG_NOSYSTEM: '1', ...env },
  });
  expect({ words, status, stderr: status === 0 ? '' : stderr }).toEqual({ words, status: 0, stderr: '' });
  return stdout;
}

const PERSON = {
  ...{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' },
  ...{ GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' },
};

/** Runs the shipped command line as a person whose commits are so many minutes old. */
export function surefootAgo(folder: string, minutes: number, words: readonly string[], env: object = {}): Ran {
  return surefoot(folder, words, { env: { ...PERSON, ...datesOf(minutes), ...env } });
}

function datesOf(minutes: number) {
  const date = `${Math.floor(Date.now() / 1000) - minutes * 60} +0000`;
  return { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
}

/** A repository on branch main whose only commit holds these files, compiled, and is so many minutes old. */
export function repository(files: { readonly [file: string]: string }, minutes = 0): string {
  const root = temporaryFolder();
  writeTree(root, files);
  git(root, 'init', '-q', '-b', 'main');
  expect(surefoot(root, ['synth', '-q'])).toMatchObject({ exit: 0 });
  git(root, 'add', '.');
  gitWith(datesOf(minutes), root, ['commit', '-q', '-m', 'start']);
  return root;
}

/** Files that the newest commit changed, with how many lines it added and took away. */
export const changedByHead = (root: string): readonly string[] =>
  git(root, 'show', '--numstat', '--format=', 'HEAD')
    .trim()
    .split('\n')
    .map(line => line.replaceAll('\t', ' '));

/** What the newest commit changed in one file, without context. */
export const linesOfHead = (root: string, file: string): readonly string[] =>
  git(root, 'show', '--unified=0', '--format=', 'HEAD', '--', file)
    .split('\n')
    .filter(line => /^[+-](?![+-])/.test(line));

/** Nobody but the history of the branch is asked. */
export const BY_HISTORY = ['--observe', 'history'];
