import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { type Adopted, adoptDeployment } from '../../src/adopt/deployment.ts';
import { attemptOf } from '../../src/cli/init-draft.ts';
import { compile } from '../../src/compile.ts';
import type { Rollout, RolloutSpec } from '../../src/model/rollout.ts';

const HOME = { path: 'schemas/rollout.schema.json', isNew: false };

const PORTS = [
  { name: 'http', containerPort: 8080 },
  { name: 'metrics', containerPort: 9090 },
];

const deployment = (spec: object = { replicas: 3 }, ports: readonly object[] = PORTS): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    ...spec,
    template: {
      metadata: { labels: { app: 'shop', tier: 'web' } },
      spec: { containers: [{ name: 'shop', image: 'a/b:1', ports }] },
    },
  },
});

const service = (name: string, ports: readonly object[], selector: object = { app: 'shop' }): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector, ports },
});

const autoscaler = (spec: object, apiVersion = 'autoscaling/v2'): object => ({
  apiVersion,
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }, ...spec },
});

const cpu = (averageUtilization: number): object => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

const memory = {
  type: 'Resource',
  resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } },
};

function adopt(...objects: readonly object[]): Adopted {
  const adopted = adoptDeployment(objects, {});
  if (typeof adopted === 'string') throw new Error(adopted);
  return adopted;
}

/** The spec that is written, and what is named as left out; it has to compile. */
function specOf(
  adopted: Adopted,
  provider: string,
  more: object = {},
): { readonly spec: RolloutSpec; readonly left: readonly string[] } {
  const { text, wrong, left } = attemptOf(
    { name: 'shop', image: 'a/b:1', provider, ...more },
    { adopted, home: HOME, compile },
  );
  expect(wrong.map(({ diagnostic }) => diagnostic.code)).toEqual([]);
  return { spec: (parse(text) as Rollout).spec, left: left.map(({ what }) => what) };
}

describe('ports', () => {
  test('are those of the Service that selects the pods, with targets by number or by name', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'api', port: 81, targetPort: 9090, appProtocol: 'kubernetes.io/h2c' },
      { name: 'grpc-x', port: 8080, appProtocol: 'grpc' },
    ];
    const adopted = adopt(service('shop', ports), deployment());
    expect(adopted.ports).toEqual([
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'api', port: 81, targetPort: 9090, protocol: 'http2' },
      { name: 'grpc-x', port: 8080 },
    ]);
    expect(adopted.left).toEqual([]);
    expect(adopted.notes).toEqual(['ports are those of Service shop']);
    expect(specOf(adopted, 'istio').spec.ports).toEqual(adopted.ports);
  });

  test('of several Services are those of the one that is named like the Deployment, else of the first', () => {
    const [a, b] = [service('a', [{ port: 1, targetPort: 8080 }]), service('shop', [{ port: 2, targetPort: 8080 }])];
    const named = adopt(deployment(), a, b);
    expect(named.ports).toEqual([{ name: 'http', port: 2, targetPort: 8080 }]);
    expect(named.notes).toEqual(['several Services select the pods (shop, a): ports are those of shop']);
    expect(named.left.map(({ what }) => what)).toEqual(['port metrics', 'Service a']);
    const first = adopt(deployment(), a, service('c', [{ port: 3 }]));
    expect(first.ports).toEqual([{ name: 'http', port: 1, targetPort: 8080 }]);
    expect(first.left).toContainEqual(expect.objectContaining({ what: 'Service a', breaks: true }));
  });

  test.each([
    ['other labels', { app: 'cart' }],
    ['a label more', { app: 'shop', version: 'v1' }],
    ['no selector', {}],
  ])('are never those of a Service with %s', (_, selector) => {
    const adopted = adopt(deployment(), service('shop', [{ port: 7000, targetPort: 8080 }], selector));
    expect(adopted.ports[0]).toEqual({ name: 'http', port: 80, targetPort: 8080 });
  });

  test('without a Service clients call the first HTTP port at 80, and that is said', () => {
    const adopted = adopt(deployment({ replicas: 2 }, [{ name: 'grpc', containerPort: 9000 }, ...PORTS]));
    expect(adopted.ports).toEqual([
      { name: 'grpc', port: 9000 },
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'metrics', port: 9090, protocol: 'http' },
    ]);
    expect(adopted.notes[0]).toMatch(/^no Service of the file tells what clients call: .*80 leads to 8080 \(http\)/);
  });

  it('lead where the Service leads them, whatever their numbers', () => {
    const number = fc.integer({ min: 1, max: 65_535 });
    const entry = fc.tuple(number, fc.oneof(number, fc.constantFrom('http', 'metrics')));
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ([port]) => port, minLength: 1, maxLength: 4 }), entries => {
        const listed = entries.map(([port, targetPort], index) => ({ name: `p${index}`, port, targetPort }));
        const { ports } = adopt(deployment(), service('shop', listed));
        const numbers: { readonly [name: string]: number } = { http: 8080, metrics: 9090 };
        expect(ports.map(({ port, targetPort = port }) => [port, targetPort])).toEqual(
          entries.map(([port, target]) => [port, typeof target === 'string' ? numbers[target] : target]),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('that lead to no port of the container are named as what breaks', () => {
    const adopted = adopt(deployment(), service('shop', [{ name: 'x', port: 80, targetPort: 'sidecar' }]));
    expect(adopted.left).toContainEqual(expect.objectContaining({ what: 'port x of the Service', breaks: true }));
  });
});

