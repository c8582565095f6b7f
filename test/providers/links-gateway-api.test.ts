import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links as gatewayApi } from '../../src/providers/gateway-api/links.ts';
import { links as linkerd } from '../../src/providers/linkerd/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const route = (spec: Json, kind = 'HTTPRoute'): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { name: 'shop', namespace: 'prod' },
  spec,
});
const SHOP = '/Service/prod/shop';
const door = (version: string, port = 80) => [`${SHOP}-${version}`, `${SHOP}-${version} port ${port}`];
const to = (version: string, weight?: number): Json => ({
  name: `shop-${version}`,
  port: 80,
  ...(weight === undefined ? {} : { weight }),
});
const mirror: Json = {
  type: 'RequestMirror',
  requestMirror: { backendRef: { name: 'shop-v2', port: 80 }, percent: 5 },
};
const MESH: Json = { group: '', kind: 'Service', name: 'shop' };
const PUBLIC: Json = { name: 'public', namespace: 'gateways' };

describe('a route of the Gateway API', () => {
  it('of a Service asks each backend at its port, and for nothing where no request goes', () => {
    const rules: Json = [{ filters: [mirror], backendRefs: [to('v1', 3), to('v2', 1), to('gone', 0)] }];
    expect(gatewayApi(route({ parentRefs: [MESH], rules }), ROOT)).toEqual({
      entry: {
        host: SHOP,
        precedence: 1,
        rules: [
          {
            matches: [],
            asks: [
              { doors: door('v1'), share: 7500, copies: false },
              { doors: door('v2'), share: 2500, copies: false },
              { doors: door('v2'), share: 500, copies: true },
            ],
          },
        ],
      },
      doors: [],
    });
  });

  it('of a Gateway takes its hosts, or every host', () => {
    const rules: Json = [{ backendRefs: [to('v1')] }];
    const entry = (spec: { readonly [field: string]: Json }) =>
      gatewayApi(route({ parentRefs: [PUBLIC], rules, ...spec }), ROOT)?.entry;
    expect(entry({ hostnames: ['b.test', 'a.test'] })).toMatchObject({ host: 'a.test', also: ['b.test'] });
    expect(entry({})?.host).toBe('*');
  });

  it('tries the more particular match first', () => {
    const rules: Json = [
      { backendRefs: [to('v1')] },
      { matches: [{ path: { type: 'Exact', value: '/cart' } }], backendRefs: [to('v2')] },
    ];
    const asks = gatewayApi(route({ parentRefs: [MESH], rules }), ROOT)!.entry!.rules.map(rule => rule.asks[0]!.doors);
    expect(asks).toEqual([door('v2'), door('v1')]);
  });

  it('asks for a door that nothing opens where it names no Service of its namespace', () => {
    const rules: Json = [{ backendRefs: [{ name: 'shop-v1', port: 80, namespace: 'other' }] }];
    const [rule] = gatewayApi(route({ parentRefs: [MESH], rules }), ROOT)!.entry!.rules;
    expect(rule!.asks).toEqual([{ doors: ['Service shop-v1 is in another namespace'], share: 10_000, copies: false }]);
  });

  it('is read the same in Linkerd, where the group may be called core', () => {
    const spec = { parentRefs: [{ ...(MESH as object), group: 'core' }], rules: [{ backendRefs: [to('v1')] }] };
    expect(linkerd(route(spec as Json, 'GRPCRoute'), ROOT)?.entry?.host).toBe(SHOP);
    expect(gatewayApi(route(spec as Json), ROOT)?.entry?.host).toBe('*');
  });

  it('is no Deployment, and never throws', () => {
    for (const read of [gatewayApi, linkerd]) {
      expect(read({ ...route({}), apiVersion: 'apps/v1', kind: 'Deployment' }, ROOT)).toBeUndefined();
      for (const spec of [null, 1, 'x', [], {}, { rules: 1, parentRefs: 'a' }, { rules: [{ backendRefs: {} }] }])
        for (const kind of ['HTTPRoute', 'GRPCRoute'])
          expect(() => read(route(spec as Json, kind), ROOT)?.entry?.rules).not.toThrow();
    }
  });
});
