import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSite } from '../ci/comment-server.ts';
import { cartAt, pullRequest } from '../ci/pull-request.ts';
import { spawned } from '../ci/steps.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { ENV, SHIPPED, shell, surefoot } from './surefoot.ts';

const PROMOTION = { from: 'canary-25', to: 'canary-50' };
const MARKER = '<!-- surefoot:comment out -->\n';

/** A repository with one commit, and a change of it on disk. */
function changed(before: object, after: object): string {
  const root = temporaryFolder();
  writeTree(root, { ...before });
  const git = 'git -c user.email=a@example.com -c user.name=a -c commit.gpgsign=false';
  expect(shell(root, `git init -qb main && surefoot synth -q && git add . && ${git} commit -qm start`).exit).toBe(0);
  writeTree(root, { ...after });
  return root;
}

const comment = (root: string, ...words: readonly string[]) => surefoot(root, ['comment', '--base', 'HEAD', ...words]);

describe('surefoot comment', () => {
  it('prints one comment on stdout and nothing else, with exit 0', () => {
    const told = surefoot(pullRequest(PROMOTION), ['comment']);
    expect([told.exit, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toMatch(new RegExp(`^${MARKER}`));
    expect(told.stdout).toContain('v1 75 %, v2 25 % → v1 50 %, v2 50 %');
    expect(told.stdout).toContain('```mermaid\n');
    expect(told.stdout).toContain('every state: `out/plan/default/demo/cart/plan.md`');
  });

  it('says in one line that nothing changes', () => {
    const root = changed({ 'rollouts/cart.yaml': cartAt('canary-25') }, {});
    expect(comment(root)).toEqual({
      exit: 0,
      stdout: `${MARKER}Surefoot: no Rollout changes: \`out\` is as at \`HEAD\`, and says what the Rollouts say.\n`,
      stderr: '',
    });
  });

  it('tells of a plan that changes ahead of what is live', () => {
    const more = cartAt('canary-25').replace('[25, 50]', '[25, 40, 50]');
    const root = changed({ 'rollouts/cart.yaml': cartAt('canary-25') }, { 'rollouts/cart.yaml': more });
    expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
    const { stdout } = comment(root);
    expect(stdout).toContain('| `demo/cart` | `default` | `canary-25` | v1 75 %, v2 25 % | the plan only |');
    expect(stdout).toContain('new in the plan: canary-40, abort-canary-40');
  });

  it('tells of a Rollout that is new, deleted, or does not compile', () => {
    const other = cartAt('baseline').replace('name: cart,', 'name: other,');
    const root = changed({ 'rollouts/cart.yaml': cartAt('canary-25') }, { 'rollouts/other.yaml': other });
    shell(root, 'surefoot synth -q && rm rollouts/cart.yaml && surefoot synth -q --prune');
    const { stdout } = comment(root);
    expect(stdout).toContain('| `demo/other` | `default` | new → `baseline` | none → v1 100 % | proved as a whole |');
    expect(stdout).toContain(
      '`canary-25` → deleted | v1 75 %, v2 25 % → none | **refused**: `check/deleted-while-serving`',
    );
    const allowed = comment(root, '--allow-deletion', 'default/demo/cart').stdout;
    expect(allowed).toContain('| deleted as allowed |');
    writeTree(root, { 'rollouts/other.yaml': other.replace('step: baseline', 'step: basline') });
    expect(comment(root).stdout).toMatch(
      /\*\*Found in the Rollouts\*\*\n\n- \*\*error\*\* `[a-z-]+\/[a-z-]+` at `rollouts\/other\.yaml:6:/,
    );
  });

  it('names its place in a larger repository, so that each project keeps its own comment', () => {
    const root = pullRequest({ ...PROMOTION, folder: 'gitops' });
    const { stdout } = surefoot(root, ['-C', 'gitops', 'comment']);
    expect(stdout).toMatch(/^<!-- surefoot:comment gitops\/out -->\n/);
    expect(stdout).toContain('Rollout: `gitops/rollouts/cart.yaml`');
  });

  it('is refused where there is nothing to compare', () => {
    expect(surefoot(temporaryFolder(), ['comment'])).toMatchObject({ exit: 2, stdout: '' });
    const root = changed({ 'rollouts/cart.yaml': cartAt('canary-25') }, {});
    expect(surefoot(root, ['comment', '--base', 'nowhere'])).toMatchObject({ exit: 2, stdout: '' });
    expect(surefoot(root, ['comment', '--base', 'HEAD', '--out', 'elsewhere'])).toMatchObject({ exit: 0 });
    expect(comment(root, '--post', 'github')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('GITHUB_REPOSITORY'),
    });
  });

  it('touches nothing', () => {
    const root = changed({ 'rollouts/cart.yaml': cartAt('canary-25') }, { 'rollouts/cart.yaml': cartAt('canary-50') });
    expect(comment(root).stdout).toContain('`out` is not what the Rollouts say');
    expect(shell(root, 'git status --porcelain').stdout).toBe(' M rollouts/cart.yaml\n');
    expect(readdirSync(root).sort()).toEqual(['.git', 'out', 'rollouts']);
  });
});

describe('the examples of its help', () => {
  it('are four, and each works as it stands', async () => {
    const lines = surefoot(temporaryFolder(), ['comment', '--help'])
      .stdout.split('Examples:\n')[1]!
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '');
    expect(lines).toHaveLength(4);
    const root = pullRequest(PROMOTION);
    const hub = await startSite({ kind: 'github', token: 't', login: 'github-actions[bot]' });
    const lab = await startSite({ kind: 'gitlab', token: 't', login: 'project_42_bot', knowsSelf: true });
    const env = {
      ...ENV,
      ...{
        GITHUB_TOKEN: 't',
        GITHUB_API_URL: hub.api,
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_REF: 'refs/pull/7/merge',
      },
      ...{ SUREFOOT_GITLAB_TOKEN: 't', CI_API_V4_URL: lab.api, CI_PROJECT_ID: '42', CI_MERGE_REQUEST_IID: '7' },
      GITHUB_STEP_SUMMARY: join(temporaryFolder(), 'summary.md'),
    };
    const define = `surefoot() { '${process.execPath}' '${SHIPPED}' "$@"; }`;
    for (const line of lines) {
      const command = line.replace(/ {3,}.*$/, '');
      const { code, said } = await spawned('bash', ['--norc', '-c', `${define}\n${command}`], root, env);
      expect([command, code, said.includes('is not set')]).toEqual([command, 0, false]);
    }
    expect([hub, lab].map(({ comments }) => comments.length)).toEqual([1, 1]);
  });
});
