import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SHIPPED } from '../cli/surefoot.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { startSite } from './comment-server.ts';
import { ownFile, type PullRequest, pullRequest } from './pull-request.ts';
import { type Action, runAction, type Started } from './steps.ts';

const ACTION: Action = parse(ownFile('.github/actions/surefoot/action.yml'));
const COMMAND = `${process.execPath} ${SHIPPED}`;
const PULL = { GITHUB_BASE_REF: 'main', GITHUB_REF: 'refs/pull/7/merge', GITHUB_REPOSITORY: 'acme/shop' };

const run = (request: PullRequest, { inputs, env, context }: Omit<Started, 'workspace'> = {}) =>
  runAction(ACTION, {
    workspace: pullRequest(request),
    inputs: { command: COMMAND, ...inputs },
    env: { ...PULL, ...env },
    ...(context === undefined ? {} : { context }),
  });

const codesOf = ({ outputs }: Awaited<ReturnType<typeof run>>): object =>
  Object.fromEntries(Object.entries(outputs).map(([step, { code }]) => [step, code]));

const FINE = { history: '0', validate: '0', synth: '0', check: '0', tell: '0' };

describe('the action', () => {
  it('passes a promotion that is proved, and sums it up', async () => {
    const ended = await run({ from: 'canary-25', to: 'canary-50' });
    expect([ended.success, codesOf(ended)]).toEqual([true, FINE]);
    expect(ended.summary).toContain('| `demo/cart` | `default` | `canary-25` → `canary-50` |');
    expect(ended.log).not.toContain('::error');
  });

  it('runs everything, annotates the line and fails where a hop loses requests', async () => {
    const ended = await run({ from: 'baseline', to: 'canary-25' });
    expect([ended.success, codesOf(ended)]).toEqual([false, { ...FINE, check: '1' }]);
    expect(ended.log).toMatch(/^::error file=rollouts\/cart\.yaml,line=6,col=9,.*title=check\/unsafe-hop::/m);
    expect(ended.log).toMatch(/^failed: surefoot check$/m);
    expect(ended.summary).toContain('**refused**: `check/unsafe-hop`');
  });

  it('fails where out/ is not what the Rollouts say, and goes on', async () => {
    const ended = await run({ from: 'canary-25', to: 'canary-50', synth: false });
    expect([ended.success, codesOf(ended)]).toEqual([false, { ...FINE, synth: '1' }]);
    expect(ended.log).toMatch(
      /^::error file=out\/live\/default\/demo\/cart\/virtualservice-cart\.yaml,.*title=out\/stale::/m,
    );
    expect(ended.summary).toContain('`out` is not what the Rollouts say');
  });

  it('says what a shallow checkout lacks, and fails', async () => {
    const ended = await run({ from: 'canary-25', to: 'canary-50', shallow: true });
    expect([ended.success, ended.ran]).toEqual([false, ['history', 'validate', 'synth', '5']]);
    expect(ended.log).toContain('fetch-depth: 0');
    expect(ended.log).toMatch(/^failed: the checkout$/m);
  });

  it('works in a folder of a larger repository, and on a branch of a merge queue', async () => {
    const env = { GITHUB_BASE_REF: '', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7' };
    const context = { 'github.event.merge_group.base_sha': 'origin/main' };
    const request = { from: 'baseline', to: 'canary-25', folder: 'gitops' };
    const ended = await run(request, { inputs: { 'working-directory': 'gitops', comment: 'true' }, env, context });
    expect(codesOf(ended)).toEqual({ ...FINE, check: '1' });
    expect(ended.log).toMatch(/^::error file=gitops\/rollouts\/cart\.yaml,/m);
  });

  it('takes words of inputs for nothing but words', async () => {
    const folder = temporaryFolder();
    const base = `$(touch ${folder}/a)\`touch ${folder}/b\`"; touch ${folder}/c #`;
    const ended = await run({ from: 'canary-25', to: 'canary-50' }, { inputs: { base, 'allow-deletion': '* $(id)' } });
    expect(codesOf(ended)).toMatchObject({ validate: '0', synth: '0', check: '2' });
    writeTree(folder, { seen: '' });
    expect(readdirSync(folder)).toEqual(['seen']);
  });

  it('fails where the command is not there', async () => {
    const ended = await run({ from: 'canary-25', to: 'canary-50' }, { inputs: { command: 'no-such-program -x' } });
    expect([ended.success, codesOf(ended)]).toEqual([
      false,
      { history: '0', validate: '127', synth: '127', check: '127', tell: '127' },
    ]);
  });
});

describe('the comment of the action', () => {
  const site = (readOnly = false) =>
    startSite({ kind: 'github', token: 't0ken', login: 'github-actions[bot]', readOnly });
  const asked = { inputs: { comment: 'true' }, context: { 'github.token': 't0ken' } };

  it('is created, and updated by the next run', async () => {
    const { api, comments } = await site();
    const env = { GITHUB_API_URL: api };
    await run({ from: 'baseline', to: 'canary-25' }, { ...asked, env });
    expect(comments.map(({ text }) => text)).toEqual([expect.stringContaining('**refused**')]);
    const ended = await run({ from: 'canary-25', to: 'canary-50' }, { ...asked, env });
    expect([ended.success, ended.log]).toEqual([
      true,
      expect.stringContaining('Updated the comment on pull request 7'),
    ]);
    expect(comments.map(({ text }) => text)).toEqual([`${ended.summary.trimEnd()}`]);
  });

  it('fails the action where the job lacks the right, and not where a fork does', async () => {
    const { api } = await site(true);
    const request = { from: 'canary-25', to: 'canary-50' };
    const ended = await run(request, { ...asked, env: { GITHUB_API_URL: api } });
    expect([ended.success, ended.log]).toEqual([false, expect.stringContaining('pull-requests: write')]);
    expect(ended.log).not.toContain('t0ken');
    const folder = temporaryFolder();
    const event = {
      number: 7,
      head: { repo: { full_name: 'mallory/shop' } },
      base: { repo: { full_name: 'acme/shop' } },
    };
    writeTree(folder, { 'event.json': JSON.stringify({ pull_request: event }) });
    const env = { GITHUB_API_URL: api, GITHUB_EVENT_PATH: join(folder, 'event.json') };
    const forked = await run(request, { ...asked, env });
    expect([forked.success, forked.log]).toEqual([true, expect.stringContaining('from a fork')]);
  });
});
