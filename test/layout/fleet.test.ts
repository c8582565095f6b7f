import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Claims, Held, Member } from '../../src/layout/claimants.ts';
import { settleFleet } from '../../src/layout/fleet.ts';

const member = (source: string, directory: string, ...claims: readonly string[]): Member<Claims> => ({
  source,
  diagnostics: [],
  results: [{ directory, claims }],
});
const broken = (source: string): Member<Claims> => ({ source, diagnostics: [] });

type Row = readonly [
  why: string,
  fleet: readonly Member<Claims>[],
  held: { [key: string]: string },
  lost: readonly string[],
];

/** Directories as they are, objects within the one environment of these tests. */
const heldOf = (held: { [key: string]: string }): Held =>
  new Map(Object.entries(held).map(([key, file]) => [key.includes('/') ? key : `d ${key}`, file]));

const rows: readonly Row[] = [
  ['nobody wants the same', [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'Y')], {}, []],
  [
    'an object nobody holds',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'X')],
    {},
    ['a fleet/object-claimed', 'b fleet/object-claimed'],
  ],
  [
    'an object one holds',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'X')],
    { X: 'b' },
    ['a fleet/object-claimed'],
  ],
  [
    'one that holds it and has errors',
    [member('a', 'd/n/a', 'X'), broken('b')],
    { X: 'b' },
    ['a fleet/object-claimed'],
  ],
  ['one that holds it and is not looked at', [member('a', 'd/n/a', 'X')], { X: 'b' }, ['a fleet/object-claimed']],
  ['one that gave it up', [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'Y')], { X: 'b', Y: 'b' }, []],
  ['two that swap', [member('a', 'd/n/a', 'Y'), member('b', 'd/n/b', 'X')], { X: 'a', Y: 'b' }, []],
  [
    'two after one that gave it up',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'X'), member('c', 'd/n/c')],
    { X: 'c' },
    ['a fleet/object-claimed', 'b fleet/object-claimed'],
  ],
  [
    'one that would give it up, but fails and so keeps it',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/b', 'Z'), member('c', 'd/n/c', 'Z')],
    { X: 'b', Z: 'c' },
    ['a fleet/object-claimed', 'b fleet/object-claimed'],
  ],
  [
    'a directory nobody holds',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/a', 'X')],
    {},
    ['a fleet/same-rollout', 'b fleet/same-rollout'],
  ],
  [
    'a directory one holds',
    [member('a', 'd/n/a', 'X'), member('b', 'd/n/a', 'X')],
    { 'd/n/a': 'a', X: 'a' },
    ['b fleet/same-rollout'],
  ],
  [
    'directories that differ in case',
    [member('a', 'd/n/A'), member('b', 'd/n/a')],
    {},
    ['a fleet/same-directory-ignoring-case', 'b fleet/same-directory-ignoring-case'],
  ],
  [
    'directories that differ in case, one held',
    [member('a', 'd/n/A'), member('b', 'd/n/a')],
    { 'd/n/a': 'b' },
    ['a fleet/same-directory-ignoring-case'],
  ],
];

test.each(rows)('%s', (_why, fleet, held, lost) => {
  const settled = settleFleet(fleet, heldOf(held));
  expect(settled.flatMap(one => one.diagnostics.map(d => `${one.source} ${d.code}`))).toEqual(lost);
  for (const [index, one] of settled.entries()) {
    const keeps = !lost.some(line => line.startsWith(`${one.source} `));
    expect(one.results).toBe(keeps ? fleet[index]?.results : undefined);
  }
});

test('the order of the fleet decides nothing', () => {
  for (const [, fleet, held, lost] of rows) {
    const settled = settleFleet([...fleet].reverse(), heldOf(held));
    expect(settled.flatMap(one => one.diagnostics.map(d => `${one.source} ${d.code}`)).sort()).toEqual(
      [...lost].sort(),
    );
  }
});

test('says who has it and what it is about, once for each other rollout', () => {
  const claims = [
    '/Service/shop/cart',
    'apps/Deployment/shop/cart-v1',
    'apps/Deployment/shop/cart-v2',
    '/ConfigMap/shop/cart',
  ];
  const settled = settleFleet(
    [member('rollouts/a.yaml', 'd/n/a', ...claims), member('rollouts/b.yaml', 'd/n/b', ...claims)],
    new Map(claims.map(claim => [`d ${claim}`, 'rollouts/b.yaml'])),
  );
  expect(settled[0]?.diagnostics).toMatchObject([
    {
      file: 'rollouts/a.yaml',
      line: 1,
      column: 1,
      severity: 'error',
      what: '"rollouts/b.yaml" claims "Service/shop/cart", "Deployment/shop/cart-v1", "Deployment/shop/cart-v2" and 1 more too. "rollouts/b.yaml" was there first and keeps it.',
    },
  ]);
});

/** The claims of a baseline on Istio. */
function routing(name: string, namespace: string, route: string): Member<Claims> {
  const text = `
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  provider: istio
  versions: { v1: { image: "registry.example.com/x:1" } }
  route: ${route}
`;
  const { results } = compile({ file: `${namespace}/${name}`, text });
  if (results === undefined) throw new Error(`${name} does not compile`);
  return { source: `${namespace}/${name}`, diagnostics: [], results };
}

const PUBLIC = '{ hosts: [shop.example.com], gateways: [ingress/public] }';

test.each([
  ['one gateway', routing('a', 'n', PUBLIC), routing('b', 'm', PUBLIC), 2],
  ['the mesh', routing('a', 'n', '{ hosts: [x.org] }'), routing('b', 'n', '{ hosts: [x.org] }'), 2],
  [
    'a Service by two names',
    routing('a', 'n', '{ hosts: [old] }'),
    routing('b', 'm', '{ hosts: [old.n.svc.cluster.local] }'),
    2,
  ],
  ['other hosts', routing('a', 'n', PUBLIC), routing('b', 'n', PUBLIC.replace('shop', 'pay')), 0],
  ['Services of two namespaces', routing('a', 'n', '{ hosts: [old] }'), routing('b', 'm', '{ hosts: [old] }'), 0],
  ['their own names', routing('a', 'n', '{}'), routing('a', 'm', '{}'), 0],
])('two that route %s', (_why, one, other, lost) => {
  const settled = settleFleet([one, other], new Map());
  expect(settled.flatMap(member => member.diagnostics.map(d => d.code))).toEqual(
    Array.from({ length: lost }, () => 'fleet/object-claimed'),
  );
});

test('says which host, where it is routed, and what to do about it', () => {
  const [first] = settleFleet([routing('a', 'n', PUBLIC), routing('b', 'm', PUBLIC)], new Map());
  expect(first?.diagnostics).toMatchObject([
    {
      what: '"m/b" claims "host shop.example.com at gateway ingress/public" too. Neither was there first, so neither is written.',
      why: expect.stringContaining('routes of one host'),
      fix: expect.stringContaining('route.hosts'),
    },
  ]);
});

test('a rollout claims its own name in the mesh, and a public host at its gateways with the path that it takes', () => {
  const hosts = (route: string) =>
    routing('a', 'n', route).results?.[0]?.claims.filter(claim => claim.startsWith('host/'));
  expect(hosts('{}')).toEqual(['host/mesh a.n']);
  expect(hosts('{ hosts: [shop.example.com], gateways: [istio/public], path: /cart }')).toEqual([
    'host/istio/public shop.example.com/cart',
    'host/mesh a.n',
  ]);
});
