import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import { links } from '../../src/providers/traefik/links.ts';

const ROOT = { rollout: 'shop', namespace: 'prod' };
const object = (kind: string, name: string, spec: Json): KubeObject => ({
  apiVersion: 'traefik.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'prod' },
  spec,
});
const service = (name: string, fields: { readonly [field: string]: Json } = {}): Json => ({
  name,
  port: 80,
  ...fields,
});
const doors = (name: string) => [`/Service/prod/${name}`, `/Service/prod/${name} port 80`];
const traefik = (name: string) => `traefik.io/TraefikService/prod/${name}`;

describe('Traefik', () => {
  it('an IngressRoute asks for Services by weight and for TraefikServices, in the order of priorities', () => {
    const route = object('IngressRoute', 'shop', {
      routes: [
        { match: 'Host(`a`) || Host(`b`)', priority: 1, services: [service('v1', { weight: 3 }), service('v2')] },
        {
          match: '(Host(`a`) || Host(`b`)) && Path(`/a`)',
          priority: 2,
          services: [{ kind: 'TraefikService', name: 'm' }],
        },
      ],
    });
    expect(links(route, ROOT)).toEqual({
      entry: {
        host: 'a',
        also: ['b'],
        precedence: 1,
        rules: [
          {
            matches: [{ path: { kind: 'exact', value: '/a' }, headers: [], cookies: [], query: [] }],
            asks: [{ doors: [traefik('m')], share: 10_000, copies: false }],
          },
          {
            matches: [],
            asks: [
              { doors: doors('v1'), share: 7500, copies: false },
              { doors: doors('v2'), share: 2500, copies: false },
            ],
          },
        ],
      },
      doors: [],
    });
  });

  it('a TraefikService is a door to all that it sends to, copies too', () => {
    const mirror = object('TraefikService', 'm', {
      mirroring: { kind: 'TraefikService', name: 's', mirrors: [service('v2', { percent: 5 })] },
    });
    expect(links(mirror, ROOT)).toEqual({
      doors: [
        {
          name: traefik('m'),
          behind: {
            kind: 'ways',
            asks: [
              { doors: [traefik('s')], share: 10_000, copies: false },
              { doors: doors('v2'), share: 500, copies: true },
            ],
          },
        },
      ],
    });
  });

  it('without hosts it is for every host', () => {
    expect(links(object('IngressRoute', 'shop', { routes: [] }), ROOT)?.entry?.host).toBe('*');
  });

  it('reads no Middleware', () => expect(links(object('Middleware', 'x', {}), ROOT)).toBeUndefined());
});
