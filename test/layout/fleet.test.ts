import { expect, test } from 'vitest';
import type { Claims, Member } from '../../src/layout/claimants.ts';
import { settleFleet } from '../../src/layout/fleet.ts';

const member = (source: string, directory: string, ...claims: readonly string[]): Member<Claims> => ({
  source,
  diagnostics: [],
  result: { directory, claims },
});
const broken = (source: string): Member<Claims> => ({ source, diagnostics: [] });

type Row = readonly [
  why: string,
  fleet: readonly Member<Claims>[],
  held: { [key: string]: string },
  lost: readonly string[],
];

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
  const settled = settleFleet(fleet, new Map(Object.entries(held)));
  expect(settled.flatMap(one => one.diagnostics.map(d => `${one.source} ${d.code}`))).toEqual(lost);
  for (const [index, one] of settled.entries()) {
    const keeps = !lost.some(line => line.startsWith(`${one.source} `));
    expect(one.result).toBe(keeps ? fleet[index]?.result : undefined);
  }
});

test('the order of the fleet decides nothing', () => {
  for (const [, fleet, held, lost] of rows) {
    const settled = settleFleet([...fleet].reverse(), new Map(Object.entries(held)));
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
    new Map(claims.map(claim => [claim, 'rollouts/b.yaml'])),
  );
  expect(settled[0]?.diagnostics).toMatchObject([
    {
      file: 'rollouts/a.yaml',
      line: 1,
      column: 1,
      severity: 'error',
      what: '"Service/shop/cart", "Deployment/shop/cart-v1" and "Deployment/shop/cart-v2" and 1 more would come from "rollouts/b.yaml" too. "rollouts/b.yaml" was there first and keeps it.',
    },
  ]);
});
