import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { HopKind } from '../../src/model/plan.ts';
import { firstDifference } from '../../src/prove/difference.ts';
import { changesBetween, doesOneKind } from '../../src/prove/hops.ts';
import { repeatedIdentities, schemaRefusal, strayObject } from '../../src/prove/objects.ts';

const object = (kind: string, name: string, spec: Json = {}): KubeObject => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, namespace: 'demo' },
  spec,
});
const service = (selector: { [key: string]: string }): KubeObject =>
  object('Service', 'shop', { selector, ports: [{ port: 80 }] });

describe('the closed schemas', () => {
  it('take what the cluster takes, and name what it would refuse', () => {
    expect(schemaRefusal(service({ app: 'shop' }))).toBeUndefined();
    expect(schemaRefusal(object('Service', 'shop', { selektor: {}, ports: [{ port: 80 }] }))).toMatch(/additional/);
    expect(schemaRefusal(object('Service', 'shop', { ports: [{ port: '80' }] }))).toMatch(/port.*integer/);
    expect(schemaRefusal(object('Gizmo', 'shop'))).toBe('no schema is known for v1 Gizmo');
  });
});

describe('identities', () => {
  it('are told when two objects share one, whatever the version of their API', () => {
    const old = { ...object('Deployment', 'shop'), apiVersion: 'apps/v1beta1' };
    expect(repeatedIdentities([object('Deployment', 'shop'), old])).toEqual(['apps/Deployment/demo/shop']);
    expect(repeatedIdentities([object('Deployment', 'shop'), object('Service', 'shop')])).toEqual([]);
  });

  it('stay in the namespace of the rollout', () => {
    expect(strayObject({ namespace: 'demo' }, [service({ app: 'shop' })])).toBeUndefined();
    expect(strayObject({ namespace: 'prod' }, [service({ app: 'shop' })])?.kind).toBe('Service');
  });
});

describe('a hop does one kind of thing', () => {
  const v1 = object('Deployment', 'shop-v1', { replicas: 3 });
  const fewer = object('Deployment', 'shop-v1', { replicas: 2 });
  const v2 = object('Deployment', 'shop-v2', { replicas: 1 });
  const [home, away] = [service({ version: 'v1' }), service({ version: 'v2' })];
  const cases: readonly [string, KubeObject[], KubeObject[], HopKind[]][] = [
    ['nothing', [home, v1], [home, v1], ['provision', 'scale', 'shift', 'abort', 'resume', 'retire']],
    ['a selector', [home, v1], [away, v1], ['provision', 'shift', 'abort', 'resume', 'retire']],
    ['numbers of pods', [home, v1], [home, fewer], ['scale', 'retire']],
    ['a new version', [home, v1], [home, v1, v2], ['provision']],
    ['a version less', [home, v1, v2], [home, v1], ['retire']],
    ['a selector and pods', [home, v1], [away, fewer], ['retire']],
    ['a selector and a version less', [home, v1, v2], [away, v2], ['retire']],
    ['a version for another', [home, v1], [home, v2], []],
  ];
  const split = (objects: readonly KubeObject[]) => ({
    routing: objects.filter(o => o.kind === 'Service'),
    workloads: objects.filter(o => o.kind === 'Deployment'),
  });

  it.each(cases)('%s', (_, from, to, allowed) => {
    const kinds: HopKind[] = ['provision', 'scale', 'shift', 'abort', 'resume', 'retire'];
    const [before, after] = [split(from), split(to)];
    const routing = changesBetween(before.routing, after.routing);
    const workloads = changesBetween(before.workloads, after.workloads);
    expect(kinds.filter(kind => doesOneKind(kind, routing, workloads))).toEqual(allowed);
  });

  it('lists what it creates, updates and deletes', () => {
    const changes = changesBetween([home, v1], [away, v2]);
    expect(changes).toEqual({ created: [v2], updated: [away], deleted: [v1] });
  });
});

describe('the first difference', () => {
  it.each([
    [{ a: 1, b: undefined }, { a: 1 }, undefined],
    [{ a: [1, 2] }, { a: [1, 2] }, undefined],
    [{ a: [1, 2] }, { a: [1, 3] }, { path: 'a.1', wanted: '2', found: '3' }],
    [{ a: [1] }, { a: [1, 2] }, { path: 'a.1', wanted: 'nothing', found: '2' }],
    [{ a: {} }, { a: [] }, { path: 'a', wanted: '{}', found: '[]' }],
    [{ a: 'x' }, {}, { path: 'a', wanted: '"x"', found: 'nothing' }],
  ])('of %j and %j is %j', (wanted, found, difference) => {
    expect(firstDifference(wanted, found)).toEqual(difference);
  });
});
