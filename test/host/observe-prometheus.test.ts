import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stand } from '../../src/check-hop.ts';
import { literal, selector } from '../../src/gate/promql.ts';
import { type ObserveRequest, observe } from '../../src/host/observe.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Obligation } from '../../src/model/plan.ts';
import { knativeStand, standOf } from '../gate/stands.ts';
import { freePort, type Running, serve, startPrometheus } from './prometheus-server.ts';

const HOSTILE = 'a"} or up{x="\\n`|.*\u2028\'';

/** What a cluster with some of everything would report. */
const SCRAPED = `
kube_deployment_status_replicas_available{namespace="shop",deployment="cart-v1"} 3
kube_deployment_status_replicas_available{namespace="shop",deployment="cart-v2"} 2
kube_deployment_status_replicas_available{namespace="other",deployment="cart-v2"} 9
kube_deployment_status_replicas_available{namespace="twice",deployment="cart-v2",cluster="a"} 4
kube_deployment_status_replicas_available{namespace="twice",deployment="cart-v2",cluster="b"} 1
kube_deployment_status_replicas_available{namespace="strange",deployment="cart-v2"} NaN
kube_deployment_status_replicas_available{namespace="shop",deployment="cart-v1-deployment"} 1
kube_endpoint_address_available{namespace="shop",endpoint="cart-v1"} 0
kube_endpoint_address{namespace="shop",endpoint="cart-v2",ip="10.0.0.1",ready="true"} 1
kube_endpoint_address{namespace="shop",endpoint="cart-v2",ip="10.0.0.2",ready="true"} 1
kube_endpoint_address{namespace="shop",endpoint="cart-v2",ip="10.0.0.3",ready="false"} 1
kube_endpoint_address{namespace="other",endpoint="cart-v2",ip="10.0.0.3",ready="false"} 1
istio_requests_total{reporter="destination",destination_workload_namespace="shop",destination_workload="cart-v1"} 0
istio_requests_total{reporter="destination",destination_workload_namespace="shop",destination_workload="cart-v2"} 7
nginx_ingress_controller_requests{namespace="shop",service="cart-v1",canary=""} 0
nginx_ingress_controller_requests{namespace="shop",service="cart-v1",canary="shop-cart-v2-http"} 4
nginx_ingress_controller_requests{exported_namespace="moved",namespace="ingress",service="cart-v1",canary="-"} 0
nginx_ingress_controller_requests{exported_namespace="moved",namespace="ingress",service="cart-v1",canary="moved-cart-v2-80"} 4
traefik_service_requests_total{service="shop-cart-v1-80@kubernetescrd"} 0
traefik_service_requests_total{service="shop-cart-v2-80@kubernetescrd"} 4
traefik_service_requests_total{service="shop-cart-v1-80-80@kubernetescrd"} 4
envoy_cluster_upstream_rq{envoy_cluster_name="shop_cart-v1_80"} 0
envoy_cluster_upstream_rq{envoy_cluster_name="shop_cart-v2_80"} 4
envoy_cluster_upstream_rq{service="cart-v1_shop_svc_80"} 0
envoy_cluster_upstream_rq{service="cart-v2_shop_svc_80"} 4
revision_request_count{namespace_name="shop",revision_name="cart-v1"} 0
envoy_cluster_upstream_rq{envoy_cluster_name="shop/cart-v1"} 0
revision_request_count{namespace_name="shop",revision_name="cart-v2"} 0
envoy_cluster_upstream_rq{envoy_cluster_name="shop/cart-v2"} 4
hostile{label="${HOSTILE.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"} 1
hostile{label="up"} 1
`;

const MINUTE = 60;

