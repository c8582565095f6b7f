import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { ENV, SHIPPED, shell, surefoot } from '../cli/surefoot.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { startSite } from './comment-server.ts';
import { cartAt, ownFile, pullRequest } from './pull-request.ts';
import { spawned } from './steps.ts';

const ROOT = join(import.meta.dirname, '../..');
const { version } = JSON.parse(ownFile('package.json')) as { version: string };
const ACTION = '.github/actions/surefoot/action.yml';
const TEMPLATE = '.gitlab/templates/surefoot.yml';
const WORKFLOWS = readdirSync(join(ROOT, '.github/workflows')).map(file => `.github/workflows/${file}`);

interface Node {
  readonly [key: string]: unknown;
}

/** Every map of a document, itself among them. */
function mapsIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(mapsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(mapsIn)];
}

/** Blocks of a language in a page. */
const blocks = (page: string, language: string): readonly string[] =>
  [...ownFile(page).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

const GITHUB_FILES: readonly (readonly [name: string, text: string])[] = [
  ...[ACTION, ...WORKFLOWS].map(file => [file, ownFile(file)] as const),
  ...['docs/ci.md', 'docs/check.md'].flatMap(page =>
    blocks(page, 'yaml').flatMap((text, i) => (/^ *runs-on:/m.test(text) ? [[`${page} ${i}`, text] as const] : [])),
  ),
];

describe.each(GITHUB_FILES)('%s', (_name, text) => {
  const maps = mapsIn(parse(text));

  it('puts no expression into a script', () => {
    const scripts = maps.flatMap(({ run }) => (typeof run === 'string' ? [run] : []));
    expect(scripts.length + maps.filter(({ uses }) => uses !== undefined).length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('names actions by commit, with the version beside it', () => {
    for (const { uses } of maps) {
      if (typeof uses !== 'string' || uses.startsWith('./')) continue;
      if (uses.startsWith('OWNER/surefoot/')) expect(uses).toBe(`OWNER/surefoot/.github/actions/surefoot@v${version}`);
      else {
        expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
        expect(text).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+`));
      }
    }
  });
});

describe('workflows', () => {
  it.each(WORKFLOWS)('%s may only read, but for what a job says', file => {
    expect(parse(ownFile(file))).toMatchObject({ permissions: { contents: 'read' } });
    expect(ownFile(file)).not.toMatch(/pull_request_target|write-all/);
  });
});

describe('what others run', () => {
  it('is this version', () => {
    for (const file of [ACTION, TEMPLATE, '.pre-commit-hooks.yaml'])
      expect(ownFile(file).match(/surefoot@[\w.]+/g), file).toEqual(expect.arrayContaining([`surefoot@${version}`]));
  });

  it('as hooks of pre-commit are commands that there are', () => {
    const hooks = parse(ownFile('.pre-commit-hooks.yaml')) as readonly { id: string; entry: string; files: string }[];
    expect(hooks.map(({ id }) => id)).toEqual(['surefoot-validate', 'surefoot-synth']);
    const root = temporaryFolder();
    writeTree(root, { 'rollouts/cart.yaml': cartAt('baseline') });
    expect(surefoot(root, ['synth', '-q']).exit).toBe(0);
    for (const { entry, files } of hooks) {
      expect('rollouts/shop/cart.yaml').toMatch(new RegExp(files));
      expect('docs/rollouts/cart.yaml').not.toMatch(new RegExp(files));
      const words = entry.replace(`npx --yes surefoot@${version} `, '').split(' ');
      expect([words, surefoot(root, words).exit]).toEqual([words, 0]);
    }
  });
});

describe('the template of GitLab', () => {
  const [head, body] = parseAllDocuments(ownFile(TEMPLATE)).map(document => document.toJS());

  it('takes its inputs into variables and conditions only', () => {
    expect(Object.keys(head.spec.inputs)).toEqual(
      expect.arrayContaining([...new Set(ownFile(TEMPLATE).match(/(?<=\$\[\[ inputs\.)[\w-]+/g))]),
    );
    for (const { script } of mapsIn(body)) expect(JSON.stringify(script ?? '')).not.toContain('$[[');
  });

  /** Runs the script of a job as the runner does, in the shell of a small image. */
  async function runJob(name: string, request: Parameters<typeof pullRequest>[0], more: object = {}) {
    const root = pullRequest(request);
    const diffBase = shell(root, 'git merge-base HEAD origin/main').stdout.trim();
    const project = temporaryFolder();
    const env = {
      ...ENV,
      ...{ CI_PROJECT_DIR: project, CI_MERGE_REQUEST_DIFF_BASE_SHA: diffBase, SUREFOOT_FOLDER: '.' },
      ...{ SUREFOOT_COMMAND: `${process.execPath} ${SHIPPED}`, SUREFOOT_ALLOW_DELETION: '' },
      ...more,
    };
    const script = (body[name].script as readonly string[]).join('\n');
    const { code, said } = await spawned('sh', ['-ec', script], root, env);
    const reports = Object.values((body[name].artifacts?.reports ?? {}) as { readonly [kind: string]: string });
    return { code, said, reports: reports.map(file => [file, readdirSync(project).includes(file)]) };
  }

  const GOOD = { from: 'canary-25', to: 'canary-50' };
  const BAD = { from: 'baseline', to: 'canary-25' };
  const STALE = { ...GOOD, synth: false };

  it.each([
    ['surefoot-validate', GOOD, 0],
    ['surefoot-synth', GOOD, 0],
    ['surefoot-synth', STALE, 1],
    ['surefoot-check', GOOD, 0],
    ['surefoot-check', BAD, 1],
  ] as const)('%s of %j ends with %i, and leaves its reports', async (job, request, exit) => {
    const { code, reports, said } = await runJob(job, request);
    expect([code, reports.map(([, isThere]) => isThere)], said).toEqual([exit, [true, true]]);
  });

  it('comments where it is asked to', async () => {
    const site = await startSite({ kind: 'gitlab', token: 't', login: 'project_42_bot', knowsSelf: true });
    const more = {
      SUREFOOT_GITLAB_TOKEN: 't',
      CI_API_V4_URL: site.api,
      CI_PROJECT_ID: '42',
      CI_MERGE_REQUEST_IID: '7',
    };
    const { code } = await runJob('surefoot-comment', GOOD, more);
    expect([code, site.comments.length]).toEqual([0, 1]);
  });
});

describe('the attributes of docs/ci.md', () => {
  it('make two promotions of one Rollout a conflict that another synth ends', () => {
    const [attributes = ''] = blocks('docs/ci.md', 'gitattributes');
    expect(attributes).toContain('out/**');
    const root = temporaryFolder();
    const git = 'git -c user.email=a@example.com -c user.name=a -c commit.gpgsign=false';
    const step = (to: string): string =>
      `sed -i 's/step: .*/step: ${to}/' rollouts/cart.yaml && surefoot synth -q && git add -A && ${git} commit -qm ${to}`;
    writeTree(root, { 'rollouts/cart.yaml': cartAt('provision-v2'), '.gitattributes': attributes });
    expect(shell(root, `git init -qb main && ${step('provision-v2')}`)).toMatchObject({ exit: 0 });
    expect(shell(root, `git checkout -qb a && ${step('canary-25')}`)).toMatchObject({ exit: 0 });
    expect(shell(root, `git checkout -q main && git checkout -qb b && ${step('canary-50')}`)).toMatchObject({
      exit: 0,
    });
    expect(shell(root, `${git} merge -q a`).exit).toBe(1);
    expect(shell(root, 'grep -rl "<<<<<<<" out').stdout).toBe('');
    const mend = 'git checkout --ours rollouts && surefoot synth -q && git add rollouts out && surefoot synth --check';
    expect(shell(root, `${mend} && ${git} commit -qm merged`)).toMatchObject({ exit: 0 });
  });
});
