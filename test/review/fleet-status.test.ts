import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { coloured, plain } from '../../src/cli/paint.ts';
import { progressBar } from '../../src/cli/progress-bar.ts';
import { statusTable } from '../../src/cli/status-table.ts';
import { terminalWidth } from '../../src/cli/terminal-width.ts';
import { fleetRows, fleetSummary, inOrder, type Stay } from '../../src/review/fleet-status.ts';
import { currentState, nextHop, pauseOf, phaseOf, placeOf, waysOut } from '../../src/review/standing.ts';
import { ageWords, leftWords, waitWords } from '../../src/review/standing-words.ts';
import { readTape, type Tape } from '../../src/review/tape.ts';
import { specOf } from '../cli/surefoot.ts';
import { minutesAgo, NOW, planOf, stayOf } from './stays.ts';

const RULES = specOf({ name: 'search', step: 'shadow' })
  .replace('provider: kubernetes', 'provider: istio')
  .replace(
    '  steps:\n',
    `  rules:
    testers: { match: [{ headers: { end-user: jason } }], traffic: { v2: 100 } }
  steps:
    - { name: shadow, traffic: { v1: 100 }, mirror: { v2: 12.5 }, rules: [testers] }
`,
  );

const broken = (): Stay => ({ ...stayOf({ name: 'mail' }, { kind: 'unknown' }), tape: readTape('a/b/c', '{') });

const FLEET: readonly Stay[] = [
  stayOf({ name: 'cart', step: 'canary-25' }, minutesAgo(3)),
  stayOf({ name: 'cart', step: 'complete' }, minutesAgo(26 * 60), 'staging'),
  stayOf({ name: 'basket', step: 'canary-50' }, minutesAgo(3 * 60)),
  stayOf({ name: 'checkout', step: 'abort-canary-50' }, minutesAgo(0.7)),
  stayOf({ name: 'hello', step: 'baseline' }, { kind: 'unknown' }),
  stayOf({ name: 'payments', step: 'canary-25' }, { kind: 'pending', target: 'origin/main', there: 'baseline' }),
  stayOf({ name: 'quotes', step: 'retire-v1' }, minutesAgo(5 * 24 * 60)),
  stayOf(RULES, minutesAgo(60)),
  broken(),
];

const table = (width?: number): string => statusTable(fleetRows(inOrder(FLEET), NOW), width, plain);

