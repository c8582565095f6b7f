import { describe, expect, it } from 'vitest';
import { isEqual, leafChanges } from '../../src/leaves.ts';
import { liveObjects, projected } from '../../src/live-objects.ts';
import { meaningOf, type Side } from '../../src/meaning.ts';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import { differenceOf } from '../../src/review/difference.ts';
import { differenceLines } from '../../src/review/difference-text.ts';
import { leafWords } from '../../src/review/leaf-words.ts';
import { printed } from '../../src/review/text-side.ts';
import { unifiedText } from '../../src/review/unified.ts';

const wordsOf = (before: Json, after: Json): readonly string[] => leafChanges(before, after).map(leafWords);

describe('leaves in words', () => {
  it.each<[Json, Json, readonly string[]]>([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: null }, { a: null }, []],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [{ a: 1 }, { a: 2 }, ['a 1 → 2']],
    [{ a: '4' }, { a: 4 }, ['a "4" → 4']],
    [{ a: 'two words' }, { a: 'one' }, ['a "two words" → one']],
    [{ a: { b: 1 } }, {}, ['a removed, was {"b":1}']],
    [{}, { 'x.y/z': 'on' }, ["['x.y/z'] added: on"]],
    [{ l: ['a', 'b'] }, { l: ['b', 'a'] }, ['l a, b → b, a']],
    [
      { l: [{ name: 'a', v: 1 }] },
      {
        l: [
          { name: 'x', v: 0 },
          { name: 'a', v: 2 },
        ],
      },
      ['l[x] added: {"name":"x","v":0}', 'l[a].v 1 → 2'],
    ],
    [{ l: [{ name: 'a' }, { name: 'b' }] }, { l: [{ name: 'b' }, { name: 'a' }] }, ['l (order) "a, b" → "b, a"']],
    [{ l: [{ v: 1 }] }, { l: [{ v: 1 }, { v: 2 }] }, ['l[1] added: {"v":2}']],
    [{ t: 'a\nb\n' }, { t: 'a\nc\nd\n' }, ['t changed, 2 → 3 lines']],
    [{ t: `${'x'.repeat(90)}a` }, { t: `${'x'.repeat(90)}b` }, ['t changed']],
    [
      { e: [{ name: 'DB_PASSWORD', value: 'geheim1' }] },
      { e: [{ name: 'DB_PASSWORD', value: 'geheim2' }] },
      ['e[DB_PASSWORD].value changed (value hidden)'],
    ],
    [{}, { e: [{ name: 'DB_PASSWORD', value: 'geheim1' }] }, ['e changed (value hidden)']],
    [{ u: 'https://a:geheim@b' }, { u: 'https://b' }, ['u changed (value hidden)']],
  ])('%j → %j', (before, after, words) => {
    expect(wordsOf(before, after)).toEqual(words);
    expect(isEqual(before, after)).toBe(words.length === 0);
  });

  it('never lets a text move the cursor', () => {
    const config = (text: string): KubeObject => object('ConfigMap', 'a', { data: { k: text } });
    const side = (text: string): Side => ({ rollout: 'a', namespace: 'n', versions: [], objects: [config(text)] });
    const lines = differenceLines(differenceOf(side('a'), side('\u001b[2J'), meaningOf));
    expect(lines.join('')).not.toContain('\u001b');
  });
});

function object(kind: string, name: string, more: { readonly [key: string]: Json }): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'n' }, ...more };
}

describe('pods in words', () => {
  const deployment = (more: { readonly [key: string]: Json }, pod: { readonly [key: string]: Json }): KubeObject =>
    ({
      ...object('Deployment', 'shop-v1', {
        spec: {
          ...more,
          template: { metadata: { labels: { version: 'v1' } }, spec: { containers: [{ name: 'shop', ...pod }] } },
        },
      }),
      apiVersion: 'apps/v1',
    }) as KubeObject;
  const scaler = (maxReplicas: number): KubeObject => ({
    ...object('HorizontalPodAutoscaler', 'shop-v1', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-v1' },
        minReplicas: 2,
        maxReplicas,
      },
    }),
    apiVersion: 'autoscaling/v2',
  });
  const between = (
    before: readonly KubeObject[],
    after: readonly KubeObject[],
    providers = ['kubernetes', 'kubernetes'],
  ) => {
    const side = (objects: readonly KubeObject[], provider = ''): Side => ({
      rollout: 'shop',
      namespace: 'n',
      provider,
      versions: [],
      objects,
    });
    return differenceLines(differenceOf(side(before, providers[0]), side(after, providers[1]), meaningOf));
  };
  const NAME = 'pods of v1 (Deployment/shop-v1)';

  it.each<[string, KubeObject, KubeObject, readonly string[]]>([
    [
      'an image',
      deployment({}, { image: 'a' }),
      deployment({}, { image: 'b' }),
      [`${NAME}: image of shop a → b`, `${NAME} are replaced`],
    ],
    [
      'a field of the template',
      deployment({}, { tty: true }),
      deployment({}, { tty: false }),
      [`${NAME}: template spec.containers[shop].tty true → false`, `${NAME} are replaced`],
    ],
    ['a number', deployment({ replicas: 3 }, {}), deployment({ replicas: 5 }, {}), [`${NAME}: scaled 3 → 5`]],
    [
      'what is about no pod',
      deployment({ revisionHistoryLimit: 2 }, {}),
      deployment({ revisionHistoryLimit: 3 }, {}),
      ['no pod touched', 'Deployment/shop-v1 updated: spec.revisionHistoryLimit 2 → 3'],
    ],
  ])('%s', (_, before, after, words) => {
    expect(between([before], [after])).toEqual(['routing unchanged', ...words]);
  });

  it('bounds of an autoscaler, and more places than are told', () => {
    const one = deployment({}, {});
    const bounds = [`${NAME}: autoscaler 2–5 → 2–9`, 'HorizontalPodAutoscaler/shop-v1 updated: spec.maxReplicas 5 → 9'];
    expect(between([one, scaler(5)], [one, scaler(9)])).toEqual(['routing unchanged', ...bounds]);
    const many = Object.fromEntries([...'abcdefgh'].map(key => [key, 1]));
    const lines = between([deployment({}, {})], [deployment({}, many)]);
    expect(lines).toContain('  and 3 more');
    expect(lines.filter(line => line.startsWith('  spec.containers[shop]'))).toHaveLength(5);
  });

  it('another provider, known or not', () => {
    const one = [deployment({}, {})];
    expect(between(one, one, ['kubernetes', 'istio'])[0]).toBe('provider kubernetes → istio');
    expect(between(one, one, ['kubernetes', 'gone']).join('\n')).toContain(
      'routes after could not be read whole: The provider gone is unknown to this version of surefoot.',
    );
  });
});