/** Samples of the last twenty minutes, one each fifteen seconds. */
function olderSamples(): string {
  const now = Math.floor(Date.now() / 1000);
  const times = Array.from({ length: 20 * 4 }, (_, i) => now - 20 * MINUTE + i * 15);
  const series = (labels: string, valueAt: (time: number) => number): readonly string[] =>
    times.map(time => `old_requests_total{${labels}} ${valueAt(time)} ${time}`);
  const linkerd = (deployment: string, more = ''): string =>
    `namespace="shop",deployment="${deployment}",direction="inbound"${more}`;
  return [
    ...['# TYPE old_requests counter'],
    ...series(linkerd('cart-v1'), () => 4711),
    ...series(linkerd('cart-v1', ',route_name="probe"'), time => time),
    ...series(linkerd('cart-v2'), time => (time - now + 20 * MINUTE) / 15),
    ...['# EOF', ''],
  ]
    .join('\n')
    .replaceAll('old_requests', 'request');
}

let prometheus: Running;
beforeAll(async () => {
  prometheus = await startPrometheus({ scraped: () => SCRAPED, older: olderSamples() });
});
afterAll(() => prometheus.stop());

const BASE = {
  directory: 'prod/shop/cart',
  step: 'canary-10',
  pollInterval: 180_000,
  now: Date.now(),
  timeout: 10_000,
} as const;

async function ask(obligation: Obligation, stand: Stand, more: Partial<ObserveRequest> = {}): Promise<Observation> {
  const request = {
    ...BASE,
    stand,
    obligations: [obligation],
    observers: ['prometheus' as const],
    prometheus: { url: prometheus.url },
  };
  const [answer, ...rest] = await observe({ ...request, ...more });
  expect(rest).toEqual([]);
  return answer!;
}

const words = ({ verdict, evidence }: Observation): string => `${verdict}: ${evidence}`;

const available = (version: string, replicas: number): Obligation => ({ kind: 'available', version, replicas });
const reachable = (version: string): Obligation => ({ kind: 'reachable', version });
const idle = (version: string): Obligation => ({ kind: 'idle', version });

describe('a real Prometheus', () => {
  it.each<[Obligation, string, string]>([
    [available('v1', 3), 'shop', 'seen: Prometheus: v1 has 3 of 3 available pods'],
    [available('v1', 1), 'shop', 'seen: Prometheus: v1 has 3 of 1 available pod'],
    [available('v2', 3), 'shop', 'unseen: Prometheus: v2 has 2 of 3 available pods'],
    [available('v2', 3), 'twice', 'unseen: Prometheus: v2 has 1 of 3 available pods'],
    [available('v2', 3), 'strange', 'unknown: Prometheus has no kube_deployment_status_replicas_available of cart-v2'],
    [available('v1', 3), 'other', 'unknown: Prometheus has no kube_deployment_status_replicas_available of cart-v1'],
    [available('v3', 3), 'shop', 'unknown: no Deployment of v3 is known to ask Prometheus about'],
    [reachable('v1'), 'shop', 'unseen: Prometheus: v1 has no ready addresses'],
    [reachable('v2'), 'shop', 'seen: Prometheus: v2 has 2 ready addresses'],
    [reachable('v2'), 'other', 'unknown: Prometheus has no ready address of cart-v2'],
    [idle('v1'), 'shop', 'seen: Prometheus: v1 got no requests in the last 5m'],
    [idle('v2'), 'shop', 'unseen: Prometheus: v2 got requests in the last 5m'],
    [idle('v1'), 'other', 'unknown: Prometheus has no istio_requests_total of v1'],
    [
      { kind: 'synced', state: 'canary-10' },
      'shop',
      'unknown: Prometheus does not tell whether everything was applied',
    ],
  ])('%j in %s: %s', async (obligation, namespace, expected) => {
    expect(words(await ask(obligation, standOf('istio', { namespace }))).replace(/kubectl.*/, '')).toBe(expected);
  });

  it('tells a counter that stands still from one that grows, and leaves out what the kubelet asks', async () => {
    expect(words(await ask(idle('v1'), standOf('linkerd')))).toBe(
      'seen: Prometheus: v1 got no requests in the last 5m',
    );
    expect(words(await ask(idle('v2'), standOf('linkerd')))).toBe('unseen: Prometheus: v2 got requests in the last 5m');
  });

  it('looks back over the poll interval where that is longer', async () => {
    const said = await ask(idle('v1'), standOf('linkerd'), { pollInterval: 12 * 60_000 });
    expect(words(said)).toBe('seen: Prometheus: v1 got no requests in the last 12m');
  });

  it.each([
    ['istio', 'shop'],
    ['knative', 'shop'],
    ['nginx', 'shop'],
    ['nginx', 'moved'],
    ['traefik', 'shop'],
    ['contour', 'shop'],
    ['kuma', 'shop'],
  ])('counts the requests to each version that %s reports of %s', async (provider, namespace) => {
    const stand = provider === 'knative' ? knativeStand() : standOf(provider, { namespace });
    expect(words(await ask(idle('v1'), stand))).toBe('seen: Prometheus: v1 got no requests in the last 5m');
    expect(words(await ask(idle('v2'), stand))).toBe('unseen: Prometheus: v2 got requests in the last 5m');
    expect((await ask(idle('v1'), standOf(provider, { namespace: 'elsewhere' }))).verdict).toBe('unknown');
  });

  it.each(['kubernetes', 'gateway-api', 'aws-alb', undefined])('knows no counter of %s', async provider => {
    expect(words(await ask(idle('v1'), standOf(provider)))).toContain(
      'unknown: no metric is known that counts requests to v1',
    );
  });

  it('finds the Deployment of a revision of Knative', async () => {
    expect((await ask(available('v1', 1), knativeStand())).verdict).toBe('seen');
  });

  it('reads every query that is asked of it', async () => {
    for (const provider of ['istio', 'knative', 'linkerd', 'nginx', 'traefik', 'contour', 'kuma'])
      for (const obligation of [available('v2', 1), reachable('v2'), idle('v2')]) {
        const stand = provider === 'knative' ? knativeStand() : standOf(provider);
        expect(words(await ask(obligation, { ...stand, provider })), provider).not.toContain('could not tell');
      }
  });
});

