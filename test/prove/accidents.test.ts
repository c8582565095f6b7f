import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { KubeObject } from '../../src/model/kubernetes.ts';
import { valueAt } from '../../src/model/template.ts';
import { translationDifference } from '../../src/prove/translation.ts';
import { providerNamed } from '../../src/providers/registry.ts';
import { readPods } from '../../src/workloads/read.ts';
import { broken, inProd } from './hop-of-objects.ts';
import { apply, fieldOf } from './oracle/oracle.ts';

/** A hop that went wrong somewhere, as a person tells it. */
interface Accident {
  readonly provider: string;
  /** Pods of each version that carry all requests. */
  readonly strengths?: { readonly [version: string]: number };
  readonly breaks: { readonly by: readonly string[]; readonly trouble: { readonly kind: string } };
  readonly unchanged: readonly KubeObject[];
  readonly before: readonly KubeObject[];
  readonly after: readonly KubeObject[];
}

const ACCIDENTS = join(import.meta.dirname, 'accidents');
const accidents = readdirSync(ACCIDENTS).map(file => ({
  name: basename(file, '.yaml').replaceAll('-', ' '),
  accident: parse(readFileSync(join(ACCIDENTS, file), 'utf8')) as Accident,
}));

const hopOf = ({ provider, strengths, unchanged, before, after }: Accident) => {
  const both = unchanged.map(inProd);
  return {
    provider: providerNamed(provider)!,
    rollout: 'shop',
    namespace: 'prod',
    starts: [[...both, ...before.map(inProd)]],
    end: [...both, ...after.map(inProd)],
    ...(strengths === undefined ? {} : { strengths }),
  };
};

describe('known accidents', () => {
  it('are all told', () => expect(accidents.length).toBe(10));

  it.each(accidents)('$name', ({ accident }) => {
    const found = broken(hopOf(accident));
    expect(found?.start).toEqual([]);
    expect(found?.operations.map(({ verb, object }) => `${verb} ${object}`)).toEqual(accident.breaks.by);
    expect(found?.trouble).toMatchObject(accident.breaks.trouble);
  });

  it.each(accidents)('$name: brute force sees it, too, and nothing wrong with either side', ({ accident }) => {
    const hop = hopOf(accident);
    const field = fieldOf({ ...hop, root: '/Service/prod/shop', foreign: [], ever: hop.starts[0]! });
    const all = new Set(field.pieces.map(({ identity }) => identity));
    const done = new Set(accident.breaks.by.map(operation => operation.split(' ')[1]!));
    expect(apply(field, new Map(), new Set()).failing).toEqual(new Set());
    expect(apply(field, new Map(), all).failing).toEqual(new Set());
    const { kind } = accident.breaks.trouble;
    // It counts no pods, and knows no rivals.
    if (kind === 'overloaded' || kind === 'same-name') return;
    expect([...apply(field, new Map(), done).anew].map(found => found.split(' ')[0])).toContain(kind);
  });
});

const rollout = (spec: string): string => `
apiVersion: surefoot.dev/v1
kind: Rollout
metadata: { name: shop, namespace: prod }
spec:
${spec}
  versions:
    v1: { image: registry.example.com/shop:1.0.0 }
    v2: { image: registry.example.com/shop:2.0.0 }
`;

const compiled = (spec: string) => compile({ file: 'rollouts/shop.yaml', text: rollout(spec) });

const codes = (spec: string): readonly string[] =>
  compiled(spec)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

interface Route {
  readonly match: { [condition: string]: unknown }[];
}

const virtualService = (http: string): KubeObject =>
  inProd(
    parse(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec: { hosts: [shop], http: ${http} }
`),
  );

describe('accidents that no hop is needed for', () => {
  it('weights that are all 0 are refused, and read as no split', () => {
    expect(codes('  provider: istio\n  steps: [{ name: none, traffic: { v1: 0, v2: 0 } }]')).toEqual([
      'traffic/total-not-100',
    ]);
    const zero = virtualService(
      '[{ route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 0 }] }]',
    );
    const { problems, rules } = providerNamed('istio')!.recover([zero], []);
    expect(problems.join(' ')).toContain('a total weight of 0');
    expect(rules[0]?.split).toEqual([]);
  });

  it('a canary of one pod beside one pod is half of the requests, and refused where 10 % were asked for', () => {
    const steps = '  steps: [{ name: canary, traffic: { v1: 90, v2: 10 } }]';
    expect(codes(`  provider: kubernetes\n  workload: { replicas: 1 }\n${steps}`)).toEqual(['replicas/unreachable']);
  });

  it('a rule about a header never takes the rest of the host over: the path of the route is in each of its matches', () => {
    const { results } = compiled(`  provider: istio
  route: { path: /api }
  rules: { testers: { match: [{ headers: { end-user: jason } }], traffic: { v2: 100 } } }
  steps: [{ name: internal, traffic: { v1: 100 }, rules: [testers] }]`);
    const { plan, files } = results![0]!;
    const { text } = files.find(({ path }) => path.endsWith('/internal.yaml'))!;
    const istio = providerNamed('istio')!;
    const differenceOf = (objects: readonly KubeObject[]): string | undefined => {
      const routing = objects.filter(({ kind }) => ['Service', 'DestinationRule', 'VirtualService'].includes(kind));
      const state = plan.states.find(({ name }) => name === 'internal')!;
      return translationDifference(plan, state, istio, istio.recover(routing, readPods(objects)))?.path;
    };
    const objects: KubeObject[] = parseAllDocuments(text).map(document => document.toJS());
    expect(differenceOf(objects)).toBeUndefined();
    const [first] = valueAt(
      objects.find(({ kind }) => kind === 'VirtualService'),
      'spec',
      'http',
    ) as unknown as Route[];
    expect(first!.match.map(match => Object.keys(match))).toEqual([
      ['uri', 'headers'],
      ['uri', 'headers'],
    ]);
    for (const match of first!.match) delete match['uri'];
    expect(differenceOf(objects)).toMatch(/matches/);
    expect(
      codes(`  provider: istio
  route: { path: /api }
  rules: { testers: { match: [{ path: /other, headers: { end-user: jason } }], traffic: { v2: 100 } } }
  steps: [{ name: internal, traffic: { v1: 100 }, rules: [testers] }]`),
    ).toEqual(['match/outside-route-path']);
  });
});
