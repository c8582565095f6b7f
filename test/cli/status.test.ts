import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { EXAMPLES } from '../../src/cli/examples.ts';
import { coloured } from '../../src/cli/paint.ts';
import { temporaryFolder, writeTree } from '../host/workspace.ts';
import { ENV, SHIPPED, type Spec, shell, specOf, surefoot, writeFleet } from './surefoot.ts';

const START = Date.now();

/** Runs git; what it commits is so many minutes old. */
function git(root: string, words: readonly string[], minutes = 0): string {
  const date = `@${Math.floor(START / 1000) - minutes * 60} +0000`;
  const me = ['-c', 'user.name=Jane Doe', '-c', 'user.email=jane@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...me, ...words], {
    ...{ cwd: root, encoding: 'utf8', stdio: 'pipe' },
    env: {
      ...process.env,
      ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      ...{ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    },
  }).trim();
}

/** Writes Rollouts, compiles them, and commits all. */
function commit(root: string, specs: readonly Spec[], minutes: number, subject = 'a promotion'): string {
  writeFleet(root, specs);
  expect(surefoot(root, ['synth']).exit).toBe(0);
  git(root, ['add', '-A']);
  git(root, ['commit', '-q', '-m', subject], minutes);
  return git(root, ['rev-parse', 'HEAD']);
}

function repository(specs: readonly Spec[], minutes: number): string {
  const root = temporaryFolder();
  git(root, ['init', '-q', '-b', 'main']);
  commit(root, specs, minutes);
  return root;
}

/** What the cells of a Rollout say in the table, by column. */
function rowOf(root: string, name: string, ...words: readonly string[]): { readonly [column: string]: string } {
  const { stdout } = surefoot(root, ['status', ...words]);
  const [header = '', ...lines] = stdout.split('\n');
  const line = lines.find(one => one.includes(`/${name} `)) ?? '';
  const cells = line.split(/ {2,}/);
  return Object.fromEntries(header.split(/ {2,}/).map((column, index) => [column, cells[index] ?? '']));
}

const dataOf = (root: string, ...words: readonly string[]) =>
  JSON.parse(surefoot(root, ['status', '-o', 'json', ...words]).stdout);

