import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Stand } from '../../src/check-hop.ts';
import { type ObserveRequest, observe } from '../../src/host/observe.ts';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Obligation } from '../../src/model/plan.ts';
import { configurationStand, deployment, knativeStand, service, standOf } from '../gate/stands.ts';
import { answerAs, type Kept } from './api-server.ts';
import { freePort, serve } from './prometheus-server.ts';
import { temporaryFolder } from './workspace.ts';

let objects: readonly Kept[] = [];
let port: number;
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  ({ port, server } = await serve(answerAs(() => objects)));
});
beforeEach(() => useCluster(port));
afterAll(() => {
  Object.assign(process.env, before);
  if (before['KUBECONFIG'] === undefined) delete process.env['KUBECONFIG'];
  server.closeAllConnections();
  server.close();
});

/** Makes kubectl talk to a port of this machine, in a context called `test`. */
function useCluster(at: number, current = 'test'): void {
  const home = temporaryFolder();
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': current },
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${at}` } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    users: [{ name: 'test', user: {} }],
  };
  writeFileSync(join(home, 'config'), JSON.stringify(config));
  Object.assign(process.env, { KUBECONFIG: join(home, 'config'), HOME: home, PATH: before['PATH'] });
}

/** What the server adds to what it is given. */
const live = (object: KubeObject, status?: Json): Kept => ({
  ...object,
  metadata: {
    ...object.metadata,
    ...{ uid: '1', resourceVersion: '7', generation: 2, creationTimestamp: '2026-06-01T14:00:00Z' },
  },
  ...(status === undefined ? {} : { status }),
});

const running = (object: KubeObject, pods: number, more: { readonly [key: string]: Json } = {}): Kept => {
  const spec = { progressDeadlineSeconds: 600, ...(object['spec'] as { readonly [key: string]: Json }) };
  return live(
    { ...object, spec },
    { observedGeneration: 2, replicas: pods, updatedReplicas: pods, availableReplicas: pods, ...more },
  );
};

const slice = (name: string, ready: readonly (boolean | undefined)[]): Kept => ({
  ...{ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4' },
  metadata: { name: `${name}-x7f2p`, namespace: 'shop', labels: { 'kubernetes.io/service-name': name } },
  endpoints: ready.map((one, i) => ({
    addresses: [`10.0.0.${i + 1}`],
    conditions: one === undefined ? {} : { ready: one },
  })),
});

const BASE = {
  directory: 'prod/shop/cart',
  step: 'canary-10',
  pollInterval: 180_000,
  now: Date.now(),
  timeout: 20_000,
} as const;

async function ask(
  obligation: Obligation,
  more: Partial<ObserveRequest> & { readonly stand?: Stand } = {},
): Promise<string> {
  const [said] = await observe({
    ...BASE,
    stand: standOf('istio'),
    obligations: [obligation],
    observers: ['kubectl'],
    ...more,
  });
  return words(said!);
}

const words = ({ verdict, by, evidence }: Observation): string =>
  `${verdict}${by === undefined ? '' : ` by ${by}`}: ${evidence}`;

const available = (version: string, replicas: number): Obligation => ({ kind: 'available', version, replicas });

describe('pods that are available', () => {
  const v2 = deployment('v2');
  it.each<[string, readonly Kept[], string]>([
    ['all', [running(v2, 3)], 'seen by kubectl: kubectl, context test: v2 has 3 of 3 available pods'],
    ['more', [running(v2, 5)], 'seen by kubectl: kubectl, context test: v2 has 5 of 3 available pods'],
    ['too few', [running(v2, 2)], 'unseen by kubectl: kubectl, context test: v2 has 2 of 3 available pods'],
    [
      'none',
      [running(v2, 0, { availableReplicas: null })],
      'unseen by kubectl: kubectl, context test: v2 has 0 of 3 available pods',
    ],
    [
      'some of an older template',
      [running(v2, 3, { updatedReplicas: 1 })],
      'unseen by kubectl: kubectl, context test: v2 has 1 of 3 available pods',
    ],
    [
      'not looked at',
      [running(v2, 3, { observedGeneration: 1 })],
      'unseen by kubectl: kubectl, context test: Deployment/cart-v2 was changed, and its controller has not looked at it yet',
    ],
    [
      'another image',
      [running(deployment('v2', 3, 'old'), 3)],
      'unseen by kubectl: kubectl, context test: Deployment/cart-v2 is not as committed: spec.template.spec.containers[cart].image',
    ],
    [
      'another number',
      [running(deployment('v2', 5), 5)],
      'unseen by kubectl: kubectl, context test: Deployment/cart-v2 is not as committed: spec.replicas',
    ],
    [
      'not there',
      [running(deployment('v1'), 3)],
      'unseen by kubectl: kubectl, context test: Deployment/cart-v2 is not there',
    ],
    ['nothing there', [], 'unseen by kubectl: kubectl, context test: Deployment/cart-v2 is not there'],
  ])('%s', async (_, kept, expected) => {
    objects = kept;
    expect(await ask(available('v2', 3))).toBe(expected);
  });

  it('are known of versions that have some', async () => {
    expect(await ask(available('v9', 1))).toBe('unknown: nothing of v9 is known to ask kubectl about');
  });
});

describe('a version that is reachable', () => {
  const reachable: Obligation = { kind: 'reachable', version: 'v2' };

  it.each<[string, readonly Kept[], string]>([
    [
      'one of two',
      [slice('cart-v2', [true, false]), slice('cart-v1', [true])],
      'seen by kubectl: kubectl, context test: v2 has 1 ready address',
    ],
    [
      'nobody knows',
      [slice('cart-v2', [undefined, undefined])],
      'seen by kubectl: kubectl, context test: v2 has 2 ready addresses',
    ],
    [
      'none ready',
      [slice('cart-v2', [false])],
      'unseen by kubectl: kubectl, context test: Service/cart-v2 has no ready address',
    ],
    [
      'no slices',
      [slice('cart-v1', [true])],
      'unseen by kubectl: kubectl, context test: Service/cart-v2 has no ready address',
    ],
  ])('%s', async (_, kept, expected) => {
    objects = kept;
    expect(await ask(reachable)).toBe(expected);
  });

  it('through a Service of somebody else', async () => {
    objects = [slice('legacy', [true])];
    const stand = standOf('istio', { versions: [{ name: 'v2', service: 'legacy' }], objects: [] });
    expect(await ask(reachable, { stand })).toContain('seen by kubectl');
  });

  it('by its pods where no Service is its own', async () => {
    objects = [running(deployment('v2'), 3)];
    const stand = standOf('kubernetes', { objects: [deployment('v1'), deployment('v2'), service()] });
    expect(await ask(reachable, { stand })).toBe('seen by kubectl: kubectl, context test: v2 has 3 of 1 available pod');
  });

  const knative = (kind: string, ready: string, observedGeneration = 2): Kept =>
    live(
      { apiVersion: 'serving.knative.dev/v1', kind, metadata: { name: 'cart-v2', namespace: 'shop' }, spec: {} },
      {
        observedGeneration,
        conditions: [
          { type: 'Active', status: 'False' },
          { type: 'Ready', status: ready },
        ],
      },
    );

  it.each<[string, () => Stand, Kept | undefined, string]>([
    [
      'a revision',
      knativeStand,
      knative('Revision', 'True'),
      'seen by kubectl: kubectl, context test: cart-v2 is ready',
    ],
    [
      'a revision that is not ready',
      knativeStand,
      knative('Revision', 'Unknown'),
      'unseen by kubectl: kubectl, context test: cart-v2 is not ready',
    ],
    [
      'a revision that is not there',
      knativeStand,
      undefined,
      'unseen by kubectl: kubectl, context test: Knative has no cart-v2',
    ],
    [
      'a Configuration',
      configurationStand,
      knative('Configuration', 'True'),
      'seen by kubectl: kubectl, context test: cart-v2 is ready',
    ],
    [
      'a Configuration that was changed',
      configurationStand,
      knative('Configuration', 'True', 1),
      'unseen by kubectl: kubectl, context test: cart-v2 is not ready',
    ],
  ])('%s', async (_, stand, kept, expected) => {
    objects = kept === undefined ? [] : [kept];
    expect(await ask(reachable, { stand: stand() })).toBe(expected);
  });
});

describe('a state that is synced', () => {
  const synced: Obligation = { kind: 'synced', state: 'canary-10' };
  const all = (): readonly Kept[] => standOf('istio').objects.map(object => live(object));

  it('has every object as it is committed, and nothing more', async () => {
    objects = [
      ...all(),
      live({ ...service('v1'), metadata: { name: 'other', namespace: 'shop' } }),
      slice('cart-v1', [true]),
    ];
    expect(await ask(synced)).toBe(
      'seen by kubectl: kubectl, context test: all 5 objects are as committed, and nothing of these kinds is left over',
    );
  });

  it('lacks none', async () => {
    objects = all().slice(1);
    expect(await ask(synced)).toBe('unseen by kubectl: kubectl, context test: Deployment/cart-v1 is not there');
    objects = [];
    expect(await ask(synced)).toContain('is not there');
  });

  it('differs nowhere, and no value is told', async () => {
    objects = all().map(one =>
      one.metadata.name === 'cart-v2' && one.kind === 'Service'
        ? { ...one, spec: { selector: { app: 's3cret', version: 'v2' }, ports: [] } }
        : one,
    );
    const said = await ask(synced);
    expect(said).toMatch(/^unseen by kubectl: kubectl, context test: Service\/cart-v2 is not as committed: spec\./);
    expect(said).not.toContain('s3cret');
  });

  it('leaves nothing over', async () => {
    objects = [...all(), live(deployment('v0'))];
    expect(await ask(synced)).toBe('unseen by kubectl: kubectl, context test: Deployment/cart-v0 is left over');
  });

  it('may have one object alone', async () => {
    objects = all();
    const stand = standOf('istio', { objects: [service()] });
    expect(await ask(synced, { stand })).toContain('Service/cart-v1 is left over');
    objects = [live(service())];
    expect(await ask(synced, { stand })).toContain('seen by kubectl');
  });

  it('is not the one that stands: nobody can tell', async () => {
    expect(await ask({ kind: 'synced', state: 'canary-20' })).toBe(
      'unknown: kubectl was not asked: canary-20 is not what stands',
    );
  });

  it('has a kind that the cluster lacks', async () => {
    objects = all();
    const gateway = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'cart', namespace: 'shop' },
      spec: {},
    };
    const said = await ask(synced, { stand: standOf('istio', { objects: [...standOf('istio').objects, gateway] }) });
    expect(said).toMatch(/^unknown: kubectl could not tell, context test: .*VirtualService.*--observe history$/);
  });
});

describe('what kubectl does not see', () => {
  it('are requests', async () => {
    expect(await ask({ kind: 'idle', version: 'v1' })).toBe('unknown: kubectl does not see requests');
  });

  it.each(['--kubeconfig=evil', 'A', 'a,b', 'a b', '', '-a'])('are names that no cluster has: %j', async name => {
    objects = [];
    const named = { ...deployment('v2'), metadata: { ...deployment('v2').metadata, name } };
    const stand = standOf('istio', { objects: [named], versions: [{ name: 'v2', service: name }] });
    for (const kind of ['available', 'reachable'] as const)
      expect(await ask({ kind, version: 'v2', replicas: 1 }, { stand })).toBe(
        'unknown: nothing of v2 is known to ask kubectl about',
      );
    expect(await ask(available('v2', 1), { stand: { ...standOf('istio'), namespace: name } })).toContain(
      'a namespace that cannot be',
    );
  });
});

describe('a cluster that cannot be asked', () => {
  const everybody: Partial<ObserveRequest> = { observers: ['prometheus', 'kubectl', 'history'] };

  it('is unknown, and nobody weaker answers for it', async () => {
    useCluster(await freePort());
    expect(await ask(available('v2', 3), everybody)).toMatch(
      /^unknown: kubectl could not tell, context test: .*refused.*; take the word of another one with --observe history$/,
    );
  });

  it('is unknown where the named context is not there', async () => {
    expect(await ask(available('v2', 3), { ...everybody, kubeContext: 'prod' })).toMatch(
      /^unknown: kubectl could not tell, context prod: .*prod/,
    );
  });

  it('is asked in the named context, whichever is the current one', async () => {
    useCluster(port, '');
    objects = [running(deployment('v2'), 3)];
    expect(await ask(available('v2', 3), { kubeContext: 'test' })).toContain('seen by kubectl: kubectl, context test');
  });

  it('is none where there is no current context: the next one is asked', async () => {
    useCluster(port, '');
    expect(await ask(available('v2', 3))).toBe('unknown: kubectl has no current context');
    expect(await ask(available('v2', 3), everybody)).toContain(
      'kubectl has no current context; there is no git repository',
    );
  });

  it('is none where kubectl is not on the PATH', async () => {
    process.env['PATH'] = temporaryFolder();
    expect(await ask(available('v2', 3))).toBe('unknown: kubectl is not on the PATH');
    expect(await ask(available('v2', 3), { kubeContext: 'test' })).toContain(
      'unknown: kubectl could not tell, context test: it is not on the PATH',
    );
  });

  it('is given up after a while', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'kubectl'), '#!/bin/sh\nexec sleep 60\n');
    chmodSync(join(folder, 'kubectl'), 0o755);
    process.env['PATH'] = `${folder}:${before['PATH']}`;
    expect(readdirSync(folder)).toEqual(['kubectl']);
    expect(await ask(available('v2', 3), { timeout: 500 })).toContain('it took longer than 0.5 s');
  });
});

it('a cluster is asked where Prometheus has no such series, and the evidence says so', async () => {
  objects = [running(deployment('v2'), 3)];
  const empty = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } });
  const prometheus = await serve((_, response) => response.end(empty));
  const said = await ask(available('v2', 3), {
    observers: ['history', 'kubectl', 'prometheus'],
    prometheus: { url: `http://127.0.0.1:${prometheus.port}` },
  });
  prometheus.server.closeAllConnections();
  prometheus.server.close();
  expect(said).toBe(
    'seen by kubectl: kubectl, context test: v2 has 3 of 3 available pods; Prometheus has no kube_deployment_status_replicas_available of cart-v2',
  );
});
