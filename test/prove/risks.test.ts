import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { draw } from '../../src/draw.ts';
import { riskWords, together } from '../../src/layout/risk-words.ts';
import type { Keeper, Links } from '../../src/model/links.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import type { Risk } from '../../src/model/risk.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { reachedBeside } from '../../src/prove/bypassed.ts';
import { crossingOf, type Linked } from '../../src/prove/crossing.ts';
import { needsFirst } from '../../src/prove/from-nothing.ts';
import { risksOf } from '../../src/prove/risks.ts';
import { wandering } from '../../src/prove/wandering.ts';
import { providerNamed } from '../../src/providers/registry.ts';

const ANY = { name: 'default', matches: [], mirror: [], origin: [] };

const linked = (identity: string, links: Links): Linked => ({
  identity,
  object: { apiVersion: 'v1', kind: 'Any', metadata: { name: identity, namespace: 'shop' } },
  links,
});

const pods = (version: string, replicas: number): Linked => {
  const keeps: Keeper = { namespace: 'shop', version, labels: { app: 'cart', version }, replicas, mounts: [] };
  return linked(`deployment ${version}`, { doors: [], keeps });
};

/** An entry for `cart` whose requests go to these doors. */
const entrance = (precedence: number, doors: readonly string[], share = 10_000) => ({
  host: 'cart',
  precedence,
  rules: [{ matches: [], asks: [{ doors, share, copies: false }] }],
});

const door = (name: string, labels: { readonly [key: string]: string }) => ({
  name,
  behind: { kind: 'pods', namespace: 'shop', labels } as const,
});

const service = linked('service', { entry: entrance(0, ['cart']), doors: [door('cart', { app: 'cart' })] });
const route = (...versions: readonly string[]): Linked =>
  linked('route', {
    entry: {
      ...entrance(1, []),
      rules: versions.map(version => entrance(1, ['cart', `subset ${version}`]).rules[0]!),
    },
    doors: ['v1', 'v2'].map(version => door(`subset ${version}`, { version })),
  });

describe('callers that pass the route by', () => {
  it.each([
    ['reach every version that has pods', [service, route('v1'), pods('v1', 3), pods('v2', 3)], ['v1', 'v2']],
    ['reach no version that has none', [service, route('v1'), pods('v1', 3), pods('v2', 0)], ['v1']],
    ['are none where there is no other way in', [service, pods('v1', 3), pods('v2', 3)], undefined],
  ])('%s', (_, objects, versions) => {
    expect(reachedBeside(objects)).toEqual(versions === undefined ? [] : [{ kind: 'bypass', host: 'cart', versions }]);
  });

  it('are a risk for versions that get no share, on the hop where that begins', () => {
    const state = (name: string, versions: readonly string[]): State => ({
      name,
      kind: 'step',
      running: [],
      stable: 'v1',
      rules: [{ ...ANY, split: versions.map(version => ({ version, share: 10_000 / versions.length })) }],
      origin: [],
    });
    const lists = {
      one: [service, route('v1'), pods('v1', 3)],
      both: [service, route('v1'), pods('v1', 3), pods('v2', 3)],
      shared: [service, route('v1', 'v2'), pods('v1', 3), pods('v2', 3)],
    };
    const risks = (from: State, to: State) =>
      risksOf(
        {
          ...{ from, to, lasts: false },
          linked: name => lists[name as keyof typeof lists],
          crossing: () => crossingOf([], () => undefined),
        },
        providerNamed('istio')!.capabilities,
      );
    const [one, both, shared] = [state('one', ['v1']), state('both', ['v1']), state('shared', ['v1', 'v2'])];
    expect(risks(one, both)).toEqual([{ kind: 'bypass', host: 'cart', versions: ['v2'] }]);
    expect(risks(both, both)).toEqual([]);
    expect(risks(both, shared)).toEqual([]);
    expect(risks(shared, both)).toEqual([{ kind: 'bypass', host: 'cart', versions: ['v2'] }]);
  });
});