describe('since when', () => {
  it('counts from the commit that brought the step, whatever came after it', () => {
    const root = repository([{ name: 'cart', step: 'baseline' }, { name: 'mail' }], 600);
    commit(root, [{ name: 'cart', step: 'provision-v2' }], 185);
    expect(rowOf(root, 'cart')).toEqual({
      ...{ environment: 'default', rollout: 'demo/cart', step: 'provision-v2', tape: '2/6', traffic: 'v1 100 %' },
      ...{ since: '3h', next: 'canary-25', 'waits for': 'v2: 1 available' },
    });
    commit(root, [{ name: 'mail', step: 'canary-50' }], 5);
    expect([rowOf(root, 'cart')['since'], rowOf(root, 'mail')]).toEqual([
      '3h',
      expect.objectContaining({ since: '5m', 'waits for': 'pause 10m left, canary-50: synced, v2: 3 available' }),
    ]);
  });

  it('counts from the merge, not from the commit that was merged', () => {
    const root = repository([{ name: 'cart', step: 'provision-v2' }], 600);
    git(root, ['switch', '-q', '-c', 'topic']);
    const made = commit(root, [{ name: 'cart' }], 300);
    git(root, ['switch', '-q', 'main']);
    git(root, ['merge', '-q', '--no-ff', '-m', 'Merge the promotion', 'topic'], 7);
    const [{ since }] = dataOf(root);
    expect(since).toMatchObject({ kind: 'since', author: 'Jane Doe', subject: 'Merge the promotion', target: 'HEAD' });
    expect(since.commit).toBe(git(root, ['rev-parse', 'main']));
    expect(since.commit).not.toBe(made);
    expect(rowOf(root, 'cart')).toMatchObject({ since: '7m', 'waits for': 'pause 8m left, v2: 1 available' });
  });

  it('counts on the branch that agents sync, once it is there', () => {
    const remote = repository([{ name: 'cart', step: 'provision-v2' }], 600);
    const root = join(temporaryFolder(), 'clone');
    git(remote, ['clone', '-q', remote, root]);
    git(remote, ['switch', '-q', '-c', 'elsewhere']);
    writeFleet(root, [{ name: 'cart' }]);
    expect(surefoot(root, ['synth']).exit).toBe(0);
    const pending = { since: 'not on origin/main yet', 'waits for': 'pause 15m not begun, v2: 1 available' };
    expect(rowOf(root, 'cart')).toMatchObject(pending);
    expect(dataOf(root)[0].since).toEqual({ kind: 'pending', target: 'origin/main', there: 'provision-v2' });
    git(root, ['commit', '-q', '-a', '-m', 'canary'], 4);
    expect(rowOf(root, 'cart')).toMatchObject(pending);
    expect(rowOf(root, 'cart', '--target', 'HEAD')).toMatchObject({ since: '4m' });
    git(root, ['push', '-q', 'origin', 'main']);
    expect(rowOf(root, 'cart')).toMatchObject({ since: '4m' });
  });

  it('is unknown in a shallow clone, which says what to type', () => {
    const remote = repository([{ name: 'cart' }], 600);
    commit(remote, [{ name: 'mail' }], 30);
    const root = join(temporaryFolder(), 'clone');
    git(remote, ['clone', '-q', '--depth', '1', `file://${remote}`, root]);
    expect(rowOf(root, 'cart')).toMatchObject({ since: 'unknown', 'waits for': 'pause 15m, v2: 1 available' });
    const { exit, stderr } = surefoot(root, ['status']);
    expect([exit, stderr]).toEqual([0, expect.stringMatching(/^nobody knows since when: this clone is shallow/)]);
    const [, typed = ''] = /Fetch the rest: (git .*)$/m.exec(stderr) ?? [];
    expect(shell(root, typed).exit).toBe(0);
    expect(rowOf(root, 'cart')).toMatchObject({ since: '10h' });
  });

  it('is unknown without git, or without a commit', () => {
    const root = temporaryFolder();
    writeFleet(root, [{ name: 'cart' }]);
    surefoot(root, ['synth']);
    for (const reason of ['is not in a git repository', 'has no commit yet']) {
      expect(rowOf(root, 'cart')).toMatchObject({ step: 'canary-25', since: 'unknown' });
      const { exit, stderr } = surefoot(root, ['status']);
      expect([exit, stderr]).toEqual([0, expect.stringContaining(reason)]);
      git(root, ['init', '-q']);
    }
  });

  it('is asked once for hundreds', () => {
    const root = temporaryFolder();
    const top = join(root, 'odd[a]*');
    writeFleet(root, [{ name: 'cart' }]);
    surefoot(root, ['synth']);
    const plan = readFileSync(join(root, 'out/plan/default/demo/cart/plan.json'), 'utf8');
    const names = Array.from({ length: 230 }, (_, index) => `cart${index}`);
    git(root, ['init', '-q', '-b', 'main']);
    const tree = (step: string, some: readonly string[]) =>
      writeTree(
        top,
        Object.fromEntries(
          some.map(name => [
            `out/plan/default/demo/${name}/plan.json`,
            plan
              .replace('default/demo/cart', `default/demo/${name}`)
              .replace('"step": "canary-25"', `"step": "${step}"`),
          ]),
        ),
      );
    for (const [step, some, minutes] of [
      ['canary-25', names, 90],
      ['canary-50', names.slice(7, 9), 30],
      ['complete', names.slice(8, 9), 10],
    ] as const) {
      tree(step, some);
      git(root, ['add', '-A']);
      git(root, ['commit', '-q', '-m', step], minutes);
    }
    const { stdout } = surefoot(top, ['status']);
    const ages = stdout
      .split('\n')
      .slice(1, -1)
      .map(line => / (\d+[mh]) /.exec(line)?.[1]);
    expect([ages.length, ages[7], ages[8], new Set(ages.toSpliced(7, 2))]).toEqual([
      230,
      '30m',
      '10m',
      new Set(['1h']),
    ]);
  });
});

