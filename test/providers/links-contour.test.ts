import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/contour/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const proxy = (fqdn: string, routes: readonly Json[]): KubeObject => ({
  apiVersion: 'projectcontour.io/v1',
  kind: 'HTTPProxy',
  metadata: { name: 'any', namespace: 'prod' },
  spec: { virtualhost: { fqdn }, routes },
});
const asks = (name: string, share: number, copies = false) => ({
  doors: [`/Service/prod/${name}`, `/Service/prod/${name} port 80`],
  share,
  copies,
});
const to = (name: string, fields: { readonly [field: string]: Json } = {}): Json => ({ name, port: 80, ...fields });

describe('an HTTPProxy', () => {
  it('is where requests to its host come in, whatever it is called', () => {
    const services = [to('a', { weight: 3 }), to('b', { weight: 1 }), to('c', { mirror: true, weight: 5 })];
    expect(links(proxy('shop.example.com', [{ services }]), ROOT)).toEqual({
      entry: {
        host: 'host shop.example.com',
        precedence: 1,
        rules: [{ matches: [], asks: [asks('a', 7500), asks('b', 2500), asks('c', 500, true)] }],
      },
      doors: [],
    });
  });

  it('asks in the order in which Contour tries its routes, and for nothing where no request goes', () => {
    const routes = [
      { conditions: [{ prefix: '/' }], services: [to('a', { weight: 1 }), to('gone', { weight: 0 })] },
      { conditions: [{ exact: '/cart' }], services: [to('b')] },
    ];
    expect(links(proxy('shop.example.com', routes), ROOT)?.entry?.rules).toEqual([
      {
        matches: [{ headers: [], cookies: [], query: [], path: { kind: 'exact', value: '/cart' } }],
        asks: [asks('b', 10_000)],
      },
      { matches: [], asks: [asks('a', 10_000)] },
    ]);
  });

  it('asks for every Service alike where no weight says anything', () => {
    expect(links(proxy('a.b', [{ services: [to('a'), to('b')] }]), ROOT)?.entry?.rules[0]?.asks).toEqual([
      asks('a', 5000),
      asks('b', 5000),
    ]);
  });

  it('opens nothing, even where it cannot be read', () => {
    expect(links({ apiVersion: 'projectcontour.io/v1', kind: 'HTTPProxy', metadata: {} } as never, ROOT)).toEqual({
      doors: [],
    });
  });
});

it('a Service is read as everywhere, and a Deployment is not', () => {
  expect(
    links({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop', namespace: 'prod' } }, ROOT),
  ).toBeUndefined();
});
