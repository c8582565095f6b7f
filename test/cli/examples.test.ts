import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { entry } from '../../src/model/once.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { git, repository, surefootAgo, web } from './repository.ts';
import { SHIPPED, shell } from './surefoot.ts';

const REVIEWS = (step: string) =>
  web({ step, more: '  environments: { prod: {} }\n' }).replace(
    'name: web, namespace: shop',
    'name: reviews, namespace: bookinfo, labels: { team: payments }',
  );
const CART = web().replace('name: web', 'name: cart');
const DEPLOYMENT = `\
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: demo }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [ { name: shop, image: "ghcr.io/acme/shop:1.4.2", ports: [ { containerPort: 8080 } ] } ] }
`;

const prepared = new Map<string, string>();
afterAll(() => {
  for (const root of prepared.values()) rmSync(root, { recursive: true });
});

/** A copy of a repository whose Rollouts have stood where they are for hours, with a remote for the lines that know of one. */
function checkout(step: string, line: string): string {
  const files = { 'rollouts/reviews.yaml': REVIEWS(step), 'rollouts/cart.yaml': CART };
  const origin = entry(prepared, step, () => {
    const kept = mkdtempSync(join(tmpdir(), 'surefoot-examples-'));
    cpSync(repository(files, 300), kept, { recursive: true });
    return kept;
  });
  const home = temporaryFolder();
  cpSync(origin, join(home, 'work'), { recursive: true });
  const root = join(home, 'work');
  writeTree(root, { 'draft.yaml': CART, 'deploy.yaml': DEPLOYMENT, '.git/info/exclude': 'd*.yaml\n' });
  if (!/check|diff|promote|resume|abort/.test(line)) return root;
  git(home, 'clone', '-q', '--bare', origin, 'origin.git');
  git(root, 'remote', 'add', 'origin', join(home, 'origin.git'));
  git(root, 'config', 'user.name', 'Ada');
  git(root, 'config', 'user.email', 'ada@example.com');
  git(root, 'push', '-q', '-u', 'origin', 'main');
  return root;
}

const linesOf = (text: string): readonly string[] =>
  text.split('\n').flatMap(line => /^ {2}(\S.*?)(?: {3,}.*)?$/.exec(line)?.[1] ?? []);

/** What each example needs to have happened; absent: nothing. */
const BEFORE: { readonly [line: string]: (root: string) => void } = {
  'surefoot diff --base HEAD~1 --head HEAD --text': root => {
    git(root, 'commit', '-q', '--allow-empty', '-m', 'more');
  },
  'surefoot check --allow-deletion default/shop/cart': root => {
    git(root, 'rm', '-rq', 'rollouts/cart.yaml', 'out/live/default/shop', 'out/plan/default/shop');
  },
  'surefoot resume reviews --env prod --commit': root => {
    expect(surefootAgo(root, 60, ['abort', 'reviews', '--push'])).toMatchObject({ exit: 0 });
  },
};

/** Examples that another test runs, because they need a terminal or a cluster; those of trace, release, tidy, status, bootstrap and comment have tests of their own. */
const ELSEWHERE = [
  'surefoot init',
  'kubectl get -R -f out/live --ignore-not-found -o json | surefoot diff --cluster -',
];

const COMMANDS = [
  ...(['program', 'validate', 'plan', 'synth', 'check', 'diff', 'schema', 'completion', 'explain'] as const),
  ...(['promote', 'resume', 'abort', 'init'] as const),
];

describe.each(COMMANDS)('the examples of %s', command => {
  const lines = linesOf(EXAMPLES[command]).filter(line => !ELSEWHERE.includes(line));

  it('stand in its help', () => {
    const { stdout } = shell('.', command === 'program' ? 'surefoot --help' : `surefoot ${command} --help`);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(stdout).toContain(line);
  });

  it.each(lines)('run: %s', line => {
    const root = checkout('canary-10', line);
    BEFORE[line]?.(root);
    // A function of the shell that is killed would leave its child behind.
    const typed = line.includes('--watch') ? `timeout 3 '${process.execPath}' '${SHIPPED}' synth --watch; true` : line;
    const before = git(root, 'rev-parse', 'HEAD');
    const other = /source|^surefoot completion/.test(line) && !line.includes('bash');
    const ran = other
      ? shell(root, line.replace(/^source <\((.*)\)$|^(.*) \| source$/, '$1$2 > /dev/null'))
      : shell(root, `set -o pipefail; ${typed}`);
    expect(ran.exit, `${ran.stdout}\n${ran.stderr}`).toBe(0);
    if (line.includes('--commit')) expect(git(root, 'rev-parse', 'HEAD')).not.toBe(before);
    if (line.includes('--push')) expect(git(root, 'status', '-sb')).toContain('...origin/');
  });
});