test('nothing is compiled: all is told of a broken Rollout, without surefoot.yaml, and of a deleted one', () => {
  const root = repository([{ name: 'cart' }, { name: 'mail', step: 'complete' }], 90);
  const before = surefoot(root, ['status']);
  expect(before).toMatchObject({ exit: 0, stderr: '2 Rollouts: 2 in progress\n' });
  writeTree(root, { 'rollouts/cart.yaml': 'apiVersion: [', 'surefoot.yaml': '}' });
  rmSync(join(root, 'rollouts/mail.yaml'));
  expect(surefoot(root, ['status'])).toEqual(before);
  rmSync(join(root, 'surefoot.yaml'));
  rmSync(join(root, 'rollouts'), { recursive: true });
  expect(surefoot(root, ['status'])).toEqual(before);
  expect(surefoot(root, ['status', 'rollouts/cart.yaml']).stdout).toContain('demo/cart');
});

test('a plan.json that cannot be read is a row, and the others are told', () => {
  const root = repository([{ name: 'cart' }, { name: 'mail', step: 'baseline' }], 90);
  writeTree(root, { 'out/plan/default/demo/cart/plan.json': '<<<<<<< HEAD\n' });
  expect(rowOf(root, 'cart')).toMatchObject({ step: '?', 'waits for': 'plan.json is not JSON' });
  expect(rowOf(root, 'mail')).toMatchObject({ step: 'baseline', since: '1h' });
  expect(surefoot(root, ['status'])).toMatchObject({ exit: 1, stderr: '2 Rollouts: 1 at rest, 1 unreadable\n' });
  const page = surefoot(root, ['status', 'cart']);
  expect([page.exit, page.stdout]).toEqual([1, expect.stringContaining('Write it anew: surefoot synth\n')]);
  expect(dataOf(root, 'cart')[0]).toMatchObject({ phase: 'unreadable', wrong: 'plan.json is not JSON' });
  rmSync(join(root, 'out/plan/default/demo/cart/plan.json'));
  expect(rowOf(root, 'cart')).toMatchObject({ 'waits for': expect.stringContaining('plan.json is missing') });
});

