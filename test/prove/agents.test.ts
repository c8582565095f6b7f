import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGENTS, type Agent, ARGO_CD, ARGO_CD_PRUNE_LAST, FLUX } from '../../src/model/agents.ts';
import { NO_LINKS } from '../../src/model/links.ts';
import { batchesOf, breakingAgent } from '../../src/prove/agents.ts';
import { counterexampleOf } from '../../src/prove/counterexample.ts';
import { type Crossing, crossingOf, type Linked } from '../../src/prove/crossing.ts';
import { everyOverload } from '../../src/prove/every-overload.ts';
import { overloadsOf } from '../../src/prove/overload.ts';
import type { Breach } from '../../src/prove/reach.ts';
import { wiringOf } from '../../src/prove/wiring.ts';

type Change = 'create' | 'update' | 'delete' | 'keep';

/** A crossing that does these things to objects, named by `group/Kind/namespace/name`. */
function crossing(changes: { readonly [identity: string]: Change }): Crossing {
  const linked = (identity: string): Linked => {
    const [group, kind = '', namespace = '', name = ''] = identity.split('/');
    const object = { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name, namespace } };
    return { identity, object, links: NO_LINKS };
  };
  const [from, to]: [Linked[], Linked[]] = [[], []];
  for (const [identity, change] of Object.entries(changes)) {
    const before = linked(identity);
    if (change !== 'create') from.push(before);
    if (change !== 'delete') to.push(change === 'keep' ? before : linked(identity));
  }
  const shores = [
    { name: 'from', objects: from },
    { name: 'to', objects: to },
  ];
  return crossingOf(shores, () => undefined);
}

const breach = (host: string, done: readonly string[], undone: readonly string[]): Breach => ({
  when: new Map([...done.map(one => [one, 0b10] as const), ...undone.map(one => [one, 0b01] as const)]),
  trouble: { kind: 'unanswered', host },
});

const inBatches = (agent: Agent, changes: { readonly [identity: string]: Change }): readonly string[] =>
  batchesOf(crossing(changes), agent).map(batch => batch.map(({ verb, object }) => `${verb} ${object}`).join(' | '));

const DEPLOYMENT = 'apps/Deployment/shop/cart-v2';
const SERVICE = '/Service/shop/cart-v2';
const ROUTE = 'networking.istio.io/VirtualService/shop/cart';
const SUBSETS = 'networking.istio.io/DestinationRule/shop/cart';

describe('the order of an agent', () => {
  const changes = {
    [ROUTE]: 'update',
    'autoscaling/HorizontalPodAutoscaler/shop/cart-v2': 'create',
    [DEPLOYMENT]: 'create',
    [SUBSETS]: 'update',
    [SERVICE]: 'create',
    '/ConfigMap/shop/cart-v1': 'delete',
    'apps/Deployment/shop/cart-v1': 'delete',
    '/Service/shop/cart': 'keep',
  } as const;

  it('of Argo CD deletes first and applies by kind, where custom resources of one name have no order', () => {
    expect(inBatches(ARGO_CD, changes)).toEqual([
      'delete /ConfigMap/shop/cart-v1 | delete apps/Deployment/shop/cart-v1',
      'create /Service/shop/cart-v2',
      'create apps/Deployment/shop/cart-v2',
      'create autoscaling/HorizontalPodAutoscaler/shop/cart-v2',
      `update ${ROUTE} | update ${SUBSETS}`,
    ]);
  });

  it('of Argo CD with PruneLast deletes last', () => {
    expect(inBatches(ARGO_CD_PRUNE_LAST, changes).at(-1)).toBe(
      'delete /ConfigMap/shop/cart-v1 | delete apps/Deployment/shop/cart-v1',
    );
  });

  it('of Flux applies one by one and deletes in the reverse order', () => {
    expect(inBatches(FLUX, changes)).toEqual([
      'create /Service/shop/cart-v2',
      'create apps/Deployment/shop/cart-v2',
      'create autoscaling/HorizontalPodAutoscaler/shop/cart-v2',
      `update ${SUBSETS}`,
      `update ${ROUTE}`,
      'delete apps/Deployment/shop/cart-v1',
      'delete /ConfigMap/shop/cart-v1',
    ]);
  });

  it('of Argo CD is by name among custom resources, neighbours of one kind in parallel', () => {
    const names = {
      'b.io/Route/shop/a': 'update',
      'a.io/Route/shop/b': 'update',
      'a.io/Split/shop/c': 'update',
    } as const;
    expect(inBatches(ARGO_CD, { ...names, 'a.io/Route/shop/d': 'update' })).toEqual([
      'update b.io/Route/shop/a | update a.io/Route/shop/b',
      'update a.io/Split/shop/c',
      'update a.io/Route/shop/d',
    ]);
    expect(inBatches(FLUX, names)).toEqual([
      'update a.io/Route/shop/b',
      'update a.io/Split/shop/c',
      'update b.io/Route/shop/a',
    ]);
  });

  it('counts kinds without their group: a Service of Knative is a Service', () => {
    const changes = { 'serving.knative.dev/Service/shop/cart': 'update', 'a.io/Gizmo/shop/cart': 'update' } as const;
    for (const agent of [ARGO_CD, FLUX])
      expect(inBatches(agent, changes)).toEqual([
        'update serving.knative.dev/Service/shop/cart',
        'update a.io/Gizmo/shop/cart',
      ]);
  });
});

