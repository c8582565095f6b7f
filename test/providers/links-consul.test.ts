import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/consul/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const entry = (kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion: 'consul.hashicorp.com/v1alpha1',
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const service = (name: string) => `/Service/prod/${name}`;
const told = (name: string) => `consul.hashicorp.com/ServiceDefaults/prod/${name}`;
const SPLITTER = 'consul.hashicorp.com/ServiceSplitter/prod/shop';

describe('a Service without a selector', () => {
  it('is a door with nothing behind it', () => {
    const object = {
      ...entry('Service', 'shop', { ports: [{ name: 'http', port: 80, protocol: 'TCP' }] }),
      apiVersion: 'v1',
    };
    expect(links(object, ROOT)?.doors[0]).toEqual({ name: service('shop'), behind: { kind: 'nothing' } });
  });
});

describe('a ServiceDefaults', () => {
  it('is a door for everything that names its service, and changes no labels', () => {
    expect(links(entry('ServiceDefaults', 'shop-v1', { protocol: 'grpc' }), ROOT)).toEqual({
      doors: [{ name: told('shop-v1'), behind: { kind: 'pods', namespace: 'prod', labels: {} } }],
    });
  });

  it('opens nothing where it says no protocol of HTTP', () => {
    expect(links(entry('ServiceDefaults', 'shop-v1', { protocol: 'tcp' }), ROOT)).toEqual({ doors: [] });
  });
});

it('a ServiceResolver is asked by nobody', () => {
  expect(links(entry('ServiceResolver', 'shop-v1', {}), ROOT)).toEqual({ doors: [] });
});

it('a ServiceSplitter holds ways to Services, needs the protocols of all, and takes requests where there is no router', () => {
  const doors = [told('shop'), told('shop-v1'), told('shop-v2')];
  const asks = [
    { doors: [...doors, service('shop-v1')], share: 7500, copies: false },
    { doors: [...doors, service('shop-v2')], share: 2500, copies: false },
  ];
  const splits = [
    { weight: 75, service: 'shop-v1' },
    { weight: 25, service: 'shop-v2' },
  ];
  expect(links(entry('ServiceSplitter', 'shop', { splits }), ROOT)).toEqual({
    entry: { host: service('shop'), precedence: 1, rules: [{ matches: [], asks }] },
    doors: [{ name: SPLITTER, behind: { kind: 'ways', asks } }],
  });
});

it('a ServiceRouter asks for the Services that it names, and for the splitter of its own', () => {
  const routes = [{ match: { http: { pathExact: '/a' } }, destination: { service: 'shop-v2' } }];
  const doors = [told('shop'), told('shop-v2')];
  const matches = [{ path: { kind: 'exact', value: '/a' }, headers: [], cookies: [], query: [] }];
  expect(links(entry('ServiceRouter', 'shop', { routes }), ROOT)).toEqual({
    entry: {
      host: service('shop'),
      precedence: 2,
      rules: [
        { matches, asks: [{ doors: [...doors, service('shop-v2')], share: 10_000, copies: false }] },
        { matches: [], asks: [{ doors: [...doors, SPLITTER], share: 10_000, copies: false }] },
      ],
    },
    doors: [],
  });
});

it('reads nothing else, and never throws', () => {
  expect(links(entry('ProxyDefaults', 'global', {}), ROOT)).toBeUndefined();
  for (const kind of ['ServiceDefaults', 'ServiceResolver', 'ServiceSplitter', 'ServiceRouter'])
    for (const spec of [null, 1, 'x', [], {}, { routes: [1], splits: 2, protocol: [] }])
      expect(() => links(entry(kind, 'shop', spec as Json), ROOT)).not.toThrow();
});