test('what others wrote never reaches the terminal as an order to it', () => {
  const root = repository([{ name: 'cart' }], 90);
  const plan = 'out/plan/default/demo/cart/plan.json';
  const hostile = readFileSync(join(root, plan), 'utf8')
    .replaceAll('canary-25', String.raw`canary\u001b[2J`)
    .replace('"source": "', String.raw`"source": "\u202e\r`)
    .replaceAll('Deployment/', String.raw`\u009b`);
  writeTree(root, { [plan]: hostile });
  git(root, ['commit', '-q', '-a', '-m', 'a \u001b[31msubject'], 5);
  for (const words of [[], ['cart']]) {
    const { exit, stdout, stderr } = surefoot(root, ['status', ...words]);
    expect([exit, stdout]).toEqual([0, expect.stringContaining(String.raw`canary\u001b[2J`)]);
    expect(`${stdout}${stderr}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

test('an empty output folder says what to type', () => {
  const root = temporaryFolder();
  writeFleet(root, [{ name: 'cart' }]);
  const { exit, stdout, stderr } = surefoot(root, ['status', '--out', 'made']);
  expect([exit, stdout, stderr]).toEqual([
    0,
    '',
    'nothing stands in made/ yet; to write manifests: surefoot synth --out made\n',
  ]);
  expect(dataOf(root)).toEqual([]);
  expect(shell(root, stderr.replace(/.*: /, '')).exit).toBe(0);
  expect(surefoot(root, ['status', '--out', 'made', '-q'])).toMatchObject({ exit: 0, stderr: '' });
});

test('what names nothing is refused', () => {
  const root = repository([{ name: 'cart' }], 5);
  for (const [words, said] of [
    [['card'], 'Did you mean "cart"?'],
    [['--env', 'prod'], 'no environment "prod"'],
    [['-l', 'team'], 'write -l team=payments'],
    [['-l', 'team=shop'], 'no Rollout has the labels'],
    [['--target', 'origin/mian'], '"origin/mian"'],
    [['-o', 'yaml'], 'Allowed choices are table, json'],
  ] as const) {
    const { exit, stdout, stderr } = surefoot(root, ['status', ...words]);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  }
});

describe('the page of one', () => {
  it('tells all about it', () => {
    const root = repository([{ name: 'cart' }, { name: 'mail' }], 90);
    const id = git(root, ['rev-parse', 'HEAD']);
    const { exit, stdout, stderr } = surefoot(root, ['status', 'cart']);
    expect([exit, stderr]).toEqual([0, '1 Rollout: 1 in progress\n']);
    const time = new Date((Math.floor(START / 1000) - 90 * 60) * 1000).toISOString().slice(0, 16).replace('T', ' ');
    expect(stdout.replaceAll(id.slice(0, 10), 'COMMIT').replaceAll(time, 'TIME')).toMatchInlineSnapshot(`
      "demo/cart  kubernetes, environment default, rollouts/cart.yaml
      canary-25, 3/6
      on HEAD since TIME UTC, 1h ago
      by COMMIT of Jane Doe: a promotion

         state         kind       traffic            pods        pause
      ✓  baseline      baseline   v1 100 %           v1 3        -
      ✓  provision-v2  provision  v1 100 %           v1 3, v2 1  -
      ➤  canary-25     step       v1 75 % · v2 25 %  v1 3, v2 1  15m
         canary-50     step       v1 50 % · v2 50 %  v1 3, v2 3  15m
         complete      step       v2 100 %           v1 3, v2 3  until promoted
         retire-v1     retire     v2 100 %           v2 3        -

      canary-25 → canary-50  scale
          updates Deployment/cart-v2
          open connections: the split counts connections, and those that are open stay where they are.
          waits for: pause over, v2: 1 available
          surefoot promote rollouts/cart.yaml

      canary-25 → abort-canary-25  abort
          updates Service/cart
          open connections: the split counts connections, and those that are open stay where they are.
          ready in out/plan/default/demo/cart/abort-canary-25.yaml
          surefoot abort rollouts/cart.yaml
      "
    `);
  });

  it('tells of an abort, and of one that is not ready', () => {
    const root = repository([{ name: 'cart', step: 'abort-canary-25' }], 90);
    const { stdout } = surefoot(root, ['status', 'cart']);
    const lines = stdout.split('\n');
    expect(lines).toContain('✓  canary-25        step       v1 75 % · v2 25 %  v1 3, v2 1  15m');
    expect(lines).toContain('➤  abort-canary-25  abort      v1 100 %           v1 3, v2 1  -');
    expect(lines).toContain('abort-canary-25 → canary-25  resume');
    expect(lines).toContain('    surefoot resume rollouts/cart.yaml');
    expect(lines).toContain('abort-canary-25 → baseline  retire');
    commit(root, [{ name: 'cart' }], 5);
    const abort = join(root, 'out/plan/default/demo/cart/abort-canary-25.yaml');
    const told = () => surefoot(root, ['status', 'cart']).stdout;
    expect(told()).toContain('    ready in out/plan/default/demo/cart/abort-canary-25.yaml\n    surefoot abort ');
    writeTree(root, {
      'out/plan/default/demo/cart/abort-canary-25.yaml': readFileSync(abort, 'utf8').replace('v1', 'v2'),
    });
    expect(told()).toContain('abort-canary-25.yaml is not what plan.json lists\n    write it anew: surefoot synth\n');
    rmSync(abort);
    expect(told()).toContain('abort-canary-25.yaml is missing\n    write it anew: surefoot synth\n');
  });

  it('tells of live files that were edited, and of what is not committed', () => {
    const root = repository([{ name: 'cart' }, { name: 'mail' }], 90);
    const service = 'out/live/default/demo/cart/service-cart.yaml';
    expect(surefoot(root, ['status', 'cart']).stdout).not.toMatch(/not committed|not those/);
    writeTree(root, {
      [service]: readFileSync(join(root, service), 'utf8').replace('cart', 'card'),
      'out/live/default/demo/cart/extra.yaml': 'a: 1\n',
      'out/live/default/demo/mail/extra.yaml': 'a: 1\n',
    });
    const { stdout } = surefoot(root, ['status', 'cart']);
    expect(stdout).toContain(`live files are not those that plan.json lists; to write them anew: surefoot synth
    changed  ${service}
    added    out/live/default/demo/cart/extra.yaml
not committed yet:
    out/live/default/demo/cart/extra.yaml
    ${service}
`);
    expect(dataOf(root)[0]).toMatchObject({
      uncommitted: ['live/default/demo/cart/extra.yaml', service.slice(4)],
      edited: { changed: [service.slice(4)], added: ['live/default/demo/cart/extra.yaml'], missing: [] },
    });
  });

  it('stands once for each environment, with what to type there', () => {
    const root = fleet();
    const { stdout, stderr } = surefoot(root, ['status', 'reviews']);
    expect(stdout.match(/^demo\/reviews.*/gm)).toEqual([
      'demo/reviews  kubernetes, environment staging, rollouts/reviews.yaml',
      'demo/reviews  kubernetes, environment prod, rollouts/reviews.yaml',
    ]);
    expect(stdout).toContain('    surefoot promote rollouts/reviews.yaml --env prod\n');
    expect(stderr).toBe('1 Rollout, each environment counted: 2 in progress\n');
    expect(surefoot(root, ['status', 'reviews', '--env', 'prod']).stdout).not.toContain('environment staging');
  });
});

/** Two Rollouts, one of them in two environments; one has a label, one is aborted. */
function fleet(): string {
  const remote = temporaryFolder();
  git(remote, ['init', '-q', '-b', 'main']);
  writeTree(remote, {
    'surefoot.yaml': 'apiVersion: surefoot.dev/v1\nkind: Fleet\nenvironments: { staging: {}, prod: {} }\n',
    'rollouts/reviews.yaml': `${specOf({ name: 'reviews' })}  environments: { staging: { step: complete }, prod: {} }\n`,
    'rollouts/cart.yaml': `${specOf({ name: 'cart', step: 'abort-canary-50' })}  environments: { prod: {} }\n`,
  });
  expect(surefoot(remote, ['synth']).exit).toBe(0);
  const plan = 'out/plan/prod/demo/cart/plan.json';
  const labelled = JSON.parse(readFileSync(join(remote, plan), 'utf8'));
  writeTree(remote, { [plan]: JSON.stringify({ ...labelled, labels: { team: 'payments' } }) });
  git(remote, ['add', '-A']);
  git(remote, ['commit', '-q', '-m', 'start'], 90);
  const root = join(temporaryFolder(), 'clone');
  git(remote, ['clone', '-q', remote, root]);
  return root;
}

test('environments stand in the order of surefoot.yaml, and may be chosen, as labels may', () => {
  const root = fleet();
  const chosen = (...words: readonly string[]) =>
    dataOf(root, ...words).map((one: { directory: string }) => one.directory);
  const [staging, prod, cart] = ['staging/demo/reviews', 'prod/demo/reviews', 'prod/demo/cart'];
  expect(chosen()).toEqual([staging, cart, prod]);
  expect(chosen('--env', 'prod')).toEqual([cart, prod]);
  expect(chosen('-l', 'team=payments')).toEqual([cart]);
  expect(chosen('-l', 'team=payments', 'cart')).toEqual([cart]);
  expect(chosen('reviews', 'demo/cart')).toEqual([staging, cart, prod]);
  expect(chosen('rollouts')).toEqual([staging, cart, prod]);
  expect(surefoot(root, ['status']).stderr).toBe('2 Rollouts, each environment counted: 2 in progress, 1 aborted\n');
});

describe('as data', () => {
  it('has all, in this shape', () => {
    const root = repository([{ name: 'cart' }], 10);
    const [told, ...more] = dataOf(root);
    const time = (Math.floor(START / 1000) - 600) * 1000;
    const hop = { from: 'canary-25', changes: expect.any(Object), risks: [{ kind: 'connections' }] };
    expect(more).toEqual([]);
    expect(told).toEqual({
      ...{ directory: 'default/demo/cart', environment: 'default', namespace: 'demo', rollout: 'cart' },
      ...{ source: 'rollouts/cart.yaml', provider: 'kubernetes', phase: 'in-progress' },
      ...{ step: 'canary-25', kind: 'step', position: 3, length: 6 },
      running: [
        { version: 'v1', replicas: 3 },
        { version: 'v2', replicas: 1 },
      ],
      rules: [
        {
          name: 'default',
          split: [
            { version: 'v1', share: 7500 },
            { version: 'v2', share: 2500 },
          ],
          mirror: [],
        },
      ],
      since: {
        ...{ kind: 'since', target: 'HEAD', commit: git(root, ['rev-parse', 'HEAD']) },
        ...{ author: 'Jane Doe', subject: 'a promotion' },
        ...{ time, timeIso: new Date(time).toISOString(), age: expect.any(Number) },
      },
      pause: {
        ...{ duration: 900_000, left: expect.any(Number) },
        ...{ until: time + 900_000, untilIso: new Date(time + 900_000).toISOString() },
      },
      next: {
        ...{ ...hop, to: 'canary-50', kind: 'scale' },
        obligations: [
          { kind: 'paused', duration: 900_000 },
          { kind: 'available', version: 'v2', replicas: 1 },
        ],
      },
      waitsFor: [expect.stringMatching(/^pause \dm left$/), 'v2: 1 available'],
      abort: {
        ...{ ...hop, to: 'abort-canary-25', kind: 'abort', obligations: [] },
        ...{ file: 'plan/default/demo/cart/abort-canary-25.yaml', state: 'ready' },
      },
      states: ['baseline', 'provision-v2', 'canary-25', 'canary-50', 'complete', 'retire-v1'].map(name =>
        expect.objectContaining({ name, running: expect.any(Array), rules: [expect.any(Object)] }),
      ),
      edited: { changed: [], added: [], missing: [] },
      uncommitted: [],
    });
  });

  it('tells the ways out of an abort', () => {
    const [told] = dataOf(repository([{ name: 'cart', step: 'abort-canary-25' }], 10));
    expect(told).toMatchObject({ phase: 'aborted', kind: 'abort', position: 3 });
    expect(told.ways.map(({ to, kind }: { to: string; kind: string }) => [to, kind])).toEqual([
      ['canary-25', 'resume'],
      ['baseline', 'retire'],
    ]);
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(['next']));
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(['abort']));
  });
});

// The other systems have no `script`, or one that is typed otherwise.
test.runIf(process.platform === 'linux')('a terminal sees bars and colours, unless it asks for none', () => {
  const root = repository([{ name: 'cart' }, { name: 'mail', step: 'abort-canary-50' }], 10);
  const seen = (env: object, ...words: readonly string[]) =>
    spawnSync('script', ['-qec', [process.execPath, SHIPPED, 'status', ...words].join(' '), '/dev/null'], {
      ...{ cwd: root, encoding: 'utf8', input: '', env: { ...ENV, TERM: 'xterm', ...env } },
    }).stdout;
  const wide = seen({ COLUMNS: '200' });
  expect(wide).toContain(`3/6   ${coloured('cyan', '█'.repeat(8) + '░'.repeat(12))}  `);
  const narrow = seen({ COLUMNS: '110', NO_COLOR: '1' });
  expect(narrow).toMatch(/3\/6 {3}█{2}░{3} {2}v1 75 %/);
  expect(narrow).not.toContain('\u{1b}');
  expect(seen({ NO_COLOR: '1' }, 'cart')).toContain('canary-25, 3/6  ████████░░░░░░░░░░░░\r\n');
  expect(surefoot(root, ['status'], { env: { COLUMNS: '200' } }).stdout).not.toMatch(/[█░]/);
});

const LINES = EXAMPLES.status
  .split('\n')
  .filter(line => line.startsWith('  surefoot'))
  .map(line => line.trim());

test('the examples of the help work', () => {
  const root = fleet();
  expect(LINES.length).toBe(5);
  for (const line of LINES) {
    const typed = line.replace(/ {2,}.*/, '');
    const { exit, stdout, stderr } = shell(root, typed);
    expect([exit, stderr]).toEqual([0, expect.stringMatching(/^\d Rollouts?\b/)]);
    expect(stdout, typed).toContain(typed.includes('jq') || typed.includes('team') ? 'cart' : 'reviews');
  }
});