describe('an agent breaks', () => {
  const cases: readonly [string, { readonly [identity: string]: Change }, Breach, readonly Agent[]][] = [
    [
      'a route that moves away while the pods go: where pods go first',
      { [ROUTE]: 'update', [DEPLOYMENT]: 'delete' },
      breach('cart', [DEPLOYMENT], [ROUTE]),
      [ARGO_CD],
    ],
    [
      'a route that moves to pods that come: nowhere, as all of them make pods first',
      { [ROUTE]: 'update', [DEPLOYMENT]: 'create' },
      breach('cart', [ROUTE], [DEPLOYMENT]),
      [],
    ],
    [
      'a route that moves to a new subset: where both may be first',
      { [ROUTE]: 'update', [SUBSETS]: 'update' },
      breach('cart', [ROUTE], [SUBSETS]),
      [ARGO_CD, ARGO_CD_PRUNE_LAST],
    ],
    [
      'a route that leaves a subset which goes: everywhere, as both are updates',
      { [ROUTE]: 'update', [SUBSETS]: 'update' },
      breach('cart', [SUBSETS], [ROUTE]),
      [ARGO_CD, ARGO_CD_PRUNE_LAST, FLUX],
    ],
    [
      'a route that goes before its pods: everywhere but where deletions are the reverse of applies',
      { [ROUTE]: 'delete', [DEPLOYMENT]: 'delete' },
      breach('cart', [DEPLOYMENT], [ROUTE]),
      [ARGO_CD, ARGO_CD_PRUNE_LAST],
    ],
    ['what is wrong at the end, everywhere', { [ROUTE]: 'update' }, breach('cart', [ROUTE], []), AGENTS],
    ['nothing that was broken before', { [ROUTE]: 'update' }, breach('cart', [], [ROUTE]), []],
  ];

  it.each(cases)('%s', (_, changes, found, expected) => {
    const breaking = AGENTS.filter(agent => breakingAgent(crossing(changes), [found], agent) !== undefined);
    expect(breaking.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
  });

  it('in its own order, with everything that it does before', () => {
    const changes = {
      [ROUTE]: 'update',
      [SUBSETS]: 'update',
      [SERVICE]: 'create',
      '/Secret/shop/old': 'delete',
    } as const;
    const found = breakingAgent(crossing(changes), [breach('cart', [ROUTE], [SUBSETS])], ARGO_CD);
    expect(found?.counterexample.operations.map(({ verb, object }) => `${verb} ${object}`)).toEqual([
      'delete /Secret/shop/old',
      `create ${SERVICE}`,
      `update ${ROUTE}`,
    ]);
  });

  it('before it has done anything where the cluster refuses an object', () => {
    const refused: Breach = {
      when: new Map([[DEPLOYMENT, 0b10]]),
      trouble: { kind: 'immutable', object: DEPLOYMENT, field: 'spec.selector', why: '' },
    };
    const found = breakingAgent(crossing({ [SERVICE]: 'delete', [DEPLOYMENT]: 'update' }), [refused], ARGO_CD);
    expect(found?.counterexample.operations).toEqual([{ verb: 'update', object: DEPLOYMENT }]);
  });
});

const POOL = [
  '/ConfigMap/shop/a',
  '/Service/shop/a',
  '/Service/shop/b',
  'apps/Deployment/shop/a',
  'apps/Deployment/shop/b',
  SUBSETS,
  ROUTE,
  'networking.istio.io/DestinationRule/shop/other',
  'serving.knative.dev/Service/shop/a',
];

const small = fc
  .record({
    identities: fc.uniqueArray(fc.constantFrom(...POOL), { minLength: 1, maxLength: 5 }),
    changes: fc.array(fc.constantFrom<Change>('create', 'update', 'delete', 'keep'), { minLength: 5, maxLength: 5 }),
    masks: fc.array(fc.array(fc.constantFrom(0, 1, 2), { minLength: 5, maxLength: 5 }), { maxLength: 4 }),
  })
  .map(({ identities, changes, masks }) => {
    const doing = Object.fromEntries(identities.map((identity, i) => [identity, changes[i]!]));
    const moving = identities.filter(identity => doing[identity] !== 'keep');
    const breaches = masks.map((mask, b) =>
      breach(
        `host-${b}`,
        moving.filter((_, i) => mask[i] === 2),
        moving.filter((_, i) => mask[i] === 1),
      ),
    );
    return { crossing: crossing(doing), breaches };
  });

/** Every way to order a list. */
function* orders<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length === 0) yield [];
  for (const [i, first] of list.entries())
    for (const rest of orders([...list.slice(0, i), ...list.slice(i + 1)])) yield [first, ...rest];
}

