import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { type Ran, shell, specOf, surefoot, writeFleet } from './surefoot.ts';

const CART = 'out/live/default/demo/cart';

/** Two rollouts, compiled and committed; the root of the tool is a folder below the top of the repository. */
function repository(): string {
  const top = temporaryFolder();
  const root = join(top, 'team');
  writeFleet(root, [{ name: 'cart' }, { name: 'mail', step: 'complete' }]);
  expect(surefoot(root, ['synth']).exit).toBe(0);
  git(
    top,
    'git init -q -b main && git config user.email a@example.com && git config user.name a && git config commit.gpgsign false',
  );
  commit(root, 'start');
  return root;
}

const git = (folder: string, line: string): void => expect(shell(folder, line)).toMatchObject({ exit: 0 });
const commit = (root: string, name: string): void => git(root, `git add -A .. && git commit -qm ${name}`);

/** Promotes the cart and compiles it. */
function promote(root: string, step: string): void {
  writeFleet(root, [{ name: 'cart', step }]);
  expect(surefoot(root, ['synth']).exit).toBe(0);
}

const PROMOTION = `\
  v1 75 % → 50 %, v2 25 % → 50 %
  match unchanged
  pods of v2 (Deployment/cart-v2): scaled 1 → 3
`;

describe('two states', () => {
  it('are by default the one that stands and the next; the last one has no next', () => {
    const { exit, stdout, stderr } = surefoot(repository(), ['diff']);
    expect([exit, stdout]).toEqual([
      0,
      `demo/cart  kubernetes, environment default, canary-25 → canary-50\n${PROMOTION}\n${RETIRED}`,
    ]);
    expect(stderr).toBe('');
  });

  const RETIRED = `\
demo/mail  kubernetes, environment default, complete → retire-v1
  address of v1 removed
  shares unchanged
  match unchanged
  pods of v1 (Deployment/mail-v1) deleted
  PodDisruptionBudget/mail-v1 deleted
  Service/mail-v1 deleted
`;

  it('may be named, and a Rollout without them is left out', () => {
    const root = repository();
    writeFleet(root, [{ name: 'late', step: 'baseline', weights: [50] }]);
    const shift = surefoot(root, ['diff', '--from', 'canary-25', '--to', 'abort-canary-25']);
    expect(shift).toMatchObject({ exit: 0, stderr: '' });
    expect(shift.stdout).not.toContain('late');
    expect(shift.stdout.split('\n').slice(0, 6)).toEqual([
      'demo/cart  kubernetes, environment default, canary-25 → abort-canary-25',
      '  v1 75 % → 100 %, v2 25 % → 0 %',
      '  match unchanged',
      '  no pod touched',
      '  Service/cart updated: spec.selector.version added: v1',
      '',
    ]);
    expect(surefoot(root, ['diff', 'rollouts/mail.yaml', '--from', 'retire-v1']).stderr).toContain(
      'no state after retire-v1',
    );
    expect(surefoot(root, ['diff', '--from', 'retire-v1', '--to', 'retire-v1']).stdout).toContain(
      '  nothing differs\n',
    );
    expect(surefoot(root, ['diff', '--from', 'abort-canary-25', 'rollouts/cart.yaml']).stdout).toContain(
      '→ canary-25\n',
    );
  });

  it('come as text, as data and as an exit code', () => {
    const root = repository();
    const words = ['diff', 'rollouts/cart.yaml', '--to', 'abort-canary-25'];
    const text = surefoot(root, [...words, '--text', '--exit-code']);
    expect(text.exit).toBe(1);
    expect(text.stdout).toBe(`\
--- a/out/plan/default/demo/cart/canary-25.yaml
+++ b/out/plan/default/demo/cart/abort-canary-25.yaml
${text.stdout.split('\n').slice(2).join('\n')}`);
    expect(text.stdout.split('\n').filter(line => /^[+-] /.test(line))).toEqual(['+    version: v1']);
    const [data] = JSON.parse(surefoot(root, [...words, '-o', 'json']).stdout);
    expect(data).toMatchObject({ rollout: 'cart', from: 'canary-25', to: 'abort-canary-25', differs: true, pods: [] });
    expect(data.routing.rules[0].split).toEqual([
      { target: 'v1', before: 7500, after: 10000 },
      { target: 'v2', before: 2500, after: 0 },
    ]);
    expect(surefoot(root, ['diff', '--from', 'complete', '--to', 'complete', '--exit-code']).exit).toBe(0);
  });

  it('of a Rollout with a mistake are not compared, and the mistake is told', () => {
    const root = repository();
    writeTree(root, { 'rollouts/cart.yaml': specOf({ name: 'cart' }).replace('step: canary-25', 'step: canary-26') });
    const { exit, stdout, stderr } = surefoot(root, ['diff']);
    expect(exit).toBe(1);
    expect(stdout).not.toContain('cart');
    expect(stderr).toContain('canary-26');
  });
});

