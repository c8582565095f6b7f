import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links } from '../../src/providers/emissary/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
type Fields = { readonly [field: string]: Json };
const mapping = (more: Fields = {}): KubeObject => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Mapping',
  metadata: { name: 'shop-v2', namespace: 'prod' },
  spec: { hostname: 'shop.example.com', prefix: '/', rewrite: '', timeout_ms: 0, service: 'shop-v2.prod:80', ...more },
});
const DOORS = ['/Service/prod/shop-v2', '/Service/prod/shop-v2 port 80'];
const partOf = (more: Fields) => links(mapping(more), ROOT)?.entry?.part;

describe('a Mapping', () => {
  it('sends requests to a port of a Service, and opens nothing', () => {
    const read = links(mapping({ weight: 10 }), ROOT);
    expect(read?.doors).toEqual([]);
    expect(read?.entry).toMatchObject({
      host: 'shop.example.com',
      precedence: 1,
      rules: [{ matches: [], asks: [{ doors: DOORS, share: 10_000, copies: false }] }],
      part: { weight: 1000, alone: 'everything' },
    });
  });

  it('takes the rest where it has no weight', () => {
    expect(partOf({})).not.toHaveProperty('weight');
    expect(partOf({ weight: 0 })?.weight).toBe(0);
  });

  it('copies its share as a shadow, and takes nothing', () => {
    const entry = links(mapping({ shadow: true, weight: 5 }), ROOT)?.entry;
    expect(entry?.rules[0]?.asks).toEqual([{ doors: DOORS, share: 500, copies: true }]);
    expect(entry?.part).toMatchObject({ alone: 'nothing' });
    expect(entry?.part?.group).toBe(partOf({})?.group);
  });

  it.each([
    ['another weight', { weight: 5 }, true],
    ['another service', { service: 'legacy' }, true],
    ['another prefix', { prefix: '/a' }, false],
    ['another host', { hostname: '*' }, false],
    ['another precedence', { precedence: 1 }, false],
    ['a header more', { headers: { x: 'y' } }, false],
  ])('is in the same group with %s: %s', (_, more, isSame) => {
    expect(partOf(more)?.group === partOf({})?.group).toBe(isSame);
  });

  it('must have the same kind of path and the same balancing as its group', () => {
    expect(partOf({ prefix_exact: true })?.agreed).not.toBe(partOf({})?.agreed);
    expect(partOf({ load_balancer: { policy: 'round_robin' } })?.agreed).not.toBe(partOf({})?.agreed);
    expect(partOf({ timeout_ms: 5 })?.agreed).toBe(partOf({})?.agreed);
  });
});

describe('a Service', () => {
  const service = (name: string, text: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'prod', annotations: { 'getambassador.io/config': text } },
    spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
  });
  const document = (name: string, weight: number): string =>
    `apiVersion: ambassador/v1\nkind: Mapping\nname: ${name}\nprefix: /${name}/\nservice: shop-v2.prod:80\nweight: ${weight}\n`;

  it('is a door, and holds as many entries as its annotation has Mappings', () => {
    const read = links(service('shop-v2', `${document('a', 1)}---\n${document('b', 2)}`), ROOT);
    expect(read?.doors.map(({ name }) => name)).toEqual(DOORS);
    expect(read?.entry).toBeUndefined();
    expect(read?.entries?.map(({ part }) => part?.weight)).toEqual([100, 200]);
  });

  it('that clients call is an entry of its own besides', () => {
    const read = links(service('shop', document('a', 1)), ROOT);
    expect(read?.entries?.map(({ host }) => host)).toEqual(['/Service/prod/shop', '*']);
  });
});