/** The fewest operations after which a run of the agent, played through in every order that its batches allow, is in a breach. */
function simulated(crossing: Crossing, breaches: readonly Breach[], agent: Agent): number | undefined {
  const holds = ({ when }: Breach, done: ReadonlySet<string>): boolean =>
    [...when].every(([identity, mask]) => (mask & (done.has(identity) ? 0b10 : 0b01)) !== 0);
  const counting = breaches.filter(one => !holds(one, new Set()));
  let fewest: number | undefined;
  const before: string[] = [];
  for (const batch of batchesOf(crossing, agent)) {
    for (const order of orders(batch.map(({ object }) => object))) {
      const done = new Set(before);
      for (const object of order) {
        done.add(object);
        if (counting.some(one => holds(one, done))) fewest = Math.min(fewest ?? done.size, done.size);
      }
    }
    before.push(...batch.map(({ object }) => object));
  }
  return fewest;
}

describe('on random crossings', () => {
  it('every operation is done once, by every agent', () => {
    fc.assert(
      fc.property(small, ({ crossing }) => {
        const moving = [...crossing.pieces.values()].filter(({ variants }) => variants.length > 1);
        for (const agent of AGENTS) {
          const done = batchesOf(crossing, agent).flat();
          expect(done.map(({ object }) => object).sort()).toEqual(moving.map(({ identity }) => identity).sort());
        }
      }),
    );
  });

  it('an agent breaks exactly where one of its runs does, and as soon', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(...AGENTS), ({ crossing, breaches }, agent) => {
        const found = breakingAgent(crossing, breaches, agent);
        expect(found?.counterexample.operations.length).toBe(simulated(crossing, breaches, agent));
      }),
      { numRuns: 2000 },
    );
  });

  it('no agent breaks what is safe in any order', () => {
    fc.assert(
      fc.property(small, ({ crossing, breaches }) => {
        if (counterexampleOf(crossing, breaches) !== undefined) return;
        for (const agent of AGENTS) expect(breakingAgent(crossing, breaches, agent)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});

it('an agent breaks by any mixture with too few pods, not by the weakest alone', () => {
  const deployment = (version: string, replicas: number): Linked => ({
    identity: `apps/Deployment/shop/${version}`,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: version, namespace: 'shop' } },
    links: { doors: [], keeps: { namespace: 'shop', version, labels: { app: 'cart' }, replicas, mounts: [] } },
  });
  const ask = { doors: [SERVICE], share: 10_000, copies: false };
  const service: Linked = {
    identity: SERVICE,
    object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart-v2', namespace: 'shop' } },
    links: {
      entry: { host: SERVICE, precedence: 0, rules: [{ matches: [], asks: [ask] }] },
      doors: [{ name: SERVICE, behind: { kind: 'pods', namespace: 'shop', labels: { app: 'cart' } } }],
    },
  };
  const states: readonly (readonly [a: number, b: number, c: number])[] = [
    [2, 3, 1],
    [1, 0, 4],
  ];
  const shores = states.map(([a, b, c], i) => ({
    name: String(i),
    objects: [service, deployment('a', a), deployment('b', b), deployment('c', c)],
  }));
  const crossing = crossingOf(shores, () => undefined);
  const strengths = new Map(['a', 'b', 'c'].map(version => [version, 4]));
  const breaking = (breaches: readonly Breach[]) => breakingAgent(crossing, breaches, FLUX)?.counterexample;
  // Flux scales a, then b, then c; the fewest operations to too few pods are b alone, which it never does first.
  expect(breaking(overloadsOf(wiringOf(crossing), strengths))).toBeUndefined();
  expect(breaking(everyOverload(wiringOf(crossing), strengths))).toMatchObject({
    operations: [{ object: 'apps/Deployment/shop/a' }, { object: 'apps/Deployment/shop/b' }],
    trouble: { kind: 'overloaded', pods: 2, needed: 4 },
  });
});
