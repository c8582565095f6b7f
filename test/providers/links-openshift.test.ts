import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/openshift/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const object = (apiVersion: string, kind: string, spec: Json): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'shop', namespace: 'prod' },
  spec,
});

describe('a Route', () => {
  it('takes the requests of its host, and asks for Services by weight', () => {
    const spec = {
      host: 'shop.example.com',
      path: '/api/',
      to: { kind: 'Service', name: 'shop-v1', weight: 3 },
      alternateBackends: [
        { kind: 'Service', name: 'shop-v2', weight: 1 },
        { kind: 'Service', name: 'shop-v3', weight: 0 },
      ],
    };
    const ask = (name: string, share: number) => ({ doors: [`/Service/prod/${name}`], share, copies: false });
    const matches = [{ path: { kind: 'prefix', value: '/api/' }, headers: [], cookies: [], query: [] }];
    expect(links(object('route.openshift.io/v1', 'Route', spec), ROOT)).toEqual({
      entry: {
        host: 'shop.example.com',
        precedence: 1,
        rules: [{ matches, asks: [ask('shop-v1', 7500), ask('shop-v2', 2500), ask('shop-v3', 0)] }],
      },
      doors: [],
    });
  });
});

it('a Service of the own name takes what passes the route by', () => {
  const spec = { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, protocol: 'TCP' }] };
  expect(links(object('v1', 'Service', spec), ROOT)?.entry).toMatchObject({ host: '/Service/prod/shop', aside: true });
});

it('reads nothing else, and never throws', () => {
  expect(links(object('networking.k8s.io/v1', 'Ingress', {}), ROOT)).toBeUndefined();
  for (const spec of [null, 1, 'x', [], {}, { to: 1, alternateBackends: {}, port: [], tls: 'x', path: 2 }])
    expect(() => links(object('route.openshift.io/v1', 'Route', spec as Json), ROOT)).not.toThrow();
});
