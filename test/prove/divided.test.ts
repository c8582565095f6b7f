import { describe, expect, it } from 'vitest';
import { traceSentence } from '../../src/layout/trouble-words.ts';
import { story } from './hop-of-objects.ts';

const version = (name: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop-${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop, version: ${name} } }
  template:
    metadata: { labels: { app: shop, version: ${name} } }
    spec: { containers: [{ name: main, image: "shop:1" }] }
---
apiVersion: v1
kind: Service
metadata: { name: shop-${name} }
spec: { selector: { app: shop, version: ${name} }, ports: [{ name: http, port: 80, protocol: TCP }] }
`;
const VERSIONS = ['v1', 'v2', 'v3'].map(version);

/** A Mapping of a version with a weight; without one it takes the rest. */
const mapping = (to: string, weight?: number, more = ''): string => `
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: shop-${to} }
spec: { hostname: "*", prefix: /, service: "shop-${to}:80"${weight === undefined ? '' : `, weight: ${weight}`}${more} }
`;

const told = (from: readonly string[], to: readonly string[], versions = VERSIONS, left = VERSIONS) => {
  const broken = story('emissary', [...versions, ...from], [...left, ...to]);
  return broken === undefined ? 'safe' : traceSentence(broken);
};

describe('objects that divide requests', () => {
  it.each([
    ['one weight moves', [mapping('v1'), mapping('v2', 10)], [mapping('v1'), mapping('v2', 20)]],
    [
      'weights go down',
      [mapping('v1'), mapping('v2', 60), mapping('v3', 20)],
      [mapping('v1'), mapping('v2', 0), mapping('v3', 0)],
    ],
    [
      'weights trade places within 100',
      [mapping('v1'), mapping('v2', 60), mapping('v3', 20)],
      [mapping('v1'), mapping('v2', 20), mapping('v3', 40)],
    ],
    ['the one that takes nothing goes', [mapping('v1'), mapping('v2', 100)], [mapping('v2', 100)]],
    [
      'the one that has everything takes the rest',
      [mapping('v2', 100), mapping('v3', 0)],
      [mapping('v2'), mapping('v3', 0)],
    ],
    ['a version comes with no weight', [mapping('v1')], [mapping('v1'), mapping('v2', 0)]],
    ['a rule comes and goes', [mapping('v1')], [mapping('v1'), mapping('v2', undefined, ', headers: { x: "1" }')]],
  ])('are safe where %s', (_, from, to) => {
    expect(told(from, to)).toBe('safe');
    expect(told(to, from)).toBe('safe');
  });

  it.each([
    [
      'weights that would total more',
      [mapping('v1'), mapping('v2', 60), mapping('v3', 20)],
      [mapping('v1'), mapping('v2', 20), mapping('v3', 70)],
      'after "update Mapping/shop-v3" weights of the objects that divide 100 % of the requests to * total 130 %, and none of them counts.',
    ],
    [
      'weights that would leave some over',
      [mapping('v1', 60), mapping('v2', 40)],
      [mapping('v1', 80), mapping('v2', 20)],
      'after "update Mapping/shop-v2" 20 % of the requests to * are taken by none of the objects that divide them.',
    ],
    [
      'the one that takes the rest',
      [mapping('v1'), mapping('v2', 10), mapping('v3', 0)],
      [mapping('v2', 100), mapping('v3', 0)],
      'after "delete Mapping/shop-v1" 90 % of the requests to * are taken by none of the objects that divide them.',
    ],
    [
      'settings that they share',
      [mapping('v1'), mapping('v2', 10)],
      [
        mapping('v1', undefined, ', load_balancer: { policy: round_robin }'),
        mapping('v2', 10, ', load_balancer: { policy: round_robin }'),
      ],
      'after "update Mapping/shop-v2" Mapping/shop-v1 and Mapping/shop-v2 divide 100 % of the requests to * and have settings that differ, so that one of them is refused.',
    ],
  ])('are not where a hop changes %s', (_, from, to, words) => {
    expect(told(from, to)).toBe(words);
  });

  it('send nothing to a version that has no weight, unless it may be alone', () => {
    const [v1, v2] = VERSIONS as [string, string];
    expect(told([mapping('v1'), mapping('v2', 0)], [mapping('v1'), mapping('v2', 0)], [v1, v2], [v1])).toBe('safe');
    expect(told([mapping('v1'), mapping('v2', 0)], [mapping('v2')], [v1, v2], [v2])).not.toBe('safe');
    expect(told([mapping('v1'), mapping('v2', 100)], [mapping('v2', 100)], [v1, v2], [v2])).toBe('safe');
  });

  it('copy to a version only where somebody takes what is copied', () => {
    const [v1, v2] = VERSIONS as [string, string];
    const shadow = mapping('v2', 10, ', shadow: true');
    expect(told([mapping('v1'), shadow], [mapping('v1'), shadow], [v1, v2], [v1])).toContain('copies of');
  });

  it('are not what a rule falls back to before they are there', () => {
    const testers = mapping('v2', undefined, ', headers: { x: "1" }');
    const others = mapping('v3', undefined, ', headers: { y: "1" }');
    expect(told([testers, others], [mapping('v1'), others])).toContain('delete Mapping/shop-v2');
    expect(told([testers, mapping('v1'), others], [mapping('v1'), others])).toBe('safe');
  });
});

describe('a canary without any weight', () => {
  const [v1, v2] = VERSIONS as [string, string];
  const ingress = (name: string, to: string, annotations = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: shop-${to}, port: { number: 80 } } } }] }
`;
  const DOMAIN = 'nginx.ingress.kubernetes.io';
  const canary = (header: string): string =>
    ingress('canary', 'v2', `${DOMAIN}/canary: "true", ${DOMAIN}/canary-weight: "0"${header}`);
  const TESTERS = `, ${DOMAIN}/canary-by-header: x-test, ${DOMAIN}/canary-by-header-value: "1"`;
  const main = ingress('main', 'v1');
  const hop = (header: string) => story('nginx', [v1, main], [v1, v2, main, canary(header)]);

  it('gets the requests with its header, and all of them', () => {
    const found = hop(TESTERS);
    expect(found?.operations).toEqual([{ verb: 'create', object: 'networking.k8s.io/Ingress/prod/canary' }]);
    expect(found?.trouble).toMatchObject({ kind: 'closed', requests: { share: 10_000, matches: [{}] } });
    expect(hop('')).toBeUndefined();
  });

  it('leaves them to the main one when it goes, which may have failed others only', () => {
    const around = [v2, main, v1.split('---')[1]!];
    const broken = story('nginx', [...around, canary(TESTERS)], around);
    expect(broken).toMatchObject({
      operations: [{ verb: 'delete', object: 'networking.k8s.io/Ingress/prod/canary' }],
      trouble: { kind: 'no-pods', requests: { share: 10_000, matches: [{}] } },
    });
  });
});