describe('two commits', () => {
  it('say what a pull request changes, against the files on disk or another commit', () => {
    const root = repository();
    expect(surefoot(root, ['diff', '--base', 'main', '--exit-code'])).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'out/live says the same at main and now\n',
    });
    promote(root, 'canary-50');
    const expected = `demo/cart  kubernetes, environment default, canary-25 at main → canary-50 now\n${PROMOTION}`;
    expect(surefoot(root, ['diff', '--base', 'main', '--exit-code'])).toEqual({
      exit: 1,
      stdout: expected,
      stderr: '',
    });
    commit(root, 'next');
    const { stdout } = surefoot(root, ['diff', '--base', 'main~1', '--head', 'HEAD']);
    expect(stdout).toBe(expected.replace('at main', 'at main~1').replace('50 now', '50 at HEAD'));
    const text = surefoot(root, ['diff', '--base', 'main~1', '--text']).stdout;
    expect(text).toContain(`--- a/${CART}/deployment-cart-v2.yaml\n+++ b/${CART}/deployment-cart-v2.yaml\n`);
    expect(text.split('\n').filter(line => /^[+-] /.test(line))).toEqual(['-  replicas: 1', '+  replicas: 3']);
  });

  it('tell Rollouts that came and went, and only those whose files are named', () => {
    const root = repository();
    writeFleet(root, [{ name: 'blog', step: 'baseline' }]);
    rmSync(join(root, 'rollouts/mail.yaml'));
    expect(surefoot(root, ['synth', '--prune']).exit).toBe(0);
    const { stdout } = surefoot(root, ['diff', '--base', 'HEAD']);
    expect(stdout).toContain(
      'demo/blog  kubernetes, environment default, nothing at HEAD → baseline now\n  new rule: v1 100 %\n',
    );
    expect(stdout).toContain('pods of v1 (Deployment/blog-v1) created × 3, image registry.example.com/blog:1@');
    expect(stdout).toContain(
      'demo/mail  kubernetes, environment default, complete at HEAD → nothing now\n  rule removed: v2 100 %\n',
    );
    const mail = surefoot(root, ['diff', '--base', 'HEAD', 'rollouts/mail.yaml']).stdout;
    expect([mail.includes('demo/mail'), mail.includes('demo/blog')]).toEqual([true, false]);
    expect(surefoot(root, ['diff', '--base', 'HEAD', 'rollouts']).stdout).toBe(stdout);
    expect(surefoot(root, ['diff', '--base', 'HEAD', 'rollouts/nobody.yaml'])).toMatchObject({ exit: 2, stdout: '' });
  });

  it('are compared when somebody edited out/ by hand, and what cannot be read is a finding', () => {
    const root = repository();
    const file = `${CART}/service-cart.yaml`;
    const text = readFileSync(join(root, file), 'utf8');
    writeTree(root, {
      [file]: text
        .replace('    app: cart\n  ports', "    { app: 'nobody' } # mine\n  ports")
        .replace('selector:\n    {', 'selector: {'),
    });
    expect(surefoot(root, ['diff', '--base', 'HEAD']).stdout).toContain('spec.selector.app cart → nobody');
    writeTree(root, { [file]: `${text}\t: [` });
    const broken = surefoot(root, ['diff', '--base', 'HEAD']);
    expect([broken.exit, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toContain(`${file}:`);
  });

  it.each<[readonly string[], string]>([
    [['--base', 'nowhere'], 'this repository has no remote; it knows "main"'],
    [['--base=--output=x'], '"--output=x" is no name of a commit.'],
    [['--head', 'HEAD'], 'name the older one with --base'],
    [['--base', 'HEAD', '--from', 'baseline'], 'take one of'],
    [['--base', 'HEAD', '--out', '../..//x'], 'outside of the git repository'],
    [['--from', 'canary-26'], 'no Rollout here has a state "canary-26". Did you mean "canary-25"?'],
    [['--text', '-o', 'json'], '--text prints text'],
    [['--cluster', 'nowhere.yaml'], '--cluster: "nowhere.yaml" does not exist. Name a file, or - for standard input.'],
    [['--cluster', 'rollouts/cart.yaml/x'], '--cluster: "rollouts/cart.yaml/x" does not exist.'],
    [['--cluster', '..'], '--cluster: ".." is a folder. Name a file, or - for standard input.'],
    [['--cluster', '-', '-'], 'standard input is the dump'],
    [['-'], 'diff reads Rollouts from files only'],
    [['--base', 'HEAD', '../../x'], 'is outside of'],
    [['--base', 'HEAD', 'nowhere'], 'error: "nowhere" does not exist.\n(surefoot help diff tells more)\n'],
    [['--base', 'HEAD', 'rollouts/crat.yaml'], 'does not exist. Did you mean "rollouts/cart.yaml"?'],
    [['--base', 'HEAD', 'rollouts/cart.yaml', '--bsae'], '(surefoot help diff tells more)'],
  ])('%j is wrong usage', (words, message) => {
    const root = repository();
    const before = Object.keys(readTree(join(root, '..')));
    const { exit, stdout, stderr } = surefoot(root, ['diff', ...words]);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(Object.keys(readTree(join(root, '..')))).toEqual(before);
  });

  it('need a repository', () => {
    const root = temporaryFolder();
    writeFleet(root, [{ name: 'cart' }]);
    const { exit, stderr } = surefoot(root, ['diff', '--base', 'main']);
    expect(exit).toBe(2);
    expect(stderr).toContain('is not in a git repository; start in a checkout, or use -C.');
  });
});

