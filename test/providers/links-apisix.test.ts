import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/apisix/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const object = (kind: string, spec: Json): KubeObject => ({
  apiVersion: 'apisix.apache.org/v2',
  kind,
  metadata: { name: 'any', namespace: 'prod' },
  spec,
});
const route = (...http: Json[]): KubeObject => object('ApisixRoute', { http });
const to = (serviceName: string, weight = 100): Json => ({ serviceName, servicePort: 80, weight });
const asks = (name: string, share: number, copies = false) => ({
  doors: [`/Service/prod/${name}`, `/Service/prod/${name} port 80`],
  share,
  copies,
});

describe('an ApisixRoute', () => {
  it('is where requests to its hosts come in, whatever it is called', () => {
    const plugins = [
      { name: 'proxy-mirror', enable: true, config: { host: 'http://c.prod.svc:80', sample_ratio: 0.05 } },
    ];
    const match = { hosts: ['www.example.com', 'shop.example.com'], paths: ['/*'] };
    expect(links(route({ name: 'all', match, backends: [to('a', 3), to('b', 1)], plugins }), ROOT)).toEqual({
      entry: {
        host: 'shop.example.com',
        also: ['www.example.com'],
        precedence: 1,
        rules: [{ matches: [], asks: [asks('a', 7500), asks('b', 2500), asks('c', 500, true)] }],
      },
      doors: [],
    });
  });

  it('asks in the order in which APISIX looks paths up, and for nothing where no request goes', () => {
    const entry = links(
      route(
        { name: 'all', priority: 9, match: { paths: ['/*'] }, backends: [to('a'), to('gone', 0)] },
        { name: 'cart', match: { paths: ['/cart'] }, backends: [to('b')] },
      ),
      ROOT,
    )?.entry;
    expect(entry?.host).toBe('*');
    expect(entry?.rules).toEqual([
      {
        matches: [{ headers: [], cookies: [], query: [], path: { kind: 'exact', value: '/cart' } }],
        asks: [asks('b', 10_000)],
      },
      { matches: [], asks: [asks('a', 10_000), asks('gone', 0)] },
    ]);
  });

  it('opens nothing, even where it cannot be read', () => {
    expect(links({ ...route(), metadata: {} } as never, ROOT)).toEqual({ doors: [] });
    expect(links(route(), ROOT)?.doors).toEqual([]);
  });
});

it('an ApisixUpstream opens nothing and asks for nothing', () => {
  expect(links(object('ApisixUpstream', { retries: 0 }), ROOT)).toEqual({ doors: [] });
});

it('a Service is read as everywhere, calls by the own name pass the route by, and a Deployment is not read', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', namespace: 'prod' },
    spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
  };
  expect(links(service, ROOT)?.entry?.aside).toBe(true);
  expect(links({ ...service, apiVersion: 'apps/v1', kind: 'Deployment' }, ROOT)).toBeUndefined();
});
