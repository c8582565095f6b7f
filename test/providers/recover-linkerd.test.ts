import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { recover } from '../../src/providers/linkerd/recover.ts';
import { garbled } from './leaves.ts';

type Fields = { readonly [field: string]: Json };

const service = (name: string, selector: Labels): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'prod' },
  spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', appProtocol: 'http' }] },
});
const pods = (version: string): Pods => ({
  version,
  replicas: 2,
  labels: { app: 'shop', version },
  keeper: `apps/Deployment/prod/shop-${version}`,
});
const PODS = [pods('v1'), pods('v2')];
const SERVICES = [
  service('shop', { app: 'shop' }),
  service('shop-v1', { app: 'shop', version: 'v1' }),
  service('shop-v2', { app: 'shop', version: 'v2' }),
];
const PARENT: Fields = { group: '', kind: 'Service', name: 'shop' };
const to = (version: string, weight = 1): Json => ({ name: `shop-${version}`, port: 80, weight });

const route = (annotations: Labels, { kind = 'HTTPRoute', rule = {}, spec = {} }: Given = {}): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { name: 'shop', namespace: 'prod', annotations },
  spec: { parentRefs: [PARENT], rules: [{ backendRefs: [to('v1')], ...rule }], ...spec },
});

interface Given {
  readonly kind?: string;
  readonly rule?: Fields;
  readonly spec?: Fields;
}

function read(annotations: Labels, given: Given = {}) {
  const { rules, problems } = recover([route(annotations, given), ...SERVICES], PODS);
  return { rule: rules[0]!, problems };
}

const RETRY = 'retry.linkerd.io';

describe('linkerd recover', () => {
  it.each<[string, Labels, string, object]>([
    ['nothing', {}, 'HTTPRoute', {}],
    ['a timeout', { 'timeout.linkerd.io/request': '10s' }, 'HTTPRoute', { timeout: 10_000 }],
    ['a timeout of gRPC', { 'timeout.linkerd.io/request': '250ms' }, 'GRPCRoute', { timeout: 250 }],
    [
      'retries',
      { [`${RETRY}/http`]: '5xx,gateway-error', [`${RETRY}/limit`]: '3', [`${RETRY}/timeout`]: '2s' },
      'HTTPRoute',
      { retries: { attempts: 3, perTryTimeout: 2000, retryOn: ['5xx', 'gateway-error'] } },
    ],
    [
      'once where no limit is set',
      { [`${RETRY}/grpc`]: 'unavailable' },
      'GRPCRoute',
      { retries: { attempts: 1, retryOn: ['unavailable'] } },
    ],
  ])('reads %s in the annotations', (_, annotations, kind, parts) => {
    const { rule, problems } = read(annotations, { kind });
    const { matches: _m, split: _s, mirror: _c, ...rest } = rule;
    expect({ rest, problems }).toEqual({ rest: parts, problems: [] });
  });

  it.each<[string, Labels, Given]>([
    ['words with blanks', { [`${RETRY}/http`]: '5xx, gateway-error' }, {}],
    ['single codes', { [`${RETRY}/http`]: '503' }, {}],
    ['the reasons of gRPC in an HTTPRoute', { [`${RETRY}/grpc`]: 'internal' }, {}],
    ['a limit alone', { [`${RETRY}/limit`]: '3' }, {}],
    ['a limit of 0', { [`${RETRY}/http`]: '5xx', [`${RETRY}/limit`]: '0' }, {}],
    ['a limit that is no number', { [`${RETRY}/http`]: '5xx', [`${RETRY}/limit`]: 'x' }, {}],
    ['a duration with a point', { 'timeout.linkerd.io/request': '1.5s' }, {}],
    ['two units', { 'timeout.linkerd.io/request': '1m30s' }, {}],
    ['other timeouts', { 'timeout.linkerd.io/idle': '10s' }, {}],
    ['times in a rule, which Linkerd does not read', {}, { rule: { timeouts: { request: '10s' } } }],
    ['a mirror', {}, { rule: { filters: [{ type: 'RequestMirror' }] } }],
    ['hosts', {}, { spec: { hostnames: ['shop.example.com'] } }],
    ['another group of the parent', {}, { spec: { parentRefs: [{ ...PARENT, group: 'apps' }] } }],
  ])('%s is a problem', (_, annotations, given) => {
    expect(read(annotations, given).problems).not.toEqual([]);
  });

  it('knows the core group by its other name', () => {
    const { problems } = read({}, { spec: { parentRefs: [{ ...PARENT, group: 'core' }] } });
    expect(problems).toEqual([]);
  });

  it('splits by weight, and fails the share of a Service that is not there', () => {
    const { rule } = read({}, { rule: { backendRefs: [to('v1', 9), to('gone', 1)] } });
    expect(rule.split).toEqual([
      { target: { version: 'v1' }, share: 9000 },
      { target: { missing: 'Service shop-gone is not among these objects' }, share: 1000 },
    ]);
  });

  it('does not overlook a Service that orders retries', () => {
    const [root, ...others] = SERVICES;
    const annotated = { ...root!, metadata: { ...root!.metadata, annotations: { [`${RETRY}/http`]: '5xx' } } };
    expect(recover([route({}), annotated, ...others], PODS).problems).not.toEqual([]);
  });

  it('never throws', () => {
    const objects = [route({ [`${RETRY}/http`]: '5xx', [`${RETRY}/limit`]: '3' }), ...SERVICES];
    fc.assert(
      fc.property(garbled(objects), list => void recover(list, PODS)),
      { numRuns: 200 },
    );
  });
});