describe('a fleet', () => {
  it('is a table', () => {
    expect(table()).toMatchInlineSnapshot(`
      "environment  rollout        step             tape  traffic                                   since                   next          waits for
      prod         demo/basket    canary-50        4/6   v1 50 % · v2 50 %                         3h                      complete      pause over, canary-50: synced, v2: 3 available
      prod         demo/cart      canary-25        3/6   v1 75 % · v2 25 %                         3m                      canary-50     pause 12m left, v2: 1 available
      prod         demo/checkout  abort-canary-50  4/6   v1 100 %                                  42s                     -             in abort: resume or go back to baseline
      prod         demo/hello     baseline         1/6   v1 100 %                                  unknown                 provision-v2  a promotion
      prod         demo/mail      ?                -     -                                         -                       -             plan.json is not JSON
      prod         demo/payments  canary-25        3/6   v1 75 % · v2 25 %                         not on origin/main yet  canary-50     pause 15m not begun, v2: 1 available
      prod         demo/quotes    retire-v1        6/6   v2 100 %                                  5d                      -             done
      prod         demo/search    shadow           3/7   v1 100 %, mirror v2 12.5 %, testers → v2  1h                      canary-25     v2: 3 available
      staging      demo/cart      complete         5/6   v2 100 %                                  26h                     retire-v1     v1: no requests
      "
    `);
  });

  it('has bars on a terminal, and its last column ends where the terminal does', () => {
    expect(table(170)).toMatchInlineSnapshot(`
      "environment  rollout        step             tape         traffic                                   since                   next          waits for
      prod         demo/basket    canary-50        4/6   ███░░  v1 50 % · v2 50 %                         3h                      complete      pause over, canary-50: synced,…
      prod         demo/cart      canary-25        3/6   ██░░░  v1 75 % · v2 25 %                         3m                      canary-50     pause 12m left, v2: 1 available
      prod         demo/checkout  abort-canary-50  4/6   ███░░  v1 100 %                                  42s                     -             in abort: resume or go back to…
      prod         demo/hello     baseline         1/6   ░░░░░  v1 100 %                                  unknown                 provision-v2  a promotion
      prod         demo/mail      ?                -            -                                         -                       -             plan.json is not JSON
      prod         demo/payments  canary-25        3/6   ██░░░  v1 75 % · v2 25 %                         not on origin/main yet  canary-50     pause 15m not begun, v2: 1 avai…
      prod         demo/quotes    retire-v1        6/6   █████  v2 100 %                                  5d                      -             done
      prod         demo/search    shadow           3/7   ██░░░  v1 100 %, mirror v2 12.5 %, testers → v2  1h                      canary-25     v2: 3 available
      staging      demo/cart      complete         5/6   ████░  v2 100 %                                  26h                     retire-v1     v1: no requests
      "
    `);
    const widths = table(150)
      .split('\n')
      .map(line => line.length);
    expect(Math.max(...widths)).toBe(150);
    // Where nothing of the last column would be left, lines go on below.
    expect(table(40)).toContain('in abort: resume or go back to baseline');
  });

  it('is coloured by what needs a look', () => {
    const lines = statusTable(fleetRows(inOrder(FLEET), NOW), 200, coloured).split('\n');
    const bare = statusTable(fleetRows(inOrder(FLEET), NOW), 200, plain).split('\n');
    const lineOf = (text: string) => bare.find(line => line.includes(text))!;
    expect(lines).toContain(coloured('dim', lineOf('waits for')));
    for (const text of ['demo/checkout', 'demo/mail']) expect(lines).toContain(coloured('red', lineOf(text)));
    for (const text of ['demo/hello', 'demo/quotes']) expect(lines).toContain(coloured('dim', lineOf(text)));
    expect(lines).toContain(lineOf('demo/basket').replace(/[█░]+/, bar => coloured('cyan', bar)));
  });

  it('is told in one line', () => {
    expect(fleetSummary(FLEET)).toBe(
      '8 Rollouts, each environment counted: 5 in progress, 1 aborted, 2 at rest, 1 unreadable',
    );
    expect(fleetSummary(FLEET.slice(0, 1))).toBe('1 Rollout: 1 in progress');
    expect(fleetSummary(FLEET.slice(2, 5))).toBe('3 Rollouts: 1 in progress, 1 aborted, 1 at rest');
  });

  it('stands in the order of surefoot.yaml, others behind', () => {
    const [cart, staged] = [FLEET[0]!, FLEET[1]!];
    const dev = { ...cart, environment: 'dev' };
    const order = (environments: readonly string[]) =>
      inOrder([staged, cart, dev], environments).map(({ environment }) => environment);
    expect(order([])).toEqual(['dev', 'prod', 'staging']);
    expect(order(['staging', 'prod'])).toEqual(['staging', 'prod', 'dev']);
  });
});

describe('each state of a tape', () => {
  const names = ['baseline', 'provision-v2', 'canary-25', 'canary-50', 'complete', 'retire-v1'];
  const tapeAt = (step: string): Tape => stayOf({ name: 'cart', step }, { kind: 'unknown' }).tape as Tape;

  it.each(names.map((step, index) => [step, index] as const))('%s', (step, index) => {
    const tape = tapeAt(step);
    expect(currentState(tape).name).toBe(step);
    expect(placeOf(tape)).toEqual({ position: index + 1, length: names.length });
    expect(nextHop(tape)?.to).toBe(names[index + 1]);
    expect(waysOut(tape)).toEqual([]);
    expect(phaseOf(tape)).toBe(index === 0 || index === 5 ? 'at-rest' : 'in-progress');
  });

  it.each(['canary-25', 'canary-50', 'complete'])('abort-%s', left => {
    const tape = tapeAt(`abort-${left}`);
    expect(placeOf(tape)).toEqual(placeOf(tapeAt(left)));
    expect([phaseOf(tape), nextHop(tape)]).toEqual(['aborted', undefined]);
    expect(waysOut(tape).map(({ to, kind }) => [to, kind])).toEqual([
      [left, 'resume'],
      ['baseline', 'retire'],
    ]);
  });

  it('between two releases is at rest', () => {
    const text = specOf({ name: 'cart', step: 'retire-v1' })
      .replace('  steps:', `    v3: { image: "registry.example.com/cart:3@sha256:${'a'.repeat(64)}" }\n  steps:`)
      .concat('    - { name: third, traffic: { v3: 100 } }\n');
    const { tape } = stayOf(text, { kind: 'unknown' });
    expect(phaseOf(tape as Tape)).toBe('at-rest');
    expect(nextHop(tape as Tape)?.to).toBe('provision-v3');
  });
});