describe('the number of pods', () => {
  const scaled = adopt(deployment({}), autoscaler({ minReplicas: 3, maxReplicas: 9, metrics: [memory, cpu(65)] }));

  test('is what a HorizontalPodAutoscaler chooses, by the CPU alone', () => {
    const { spec } = specOf(scaled, 'istio');
    expect(spec.workload).toMatchObject({ autoscale: { min: 3, max: 9, cpu: 65 } });
    expect(spec.workload).not.toHaveProperty('replicas');
    expect(scaled.left).toContainEqual(
      expect.objectContaining({ what: 'HorizontalPodAutoscaler shop, metric Resource memory', breaks: true }),
    );
  });

  test('is read from autoscaling/v1 too, and replicas beside it do not count', () => {
    const v1 = autoscaler({ maxReplicas: 5, targetCPUUtilizationPercentage: 70 }, 'autoscaling/v1');
    expect(specOf(adopt(v1, deployment()), 'kubernetes').spec.workload).toEqual({
      autoscale: { min: 1, max: 5, cpu: 70 },
      labels: { tier: 'web' },
    });
  });

  test('is never that of an autoscaler of something else', () => {
    const other = autoscaler({ scaleTargetRef: { kind: 'StatefulSet', name: 'shop' }, maxReplicas: 5 });
    expect(specOf(adopt(deployment(), other), 'istio').spec.workload?.replicas).toBe(3);
  });

  test('where it is autoscaled and splits by pods, all traffic moves at once; elsewhere little by little', () => {
    const next = { 'new-image': 'a/b:2' };
    expect(specOf(scaled, 'kubernetes', next).spec.steps).toEqual([{ blueGreen: { to: 'v2', pause: '30m' } }]);
    expect(specOf(scaled, 'istio', next).spec.steps).toHaveLength(2);
    expect(specOf(adopt(deployment()), 'kubernetes', next).spec.steps?.[0]).toHaveProperty('canary');
  });

  test('on Knative is bounds of a revision', () => {
    const { spec, left } = specOf(scaled, 'knative', { 'new-image': 'a/b:2' });
    expect(spec.workload).toEqual({ replicas: 3, labels: { tier: 'web' } });
    expect(spec['knative']).toEqual({ maxScale: 9 });
    expect(left).toContain('autoscale cpu 65');
  });

  test('is the one that a person types, before all others', () => {
    const { spec, left } = specOf(scaled, 'kubernetes', { replicas: '4' });
    expect(spec.workload).toEqual({ replicas: 4, labels: { tier: 'web' } });
    expect(left).toContain('HorizontalPodAutoscaler');
  });

  test('is one where nothing says it, as in the cluster, and that is said', () => {
    const adopted = adopt(deployment({}));
    expect(specOf(adopted, 'istio').spec.workload?.replicas).toBe(1);
    expect(adopted.notes).toContain('the Deployment says no replicas, so that one pod runs: replicas is 1');
  });
});

test('objects beside the Deployment may hold anything: nothing is thrown', () => {
  const value = fc.oneof(fc.anything({ maxDepth: 3 }), fc.constant({ toString: 1 }));
  const entry = fc.record({ name: value, port: fc.constantFrom(80, 81), targetPort: value, appProtocol: value });
  const metric = fc.record({ type: fc.oneof(value, fc.constant('Resource')), resource: value });
  fc.assert(
    fc.property(fc.array(fc.oneof(entry, value)), fc.array(fc.oneof(metric, value)), value, (ports, metrics, any) => {
      const beside = [service('shop', ports as object[]), autoscaler({ metrics, minReplicas: any, behavior: any })];
      expect(adopt(deployment(), ...beside).identity.name).toBe('shop');
      const odd = { kind: 'Service', metadata: any, spec: any };
      adopt(deployment(), odd, { ...odd, kind: 'HorizontalPodAutoscaler', apiVersion: 'autoscaling/v2' });
    }),
  );
});
