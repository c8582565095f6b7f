import { expect, test } from 'vitest';
import { liveFileFindings } from '../../src/layout/live-files.ts';
import type { KubeObject } from '../../src/model/kubernetes.ts';
import type { State } from '../../src/model/plan.ts';

const STATE: State = {
  ...{ name: 'baseline', kind: 'baseline', running: [], stable: 'v1', origin: ['spec'] },
  rules: [{ name: 'default', matches: [], split: [{ version: 'v1', share: 10_000 }], mirror: [], origin: [] }],
};

const object = (apiVersion: string, kind: string, name: string): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
});

const codesOf = (...objects: readonly KubeObject[]): readonly string[] =>
  liveFileFindings('default/shop/cart', { states: [{ state: STATE, objects }] }).map(({ code }) => code);

const service = object('v1', 'Service', 'cart');

test('two API groups may have one kind: their objects would take one file', () => {
  expect(codesOf(service, object('serving.knative.dev/v1', 'Service', 'cart'))).toEqual(['layout/same-file']);
  expect(codesOf(service, object('serving.knative.dev/v1', 'Service', 'mail'))).toEqual([]);
});

test('names that differ only in case would take one file on some disks', () => {
  expect(codesOf(service, object('v1', 'Service', 'Cart'))).toEqual(['layout/same-file']);
  expect(codesOf(service, object('example.com/v1', 'SERVICE', 'cart'))).toEqual(['layout/same-file']);
});

test('an object of two states has one file, and of two states the same objects are looked at once', () => {
  const states = [[service], [service, object('v1', 'Service', 'CART')]].map(objects => ({ state: STATE, objects }));
  const findings = liveFileFindings('default/shop/cart', { states: [...states, ...states] });
  expect(findings.map(({ what }) => what)).toEqual([
    'The objects "Service/cart (v1)" and "Service/CART (v1)" would both be written to "service-CART.yaml".',
  ]);
});

test.each(['../../x', 'a/b', 'a\\b', 'a\0b', 'a b', 'a\nb', '$(x)', '', 'x'.repeat(250), 'é', '`'])(
  'an object called %j has no file',
  name => {
    expect(codesOf(object('v1', 'Service', name))).toEqual(name === '' ? [] : ['layout/no-file-name']);
  },
);

test.each(['cart-v1', 'a.b', 'system:cart', 'x'.repeat(240)])('an object called %s has a file', name => {
  expect(codesOf(object('v1', 'Role', name))).toEqual([]);
});

test('an object of a kind that is no word has no file', () => {
  expect(codesOf(object('v1', '../Service', 'x'))).toEqual(['layout/no-file-name']);
});