async function query(text: string): Promise<readonly { readonly metric: { readonly [label: string]: string } }[]> {
  const answer = await fetch(`${prometheus.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query: text }),
  });
  const said = (await answer.json()) as { readonly status: string; readonly data: { readonly result: [] } };
  expect(said.status, text).toBe('success');
  return said.data.result;
}

describe('what a label holds', () => {
  it('comes back from Prometheus as it was sent', async () => {
    const letters = fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\t',
      '}',
      '{',
      ',',
      '=',
      '|',
      "'",
      '`',
      '\u2028',
      '\u0001',
      'n',
      'u',
      'é',
      '😀',
    );
    const value = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(value, async is => {
        // What is absent has the labels that were asked for.
        const [found] = await query(`absent(${selector('nothing', { namespace: { is } })})`);
        expect(found?.metric).toEqual({ namespace: is });
      }),
      { numRuns: 100 },
    );
  });

  it('matches nothing but itself', async () => {
    expect(await query(selector('hostile', { label: { is: HOSTILE } }))).toHaveLength(1);
    const [found, ...others] = await query(selector('hostile', { label: { matches: literal(HOSTILE) } }));
    expect(found?.metric['label']).toBe(HOSTILE);
    expect(others).toEqual([]);
  });
});

describe('a Prometheus that cannot be asked is no yes', () => {
  const SECRET = 'hunter2-s3cret';
  const obligation = available('v1', 3);
  const stand = standOf('istio');
  const everybody = ['prometheus', 'kubectl', 'history'] as const;

  const askAt = (url: string, more: Partial<ObserveRequest> = {}): Promise<Observation> =>
    ask(obligation, stand, {
      prometheus: { url, headers: { authorization: `Bearer ${SECRET}` } },
      observers: everybody,
      ...more,
    });

  /** What a server that answers so makes of the obligation. */
  async function answered(
    answer: Parameters<typeof serve>[0],
    more: Partial<ObserveRequest> = {},
  ): Promise<Observation> {
    const { port, server } = await serve(answer);
    try {
      return await askAt(`http://127.0.0.1:${port}/prom/`, more);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const vector = (...values: readonly string[]) => ({
    status: 'success',
    data: { resultType: 'vector', result: values.map(value => ({ metric: {}, value: [1, value] })) },
  });

  it('asks below the path of its address, with its headers', async () => {
    const seen: unknown[] = [];
    const said = await answered((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization, request.headers['content-type']]);
      response.end(JSON.stringify(vector('3')));
    });
    expect(said.verdict).toBe('seen');
    expect(seen).toEqual([
      ['POST', '/prom/api/v1/query', `Bearer ${SECRET}`, 'application/x-www-form-urlencoded;charset=UTF-8'],
    ]);
  });

  it.each<[string, Parameters<typeof serve>[0], string]>([
    ['that refuses', (_, response) => response.writeHead(401).end(SECRET), 'SUREFOOT_PROMETHEUS_TOKEN'],
    ['that is out of order', (_, response) => response.writeHead(503).end(SECRET), 'it answered with 503'],
    [
      'that repeats what it was sent',
      (request, response) => response.writeHead(400).end(request.headers.authorization),
      'it answered with 400',
    ],
    [
      'that leads elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'it leads elsewhere',
    ],
    ['that is another program', (_, response) => response.end('<html>'), 'it does not answer as a Prometheus does'],
    [
      'that says error',
      (_, response) => response.end(JSON.stringify({ ...vector('3'), status: 'error' })),
      'it does not answer',
    ],
    [
      'that knows only a part',
      (_, response) => response.end(JSON.stringify({ ...vector('3'), warnings: ['store down'] })),
      'not complete',
    ],
    ['that gives two numbers', (_, response) => response.end(JSON.stringify(vector('3', '4'))), 'several numbers'],
    ['that never ends', (_, response) => endless(response), 'its answer is too long'],
    ['that hangs up', request => request.socket.destroy(), 'it cannot be reached'],
  ])('one %s', async (_, answer, words) => {
    const { verdict, by, evidence } = await answered(answer);
    expect({ verdict, by }).toEqual({ verdict: 'unknown', by: undefined });
    expect(evidence).toContain(words);
    expect(evidence).toContain('--observe kubectl or --observe history');
    expect(evidence).not.toContain(SECRET);
  });

  function endless(response: Parameters<Parameters<typeof serve>[0]>[1]): void {
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  }

  it('one that is slow', async () => {
    const said = await answered(() => undefined, { timeout: 300 });
    expect(words(said)).toContain('unknown: the Prometheus at 127.0.0.1:');
    expect(words(said)).toContain('it took longer than 0.3 s');
  });

  it('one that is not there', async () => {
    expect(words(await askAt(`http://127.0.0.1:${await freePort()}`))).toContain('it cannot be reached, ECONNREFUSED');
  });

  it.each(['prometheus.example.com', 'file:///etc/passwd', '', 'http://'])('an address that is none: %j', async url => {
    expect(words(await askAt(url))).toContain('unknown: the address of Prometheus is none');
  });

  it.each([`http://user:${SECRET}@127.0.0.1/`, `http://127.0.0.1/?token=${SECRET}`, `http://127.0.0.1/#${SECRET}`])(
    'an address with more in it',
    async url => {
      const said = words(await askAt(url));
      expect(said).toContain('unknown: the address of Prometheus holds more than a host and a path');
      expect(said).not.toContain(SECRET);
    },
  );

  it('one whose settings are wrong', async () => {
    expect(words(await ask(obligation, stand, { prometheus: { wrong: 'unset it' } }))).toBe('unknown: unset it');
  });

  it('says that there is none', async () => {
    const { prometheus: _, ...none } = { ...BASE, stand, obligations: [obligation], prometheus: undefined };
    expect((await observe({ ...none, observers: ['prometheus'] })).map(words)).toEqual([
      'unknown: no Prometheus is configured',
    ]);
  });
});