describe('a pause', () => {
  const tape = stayOf({ name: 'cart' }, { kind: 'unknown' }).tape as Tape;
  const duration = 15 * 60_000;

  test.each([
    ['begins when the branch says so', minutesAgo(0), { duration, left: duration }, 'pause 15m left'],
    ['goes on', minutesAgo(14.5), { duration, left: 30_000 }, 'pause 30s left'],
    ['ends', minutesAgo(15), { duration, left: 0 }, 'pause over'],
    ['stays over', minutesAgo(500), { duration, left: 0 }, 'pause over'],
    ['has not begun', { kind: 'pending', target: 'x' } as const, { duration }, 'pause 15m not begun'],
    ['is as long as it is', { kind: 'unknown' } as const, { duration }, 'pause 15m'],
  ])('%s', (_why, since, expected, words) => {
    expect(pauseOf(tape, since, NOW)).toEqual(expected);
    expect(waitWords(tape, since, NOW)).toEqual([words, 'v2: 1 available']);
  });
});

test.each([
  [-5, '0s', '0s'],
  [0, '0s', '0s'],
  [999, '0s', '1s'],
  [59_999, '59s', '1m'],
  [61_000, '1m', '2m'],
  [3_599_000, '59m', '1h'],
  [3 * 3_600_000 + 1, '3h', '3h1m'],
  [47 * 3_600_000, '47h', '1d23h'],
  [48 * 3_600_000, '2d', '2d'],
  [365 * 86_400_000, '365d', '365d'],
])('%d ms: %s ago, %s left', (milliseconds, age, left) => {
  expect(ageWords(milliseconds)).toBe(age);
  expect(leftWords(Math.max(0, milliseconds))).toBe(left);
});

describe('a plan.json', () => {
  const { directory, plan } = planOf(specOf({ name: 'cart' }));

  test.each([
    [undefined, 'is missing, or no file that may be read'],
    ['{', 'is not JSON'],
    ['[]', 'is about another directory'],
    [plan.replace(directory, 'x/y/z'), 'is about another directory'],
    [plan.replace('"step"', '"stop"'), 'lacks provider or step'],
    [plan.replace('"step": "canary-25"', '"step": "gone"'), 'lacks the state gone, where it stands'],
  ])('that tells nothing says why', (text, untold) => {
    expect(readTape(directory, text)).toEqual({ untold });
  });

  it('may say anything anywhere: there are words for it', () => {
    const places = [...plan.matchAll(/: ("[^"]*"|\d+|\[|\{)/g)].map(({ index }) => index + 2);
    const text = fc.tuple(fc.constantFrom(...places), fc.jsonValue()).map(([at, value]) => {
      const rest = plan.slice(at).replace(/^("[^"]*"|\d+|\[|\{)/, start => {
        const written = JSON.stringify(value);
        return start === '[' || start === '{' ? `${written},"x":${start}` : written;
      });
      return plan.slice(0, at) + rest;
    });
    fc.assert(
      fc.property(fc.oneof(text, fc.json(), fc.string()), said => {
        const stay = { ...FLEET[0]!, directory, tape: readTape(directory, said) };
        const told = statusTable(fleetRows([stay], NOW), 100, plain);
        expect(told.split('\n').length).toBe(3);
        expect(fleetSummary([stay])).toMatch(/^1 Rollout: 1 /);
      }),
    );
  });
});

test('a bar is as long as asked, never shorter than before, full only at the end and empty only at the beginning', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(part, part, fc.integer({ min: 2, max: 40 }), (a, b, width) => {
      const filled = (done: number): number => progressBar(done, width).lastIndexOf('█') + 1;
      expect(progressBar(a, width)).toMatch(new RegExp(`^█{${filled(a)}}░{${width - filled(a)}}$`));
      if (a <= b) expect(filled(a)).toBeLessThanOrEqual(filled(b));
      expect([filled(a) === width, filled(a) === 0]).toEqual([a === 1, a === 0]);
    }),
  );
});

test.each([
  [{}, {}, undefined],
  [{ columns: 120 }, { COLUMNS: '90' }, undefined],
  [{ isTTY: true, columns: 120 }, {}, 120],
  [{ isTTY: true, columns: 120 }, { COLUMNS: '90' }, 90],
  [{ isTTY: true, columns: 120 }, { COLUMNS: 'wide' }, 120],
  [{ isTTY: true, columns: 120 }, { COLUMNS: '0' }, 120],
  [{ isTTY: true, columns: 0 }, {}, 80],
  [{ isTTY: true }, {}, 80],
])('%o with %o is %o columns wide', (stream, env, width) => {
  expect(terminalWidth(stream, env)).toBe(width);
});
