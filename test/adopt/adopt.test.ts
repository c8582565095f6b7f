import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Adopted, adoptDeployment } from '../../src/adopt/deployment.ts';
import { readDocuments } from '../../src/adopt/documents.ts';
import { portsFor } from '../../src/adopt/ports.ts';
import { type Settled, settle } from '../../src/adopt/settle.ts';
import { compile } from '../../src/compile.ts';
import type { EnvSpec, Rollout } from '../../src/model/rollout.ts';
import { fileOf } from './random-deployment.ts';

const PROVIDERS = ['kubernetes', 'istio', 'knative'] as const;

function adopt(text: string): Adopted {
  const read = readDocuments(text);
  if ('wrong' in read) throw new Error(read.wrong);
  const adopted = adoptDeployment(read.documents, {});
  if (typeof adopted === 'string') throw new Error(adopted);
  return adopted;
}

function settleOf(adopted: Adopted, provider: string, newImage?: string): Settled {
  const { ports, left } = portsFor(provider, provider !== 'knative', adopted.ports);
  const { name = 'x', replicas } = adopted.identity;
  const draft = {
    name,
    provider,
    image: adopted.image ?? '',
    ports,
    workload: adopted.workload,
    ...(newImage === undefined ? {} : { newImage }),
    ...(replicas === undefined ? {} : { replicas }),
  };
  const settled = settle(draft, { compile, schema: '../schemas/rollout.schema.json', typed: ['name', 'provider'] });
  return { ...settled, left: [...left, ...settled.left] };
}

const errorsOf = (text: string): readonly string[] =>
  compile({ file: 'rollouts/shop.yaml', text })
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

/** A variable in the words of a Rollout. */
const specOf = ({ value, valueFrom }: { value?: string; valueFrom?: object }): unknown => valueFrom ?? value ?? '';

describe('a Deployment, whatever it holds', () => {
  it('gives a Rollout that compiles, with the same image, variables and ports, and names all that it leaves out', () => {
    fc.assert(
      fc.property(fileOf, fc.constantFrom(...PROVIDERS), fc.boolean(), ({ object, text }, provider, releases) => {
        const adopted = adopt(text);
        const settled = settleOf(adopted, provider, releases ? 'ghcr.io/acme/shop:2.0.0' : undefined);
        expect(settled.wrong.map(({ diagnostic }) => diagnostic.code)).toEqual([]);
        expect(errorsOf(settled.text)).toEqual([]);
        const { spec } = parse(settled.text) as Rollout;
        const [container] = object.spec.template.spec.containers;
        expect(spec.versions['v1']?.image).toBe(container?.image);
        const left = [...adopted.left, ...settled.left].map(({ what }) => what);

        const env: { readonly [name: string]: EnvSpec } = spec.workload?.env ?? {};
        (container?.env ?? []).forEach((entry, index, all) => {
          if (all.findLastIndex(other => other.name === entry.name) !== index) return;
          if (Object.hasOwn(env, entry.name)) expect(env[entry.name]).toEqual(specOf(entry as never));
          else expect(left).toContain(`env ${entry.name}`);
        });
        expect(Object.keys(env).every(name => container?.env?.some(entry => entry.name === name))).toBe(true);

        const numbers = (spec.ports ?? []).map(port => port.targetPort ?? port.port);
        for (const number of numbers) expect(container?.ports?.map(port => port.containerPort)).toContain(number);
        const lost = (container?.ports ?? []).filter(port => !numbers.includes(port.containerPort));
        expect(left.filter(what => what.startsWith('port')).length).toBeGreaterThanOrEqual(
          new Set(lost).size > 0 ? 1 : 0,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('of which nothing is strange is taken over whole', () => {
    const env = [
      { name: 'A', value: 'on' },
      { name: 'B', value: 'a\nb\n' },
      { name: 'C', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    ];
    const text = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { name: 'shop', image: 'a/b:1', env, ports: [{ name: 'http', containerPort: 80 }], args: ['-v', 'a b'] },
            ],
          },
        },
      },
    });
    const adopted = adopt(text);
    const { text: written, left } = settleOf(adopted, 'kubernetes');
    expect([adopted.left, left]).toEqual([[], []]);
    expect((parse(written) as Rollout).spec.workload).toEqual({
      replicas: 3,
      args: ['-v', 'a b'],
      env: { A: 'on', B: 'a\nb\n', C: { secretKeyRef: { name: 'db', key: 'password' } } },
    });
  });

  it('keeps the times that the API server would have filled in, where they are not those of a Rollout', () => {
    const probe = { httpGet: { path: '/x', port: 80 } };
    const pod = { containers: [{ image: 'a/b:1', ports: [{ containerPort: 80 }], readinessProbe: probe }] };
    const { workload } = adopt(
      JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: pod } } }),
    );
    expect(workload.readiness).toEqual({ path: '/x', period: '10s', timeout: '1s' });
  });
});

describe('the first canary', () => {
  it('compiles for every number of pods', () => {
    for (let replicas = 1; replicas <= 40; replicas++) {
      const adopted: Adopted = {
        identity: { name: 'shop', replicas },
        image: 'a/b:1',
        ports: [],
        workload: {},
        left: [],
        notes: [],
      };
      const { text, wrong, left } = settleOf(adopted, 'kubernetes', 'a/b:2');
      expect([wrong, left, errorsOf(text)]).toEqual([[], [], []]);
    }
  });

  it('has the usual weights where pods do not limit it', () => {
    const adopted: Adopted = {
      identity: { name: 'shop' },
      image: 'a/b:1',
      ports: [],
      workload: {},
      left: [],
      notes: [],
    };
    expect(settleOf(adopted, 'istio', 'a/b:2').text).toContain('weights: [ 5, 20, 50 ]');
  });
});

describe('a file of other tools', () => {
  it('may be any text: nothing is thrown', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void readDocuments(text)));
    fc.assert(fc.property(fc.anything(), value => void adoptDeployment([value], {})));
  });

  it('is read with anchors, merge keys and several documents', () => {
    const read = readDocuments('a: &x { b: 1 }\nc: { <<: *x }\n---\nd: 2\n');
    expect(read).toEqual({ documents: [{ a: { b: 1 }, c: { b: 1 } }, { d: 2 }] });
  });

  it('cannot make the reader recurse, nor grow', () => {
    expect(readDocuments('['.repeat(100_000))).toHaveProperty('wrong');
    const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)];
    expect(readDocuments(bomb.join('\n'))).toHaveProperty('wrong');
    expect(readDocuments('a: *b')).toHaveProperty('wrong');
    expect(readDocuments(`a: ${'x'.repeat(1024 * 1024)}`)).toHaveProperty('wrong');
  });

  it('of several Deployments needs a name', () => {
    const one = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } });
    expect(adoptDeployment([one('a'), one('b')], {})).toContain('(a, b)');
    expect(adoptDeployment([one('a'), one('b')], { name: 'b' })).toMatchObject({ identity: { name: 'b' } });
    expect(adoptDeployment([{ kind: 'Pod' }], {})).toContain('only Pod');
  });
});