describe('secrets', () => {
  const secret = (value: string): KubeObject => ({
    ...object('Secret', 's', { data: { key: value }, stringData: { other: value } }),
    metadata: { name: 's', namespace: 'n', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } },
  });
  const side = (value: string): Side => ({ rollout: 'a', namespace: 'n', versions: [], objects: [secret(value)] });

  it('are told to differ and never shown, in words, data and text', () => {
    const difference = differenceOf(side('geheim1'), side('geheim2'), meaningOf);
    const lines = differenceLines(difference);
    expect(lines).toContain('  data.key changed (value hidden)');
    const text = unifiedText({
      before: printed('a', side('geheim1').objects),
      after: { name: 'b', text: 'data: geheim2', objects: side('geheim2').objects },
    });
    expect(text).toContain('-  key: hidden');
    for (const said of [lines.join('\n'), JSON.stringify(difference), text]) expect(said).not.toContain('geheim');
  });
});

describe('a live object', () => {
  it('is seen as far as the desired one says anything', () => {
    const desired = { a: 1, l: [{ x: 1 }], e: {}, gone: 2 };
    const live = { a: 1, l: [{ x: 1, y: 2 }, { z: 3 }], status: {}, extra: 1 };
    expect(projected(live, desired)).toEqual({ a: 1, l: [{ x: 1 }, { z: 3 }], e: {} });
  });

  it('lacks what the server leaves out because it says nothing, and nothing else', () => {
    const desired = { hostNetwork: false, privileged: false, initialDelaySeconds: 0, percent: 0, value: '', args: [] };
    expect(projected({}, desired)).toEqual({ hostNetwork: false, initialDelaySeconds: 0, value: '', args: [] });
    expect(projected({ hostNetwork: true }, { hostNetwork: false })).toEqual({ hostNetwork: true });
    expect(projected({}, { hostNetwork: true })).toEqual({});
  });

  it('takes an amount for the same however the server writes it', () => {
    const desired = {
      limits: { cpu: '1000m', memory: '1024Mi', pods: 2 },
      requests: { cpu: '500m' },
      other: { cpu: '1000m' },
    };
    const live = { limits: { cpu: '1', memory: '1Gi', pods: '2' }, requests: { cpu: '600m' }, other: { cpu: '1' } };
    expect(projected(live, desired)).toEqual({ ...desired, requests: { cpu: '600m' }, other: { cpu: '1' } });
    expect(projected({ limits: { cpu: '2' } }, { limits: { cpu: 'two' } })).toEqual({ limits: { cpu: '2' } });
    expect(projected({ limits: 'x' }, { limits: { cpu: '1' } })).toEqual({ limits: 'x' });
  });

  it('that bears the labels of a Rollout and is not desired is told, others are not', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'surefoot', 'app.kubernetes.io/name': 'shop' };
    const at = (name: string, more: object): KubeObject =>
      ({ ...object('Service', name, {}), metadata: { name, namespace: 'n', labels, ...more } }) as KubeObject;
    const dump = [
      at('old', {}),
      at('elsewhere', { namespace: 'm' }),
      at('other', { labels: { ...labels, 'app.kubernetes.io/name': 'cart' } }),
      at('helm', { labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' } }),
      at('made', { ownerReferences: [{ kind: 'Route' }] }),
    ];
    const seen = liveObjects(new Map(dump.map(one => [one.metadata.name, one])), {
      rollout: 'shop',
      namespace: 'n',
      objects: [],
    });
    expect(seen.strangers.map(({ metadata }) => metadata.name)).toEqual(['old']);
  });
});