describe('a cluster', () => {
  /** Every live object as kubectl prints it. */
  const dumpOf = (root: string): string =>
    ['cart', 'mail']
      .flatMap(name => {
        const folder = join(root, 'out/live/default/demo', name);
        return readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8'));
      })
      .map(text => `${text}status:\n  observedGeneration: 4\n`)
      .join('---\n');

  const against = (root: string, input: string, ...words: readonly string[]): Ran =>
    surefoot(root, ['diff', '--cluster', '-', ...words], { input });

  it('is held against out/live: what the next sync changes', () => {
    const root = repository();
    const dump = dumpOf(root);
    expect(against(root, dump, '--exit-code')).toEqual({
      exit: 0,
      stdout: '',
      stderr: '2 rollouts of 2 in the cluster as in out/live\n',
    });
    const scaled = dump
      .replace('name: cart-v2\n', 'name: cart-v2\n  uid: "1"\n')
      .replace('replicas: 1\n', 'replicas: 9\n');
    const { exit, stdout } = against(root, scaled, '--exit-code');
    expect(exit).toBe(1);
    expect(stdout).toBe(`\
demo/cart  kubernetes, environment default, cluster → out/live
  v1 25 % → 75 %, v2 75 % → 25 %
  match unchanged
  pods of v2 (Deployment/cart-v2): scaled 9 → 1
`);
    const file = join(root, '../../dump.yaml');
    writeFileSync(file, scaled);
    expect(surefoot(root, ['diff', '--cluster', file]).stdout).toBe(stdout);
    rmSync(file);
    expect(against(root, scaled, 'rollouts/mail.yaml').stdout).toBe('');
    const text = against(root, scaled, '--text').stdout;
    expect(text).toContain('--- cluster/deployment-cart-v2.yaml\n+++ out/deployment-cart-v2.yaml\n');
    expect(text.split('\n').filter(line => /^[+-] /.test(line))).toEqual(['-  replicas: 9', '+  replicas: 1']);
  });

  it('tells what is missing there and what only it has, and never what a Secret keeps', () => {
    const root = repository();
    const labels = 'labels: { app.kubernetes.io/managed-by: surefoot, app.kubernetes.io/name: cart }';
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: old, namespace: demo, ${labels} }\ndata: { k: Z2VoZWlt }\n`;
    const foreign = secret.replace(labels, 'labels: {}').replace('old', 'other');
    const dump = [
      ...dumpOf(root)
        .split('---\n')
        .filter(text => !text.includes('name: cart-v1\n')),
      secret,
      foreign,
    ].join('---\n');
    const { stdout, exit } = against(root, dump);
    expect(exit).toBe(0);
    expect(stdout).toContain('pods of v1 (Deployment/cart-v1) created × 3');
    expect(stdout).toContain('  Secret/old in the cluster only\n');
    expect(stdout).not.toContain('Secret/other');
    for (const words of [[], ['--text'], ['-o', 'json']])
      expect(against(root, dump, ...words).stdout).not.toContain('Z2Vo');
    expect(against(root, `${secret}: [`).stderr).not.toContain('Z2Vo');
  });

  it('is one environment: which one has to be said where several are compiled', () => {
    const root = temporaryFolder();
    const profile = readFileSync(join(import.meta.dirname, '../../rollouts/profile.yaml'), 'utf8');
    writeTree(root, { 'rollouts/profile.yaml': profile });
    expect(surefoot(root, ['synth']).exit).toBe(0);
    const folder = join(root, 'out/live/prod/shop/profile');
    const dump = readdirSync(folder).map(file => readFileSync(join(folder, file), 'utf8'));
    const both = against(root, dump.join('---\n'));
    expect([both.exit, both.stdout]).toEqual([2, '']);
    expect(both.stderr).toContain('say which one the cluster is with --environment prod');
    const prod = against(root, dump.join('---\n'), '--environment', 'prod', '--exit-code');
    expect(prod).toMatchObject({ exit: 0, stdout: '', stderr: '1 rollout of 1 in the cluster as in out/live\n' });
    expect(against(root, dump.join('---\n'), '--environment', 'staging', '--exit-code').exit).toBe(1);
    expect(against(root, '', '--environment', 'prd').stderr).toContain('Did you mean "prod"?');
    const states = surefoot(root, [
      'diff',
      '--environment',
      'staging',
      '--from',
      'baseline',
      '--to',
      'canary-10',
    ]).stdout;
    expect(states.match(/environment \w+/g)).toEqual(['environment staging']);
    expect(surefoot(root, ['diff', '--environment', 'stagin']).stderr).toContain('Did you mean "staging"?');
  });

  it('may come as JSON of a List, and as nothing that can be read', () => {
    const root = repository();
    const other = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other', namespace: 'demo' } };
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [other] });
    expect(against(root, list).stdout).toContain('new rule: v1 75 %, v2 25 %');
    const broken = against(root, list.slice(0, -3));
    expect([broken.exit, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toContain('manifest/not-json');
  });

  it.each([
    '',
    '---\n',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }),
    'apiVersion: v1\nkind: List\nitems: []\n',
  ])('%j holds no object: kubectl failed before the pipe', input => {
    const root = repository();
    const { exit, stdout, stderr } = against(root, input, '--environment', 'default');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--cluster: the dump holds no object');
    const again = 'kubectl get -R -f out/live/default --ignore-not-found -o json | surefoot diff --cluster -';
    expect(stderr).toContain(`${again} --environment default\n`);
  });
});
