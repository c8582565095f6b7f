import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/gloo/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const object = (apiVersion: string, kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const to = (version: string): Json => ({ upstream: { name: `shop-${version}`, namespace: 'prod' } });
const upstream = (version: string) => `gloo.solo.io/Upstream/prod/shop-${version}`;
const GROUP = 'gloo.solo.io/UpstreamGroup/prod/shop-default';
const ask = (share: number, ...doors: string[]) => ({ doors, share, copies: false });

const split: Json = {
  destinations: [
    { destination: to('v1'), weight: 3 },
    { destination: to('v2'), weight: 1 },
    { destination: to('gone'), weight: 0 },
  ],
};

describe('the links of Gloo', () => {
  const routes: Json = [
    {
      matchers: [{ exact: '/a' }],
      routeAction: { upstreamGroup: { name: 'shop-default', namespace: 'prod' } },
    },
    {
      routeAction: { multi: split },
      options: { shadowing: { upstream: { name: 'shop-v2', namespace: 'prod' }, percentage: 5 } },
    },
    {
      routeAction: { single: { kube: { ref: { name: 'legacy', namespace: 'prod' }, port: 80 } } },
    },
  ];
  const rules = [
    {
      matches: [{ headers: [], cookies: [], query: [], path: { kind: 'exact', value: '/a' } }],
      asks: [ask(10_000, GROUP)],
    },
    {
      matches: [],
      asks: [ask(7500, upstream('v1')), ask(2500, upstream('v2')), { ...ask(500, upstream('v2')), copies: true }],
    },
    { matches: [], asks: [ask(10_000, '/Service/prod/legacy', '/Service/prod/legacy port 80')] },
  ];

  it.each<[string, KubeObject, object]>([
    [
      'a VirtualService asks for groups, Upstreams and Services',
      object('gateway.solo.io/v1', 'VirtualService', 'shop', {
        virtualHost: { domains: ['shop.example.com', 'a.example.com'], routes },
      }),
      { host: 'a.example.com', also: ['shop.example.com'], precedence: 0, rules },
    ],
    [
      'so does one for every host',
      object('gateway.solo.io/v1', 'VirtualService', 'shop', { virtualHost: { routes } }),
      { host: '*', precedence: 0, rules },
    ],
    [
      'and a RouteTable',
      object('gateway.solo.io/v1', 'RouteTable', 'shop', { weight: 0, routes }),
      { host: '*', precedence: 0, rules },
    ],
  ])('%s', (_, written, entry) => {
    expect(links(written, ROOT)).toEqual({ entry, doors: [] });
  });

  it.each<[string, KubeObject, string, readonly object[]]>([
    [
      'an Upstream leads on to a port of its Service',
      object('gloo.solo.io/v1', 'Upstream', 'shop-v1', {
        kube: { serviceName: 'shop-v1', serviceNamespace: 'prod', servicePort: 80 },
      }),
      upstream('v1'),
      [ask(10_000, '/Service/prod/shop-v1', '/Service/prod/shop-v1 port 80')],
    ],
    [
      'an UpstreamGroup leads on by weight',
      object('gloo.solo.io/v1', 'UpstreamGroup', 'shop-default', split),
      GROUP,
      [ask(7500, upstream('v1')), ask(2500, upstream('v2'))],
    ],
  ])('%s', (_, written, name, asks) => {
    expect(links(written, ROOT)).toEqual({ doors: [{ name, behind: { kind: 'ways', asks } }] });
  });

  it('are told of no other kind', () => {
    expect(links(object('apps/v1', 'Deployment', 'shop', {}), ROOT)).toBeUndefined();
    expect(links(object('gloo.solo.io/v1', 'Settings', 'default', {}), ROOT)).toBeUndefined();
  });
});