describe('a share that follows from numbers of pods', () => {
  const cross = (from: readonly Linked[], to: readonly Linked[]) =>
    wandering(
      crossingOf(
        [
          { name: 'from', objects: from },
          { name: 'to', objects: to },
        ],
        () => undefined,
      ),
    );
  const of = (one: number, two: number): readonly Linked[] => [
    service,
    ...(one === 0 ? [] : [pods('v1', one)]),
    ...(two === 0 ? [] : [pods('v2', two)]),
  ];

  it.each([
    ['stays where one number changes', [3, 1], [3, 3], []],
    ['wanders where both grow', [3, 1], [9, 3], ['v1 5000–9000', 'v2 1000–5000']],
    ['goes from one end to the other where one grows and one shrinks', [3, 1], [1, 3], []],
    ['stays between all and nothing where one goes and the other comes', [2, 0], [0, 2], []],
  ] as const)('%s', (_, from, to, expected) => {
    const found = cross(of(from[0], from[1]), of(to[0], to[1])).map(
      ({ version, min, max }) => `${version} ${min}–${max}`,
    );
    expect(found).toEqual(expected);
  });
});

it('the bounds of a share are those of all mixtures, played through', () => {
  const counts = fc.record({ v1: fc.nat({ max: 4 }), v2: fc.nat({ max: 4 }), v3: fc.nat({ max: 4 }) });
  fc.assert(
    fc.property(counts, counts, (from, to) => {
      const names = ['v1', 'v2', 'v3'] as const;
      const of = (some: typeof from): readonly Linked[] => [service, ...names.map(name => pods(name, some[name]))];
      const shores = [
        { name: 'from', objects: of(from) },
        { name: 'to', objects: of(to) },
      ];
      const found = wandering(crossingOf(shores, () => undefined));
      const shares = (mixture: number, name: (typeof names)[number]): number => {
        const now = names.map((one, i) => ((mixture >> i) & 1 ? to : from)[one]);
        const own = now[names.indexOf(name)]!;
        return own === 0 ? 0 : Math.round((own / now.reduce((sum, one) => sum + one, 0)) * 10_000);
      };
      const expected = names.flatMap(version => {
        const all = Array.from({ length: 8 }, (_, mixture) => shares(mixture, version));
        const [min, max] = [Math.min(...all), Math.max(...all)];
        const ends = [all[0]!, all[7]!];
        const isOut = min < Math.min(...ends) || max > Math.max(...ends);
        return isOut ? [{ kind: 'wanders', version, min, max }] : [];
      });
      expect(found).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

describe('an empty cluster', () => {
  const lasting = (opens: string, ...asks: readonly string[]): readonly Linked[] => [
    linked(`service ${opens} ${asks}`, {
      entry: {
        ...entrance(0, []),
        rules: [{ matches: [], asks: asks.map(one => ({ doors: [one], share: 5000, copies: false, lasting: true })) }],
      },
      doors: [{ name: opens, behind: { kind: 'kept', version: opens, mounts: [] }, lasting: true }],
    }),
  ];
  it.each([
    ['takes what makes all that it asks for', [lasting('v1', 'v1')], []],
    ['needs who makes the rest', [lasting('v1', 'v1'), lasting('v2', 'v1', 'v2')], ['1: 0']],
    [
      'needs the one that itself needs nothing',
      [lasting('v1', 'v1'), lasting('v2', 'v1', 'v2'), lasting('v2', 'v2'), lasting('v3', 'v2', 'v3')],
      ['1: 0', '3: 2'],
    ],
    [
      'needs them in the order in which they work',
      [lasting('v1', 'v1'), lasting('v2', 'v1', 'v2'), lasting('v3', 'v2', 'v3')],
      ['1: 0', '2: 0 1'],
    ],
  ])('%s', (_, lists, expected) => {
    const found = needsFirst(lists.map((objects, i) => ({ name: String(i), objects })));
    expect([...found].map(([state, needed]) => `${state}: ${needed.join(' ')}`)).toEqual(expected);
  });
});

const planOf = (name: string): Plan => {
  const file = `rollouts/${name}.yaml`;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  return compile({ file, text }).results![0]!.plan;
};

const risksByHop = (plan: Plan): { readonly [hop: string]: readonly Risk['kind'][] } => {
  const { risks } = draw(plan, providerNamed(plan.provider)!);
  return Object.fromEntries(
    plan.hops.map(({ from, to }, i) => [`${from} → ${to}`, risks[i]!.map(({ kind }) => kind)] as const),
  );
};

describe('the hops of living examples', () => {
  it('say where Knative holds a list back and collects a revision, and never of an abort', () => {
    const risks = risksByHop(planOf('greeter'));
    expect(risks['preview → canary-20']).toEqual(['held']);
    expect(risks['complete → retire-v1']).toEqual(['collected']);
    expect(risks['canary-20 → abort-canary-20']).toEqual([]);
  });

  it('say where plain Kubernetes leaves connections open', () => {
    const risks = risksByHop(planOf('hello'));
    expect(risks['baseline → provision-v2']).toEqual([]);
    expect(risks['provision-v2 → canary-25']).toEqual(['connections']);
    expect(risks['canary-25 → abort-canary-25']).toEqual(['connections']);
  });

  it('say where callers begin to pass a route of Istio by', () => {
    const risks = risksByHop(planOf('reviews'));
    expect(risks['baseline → provision-v2']).toEqual(['bypass']);
    expect(risks['provision-v2 → shadow']).toEqual([]);
    expect(risks['canary-10 → abort-canary-10']).toEqual(['bypass']);
    expect(risks['retire-v1 → retire-v2']).toEqual([]);
  });
});

describe('what must be synced', () => {
  const obliged = (plan: Plan): readonly string[] =>
    plan.hops
      .filter(({ obligations }) => obligations.some(({ kind }) => kind === 'synced'))
      .map(({ from, to }) => `${from} → ${to}`);

  it('is asked where a hop leans on what the one before made or left, first of all', () => {
    const { hops } = planOf('reviews');
    const hop = hops.find(({ from, to }) => from === 'provision-v2' && to === 'shadow')!;
    expect(hop.obligations).toEqual([
      { kind: 'synced', state: 'provision-v2' },
      { kind: 'available', version: 'v2', replicas: 4 },
    ]);
    expect(obliged(planOf('reviews'))).not.toContain('shadow → internal');
  });

  it('is nothing where one object carries everything', () => {
    expect(obliged(planOf('greeter'))).toEqual([]);
  });

  it('holds up no abort', () => {
    for (const name of ['reviews', 'hello', 'greeter', 'cart', 'checkout', 'profile'])
      expect(obliged(planOf(name)).filter(hop => hop.includes('→ abort-'))).toEqual([]);
  });
});

it('a state of the Service form of Knative says what it needs first, one of Configurations needs nothing', () => {
  const rollout = (form: string): Rollout =>
    ({
      apiVersion: 'surefoot.dev/v1',
      kind: 'Rollout',
      metadata: { name: 'greeter', namespace: 'demo' },
      spec: {
        provider: 'knative',
        knative: { form },
        versions: { v1: { image: 'example.com/a:1.0.0' }, v2: { image: 'example.com/a:2.0.0' } },
        steps: [
          { name: 'half', traffic: { v1: 50, v2: 50 } },
          { name: 'all', traffic: { v2: 100 } },
        ],
      },
    }) as unknown as Rollout;
  const needs = (form: string) => {
    const { plan } = compile({ file: 'rollouts/a.yaml', text: stringify(rollout(form)) }).results![0]!;
    return Object.fromEntries(draw(plan, providerNamed('knative')!).needsFirst);
  };
  expect(needs('service')).toEqual({
    'provision-v2': ['baseline'],
    half: ['baseline'],
    all: ['baseline'],
    'abort-half': ['baseline'],
    'abort-all': ['baseline'],
  });
  expect(needs('configurations')).toEqual({});
});

it('risks of one kind are told once, in a sentence', () => {
  const risks: readonly Risk[] = [
    { kind: 'bypass', host: '/Service/shop/cart', versions: ['v10'] },
    { kind: 'bypass', host: '/Service/shop/cart', versions: ['v2'] },
    { kind: 'held', versions: ['v2'] },
    { kind: 'wanders', version: 'v2', min: 1000, max: 5000 },
    { kind: 'wanders', version: 'v2', min: 1000, max: 6000 },
    { kind: 'connections' },
    { kind: 'connections' },
    { kind: 'collected', doors: ['serving.knative.dev/Revision/shop/cart-v1'] },
  ];
  const told = together(risks);
  expect(told.map(({ kind }) => kind)).toEqual(['bypass', 'held', 'wanders', 'wanders', 'connections', 'collected']);
  expect(told[0]).toMatchObject({ versions: ['v2', 'v10'] });
  expect(told.map(riskWords).join(' ')).toMatch(/cart .*v2, v10.*between 10 % and 50 %.*Revision\/cart-v1/);
});
