import { describe, expect, it } from 'vitest';
import type { Json, KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Root } from '../../src/model/links.ts';
import { links as awsAlb } from '../../src/providers/aws-alb/links.ts';
import { links as nginx } from '../../src/providers/nginx/links.ts';

const ROOT: Root = { rollout: 'shop', namespace: 'prod' };
const ingress = (annotations: Labels, paths: readonly Json[], hosts: readonly string[]): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop', namespace: 'prod', annotations },
  spec: { rules: hosts.map(host => ({ host, http: { paths } })) },
});
const pathTo = (path: string, type: string, name: string, port: Json): Json => ({
  path,
  pathType: type,
  backend: { service: { name, port } },
});
const V1 = '/Service/prod/shop-v1';
const V2 = '/Service/prod/shop-v2';
const none = { headers: [], cookies: [], query: [] };

describe.each([
  ['aws-alb', awsAlb],
  ['nginx', nginx],
])('%s', (_name, links) => {
  it('takes calls by the own name beside the route', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', namespace: 'prod' },
      spec: { selector: { app: 'shop' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
    };
    expect(links(service, ROOT)?.entry).toMatchObject({ host: '/Service/prod/shop', aside: true });
    expect(links({ ...service, metadata: { name: 'shop-v1', namespace: 'prod' } }, ROOT)?.entry).toBeUndefined();
  });

  it('reads no Deployment', () => {
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop', namespace: 'prod' } };
    expect(links({ ...deployment, spec: {} }, ROOT)).toBeUndefined();
  });
});

describe('an Ingress of the ALB', () => {
  const DOMAIN = 'alb.ingress.kubernetes.io';
  const group = (version: string, weight: number): Json => ({
    serviceName: `shop-${version}`,
    servicePort: 80,
    weight,
  });
  const targetGroups = [group('v1', 3), group('v2', 1), group('gone', 0)];

  it('asks for Services and ports by weight, and for nothing at weight 0', () => {
    const split = { [`${DOMAIN}/actions.all`]: JSON.stringify({ type: 'forward', forwardConfig: { targetGroups } }) };
    const paths = [
      pathTo('/beta/*', 'ImplementationSpecific', 'shop-v2', { number: 80 }),
      pathTo('/*', 'ImplementationSpecific', 'all', { name: 'use-annotation' }),
    ];
    expect(awsAlb(ingress(split, paths, ['a.example.com', 'b.example.com']), ROOT)).toEqual({
      entry: {
        host: 'a.example.com',
        also: ['b.example.com'],
        precedence: 0,
        rules: [
          {
            matches: [{ path: { kind: 'prefix', value: '/beta/' }, ...none }],
            asks: [{ doors: [V2, `${V2} port 80`], share: 10_000, copies: false }],
          },
          {
            matches: [],
            asks: [
              { doors: [V1, `${V1} port 80`], share: 7500, copies: false },
              { doors: [V2, `${V2} port 80`], share: 2500, copies: false },
              { doors: ['/Service/prod/shop-gone', '/Service/prod/shop-gone port 80'], share: 0, copies: false },
            ],
          },
        ],
      },
      doors: [],
    });
  });
});

describe('the two Ingresses of nginx', () => {
  const DOMAIN = 'nginx.ingress.kubernetes.io';
  const group = '["a.example.com","/"]';

  it('the main one takes what the canary leaves, and all of it alone', () => {
    const main = ingress({}, [pathTo('/', 'Prefix', 'shop-v1', { number: 80 })], ['a.example.com']);
    expect(nginx(main, ROOT)?.entry).toEqual({
      host: 'a.example.com',
      precedence: 0,
      rules: [{ matches: [], asks: [{ doors: [V1, `${V1} port 80`], share: 10_000, copies: false }] }],
      part: { group, alone: 'everything', agreed: '' },
    });
  });

  it('the canary takes its weight, and those with its header', () => {
    const orders = {
      [`${DOMAIN}/canary`]: 'true',
      [`${DOMAIN}/canary-weight`]: '5',
      [`${DOMAIN}/canary-by-header`]: 'x-canary',
      [`${DOMAIN}/canary-by-header-value`]: 'yes',
    };
    const canary = (marks: Labels) =>
      ingress(marks, [pathTo('/', 'Prefix', 'shop-v2', { name: 'http' })], ['a.example.com']);
    const asks = [{ doors: [V2], share: 10_000, copies: false }];
    const matches = [{ ...none, headers: [{ name: 'x-canary', text: { kind: 'exact', value: 'yes' } }] }];
    expect(nginx(canary(orders), ROOT)?.entry).toMatchObject({
      rules: [
        { matches, asks },
        { matches: [], asks },
      ],
      part: { group, weight: 500, alone: 'nothing' },
    });
    const idle = canary({ ...orders, [`${DOMAIN}/canary-weight`]: '0' });
    expect(nginx(idle, ROOT)?.entry?.rules).toEqual([
      { matches, asks },
      { matches: [], asks: [] },
    ]);
  });
});
