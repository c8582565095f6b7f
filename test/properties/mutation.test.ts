import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, KubeObject } from '../../src/model/kubernetes.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Pods } from '../../src/model/recovered.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { strayObject } from '../../src/prove/objects.ts';
import { translationDifference } from '../../src/prove/translation.ts';
import { PROVIDERS, providerNamed } from '../../src/providers/registry.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { readPods } from '../../src/workloads/read.ts';
import { compileCase } from '../golden/given.ts';
import { PROVIDER_NAMES, RANDOM } from './random-rollout.ts';
import { templates } from './random-templates.ts';

type LeafPath = readonly (string | number)[];
interface Leaf {
  readonly path: LeafPath;
  readonly value: Json;
}

function leaves(value: Json, path: LeafPath = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, part]) =>
    leaves(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The value with one leaf replaced. */
function replaced(value: Json, [key, ...rest]: LeafPath, leaf: Json): Json {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.map((part, i) => (i === key ? replaced(part, rest, leaf) : part));
  const entries = Object.entries(value as { [name: string]: Json });
  return Object.fromEntries(
    entries.map(([name, part]) => [name, name === String(key) ? replaced(part, rest, leaf) : part]),
  );
}

/** Other values of the same type; a weight changes by more than the language can see. A leaf left out is its API's default, and each reader's own tests say what that means. */
function mutants(value: Json, path: LeafPath): readonly Json[] {
  if (typeof value === 'string') return value === '' ? ['x'] : [`${value}x`, ''];
  if (typeof value === 'number') return [path.at(-1) === 'weight' ? value * 3 + 7 : value + 1, value === 0 ? 2 : 0];
  return [typeof value === 'boolean' ? !value : true];
}

/** Whether a path matches `Kind a.*.b` of an inert list; a last `**` stands for everything below. */
function matches(pattern: string, object: KubeObject, path: LeafPath): boolean {
  const [kind, dotted = ''] = pattern.split(' ');
  const parts = dotted.split('.');
  if (kind !== object.kind) return false;
  const deep = parts.at(-1) === '**';
  if (deep ? path.length < parts.length - 1 : path.length !== parts.length) return false;
  return (deep ? parts.slice(0, -1) : parts).every((part, i) => part === '*' || part === String(path[i]));
}

interface Case {
  readonly plan: Plan;
  readonly provider: Provider;
  readonly pods: (state: State) => readonly Pods[];
}

function caseOf(plan: Plan): Case {
  const provider = providerNamed(plan.provider)!;
  const workloads = workloadEmitter(plan);
  const foreign = plan.versions.flatMap(v =>
    v.kind === 'service'
      ? [
          {
            version: v.name,
            replicas: 0,
            labels: { 'surefoot.dev/service': v.service },
            keeper: `/Service/${plan.namespace}/${v.service}`,
            ports: plan.ports.map(({ port }) => port),
          },
        ]
      : [],
  );
  return {
    plan,
    provider,
    pods: state => [...(provider.capabilities.ownsWorkloads ? [] : readPods(workloads(state))), ...foreign],
  };
}

/** Leaves whose change nobody would notice, although they are on no inert list; and the inert patterns that were met. */
function unnoticed({ plan, provider, pods }: Case, met: Set<string>): readonly string[] {
  const emit = provider.emitter(plan);
  const done = new Set<KubeObject>();
  return plan.states.flatMap(state => {
    const objects = emit(state);
    const read = provider.recover(objects, pods(state));
    const rules = JSON.stringify(read.rules);
    expect(translationDifference(plan, state, provider, read)).toBeUndefined();
    return objects.flatMap(object => {
      if (done.has(object)) return [];
      done.add(object);
      return leaves(object).flatMap(({ path, value }) =>
        mutants(value, path).flatMap(mutant => {
          const changed = replaced(object, path, mutant) as unknown as KubeObject;
          const others = objects.map(o => (o === object ? changed : o));
          const found = provider.recover(others, pods(state));
          const seen =
            strayObject(plan, others) !== undefined ||
            translationDifference(plan, state, provider, found) !== undefined ||
            // Another match between two rules with the same outcome is read, and changes nothing.
            JSON.stringify(found.rules) !== rules;
          const inert = provider.inert.filter(entry => matches(entry.path, object, path));
          for (const { path: pattern } of inert) met.add(pattern);
          if (seen || inert.length > 0) return [];
          return [
            `${state.name}: ${object.kind} ${path.join('.')} ${JSON.stringify(value)} → ${JSON.stringify(mutant)}`,
          ];
        }),
      );
    });
  });
}

const root = join(import.meta.dirname, '../..');
const living = readdirSync(join(root, 'rollouts'))
  .filter(name => name.endsWith('.yaml'))
  .map(name => {
    const file = `rollouts/${name}`;
    const { results } = compileCase({ file, text: readFileSync(join(root, file), 'utf8') }, root, root);
    return { file: name, plan: results![0]!.plan };
  });

describe('every scalar leaf of every routing object matters', () => {
  it.each(living)('in $file', ({ plan }) => {
    expect(unnoticed(caseOf(plan), new Set())).toEqual([]);
  });

  it.each(PROVIDER_NAMES)('in random rollouts on %s', name => {
    const met = new Set<string>();
    fc.assert(
      fc.property(RANDOM[name], rollout => {
        const { plan, findings } = planRollout(flatten(rollout, PROVIDERS).flats[0]!, PROVIDERS, undefined, templates);
        expect(findings.filter(f => f.severity === 'error')).toEqual([]);
        expect(unnoticed(caseOf(plan!), met)).toEqual([]);
      }),
      { numRuns: 25 },
    );
    const idle = providerNamed(name)!.inert.filter(
      entry => !met.has(entry.path) && !entry.path.endsWith(' metadata.annotations.**'),
    );
    expect(
      idle.map(entry => entry.path),
      'inert entries that no emitted object has',
    ).toEqual([]);
  });
});
