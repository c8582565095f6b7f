import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Compiled, CompiledRollout } from '../../src/model/compiled.ts';
import type { Plan, State } from '../../src/model/plan.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { WHOLE } from '../../src/model/traffic.ts';
import { expandSteps } from '../../src/plan/expand.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from './random-rollout.ts';

const compileObject = (rollout: Rollout): Compiled =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES });

function resultOf(compiled: Compiled): CompiledRollout {
  const errors = compiled.diagnostics.filter(d => d.severity === 'error');
  expect(errors.map(e => `${e.line}:${e.column} ${e.code} ${e.what}`)).toEqual([]);
  const [result] = compiled.results ?? [];
  if (result === undefined) throw new Error('no result and no error');
  return result;
}

/** The same data with the keys of every mapping in another order. */
function shuffled(value: unknown, seed: () => number): unknown {
  if (Array.isArray(value)) return value.map(entry => shuffled(entry, seed));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]) => ({ key, entry: shuffled(entry, seed), rank: seed() }));
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ key, entry }) => [key, entry]));
}

/** The rollout with its shorthands written out. */
function writtenOut(rollout: Rollout): Rollout {
  const { spec } = rollout;
  const scope = { versions: Object.keys(spec.versions), report: () => {} };
  const steps = expandSteps(spec.steps ?? [], spec.stable ?? 'v1', scope).map(({ step }) => step);
  return { ...rollout, spec: { ...spec, steps } };
}

const fallback = (state: State) => state.rules.at(-1)!;
/** Objects that only send requests to others: none refers to them, so they come and go with the rules. */
const ENTRIES = /^Mapping\//;
const mainStates = (plan: Plan): readonly State[] => plan.states.filter(state => state.kind !== 'abort');

describe.each(PROVIDER_NAMES)('random rollouts on %s', provider => {
  const rollouts = RANDOM[provider];

  it('compile: what is emitted, printed, re-read and recovered equals the plan', () => {
    fc.assert(
      fc.property(rollouts, rollout => void resultOf(compileObject(rollout))),
      { numRuns: runs(provider, 45) },
    );
  });

  it('give the same bytes again, and with the keys of the spec shuffled', () => {
    fc.assert(
      fc.property(rollouts, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (rollout, stream) => {
        const files = resultOf(compileObject(rollout)).files;
        expect(resultOf(compileObject(rollout)).files).toEqual(files);
        const other = shuffled(rollout, () => stream.next().value as number) as Rollout;
        expect(resultOf(compileObject(other)).files).toEqual(files);
      }),
      { numRuns: runs(provider, 40) },
    );
  });

  it('give the same bytes with their shorthands written out', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        expect(resultOf(compileObject(writtenOut(rollout))).files).toEqual(resultOf(compileObject(rollout)).files);
      }),
      { numRuns: runs(provider, 40) },
    );
  });

  it('read the same under YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        for (const { path, text } of resultOf(compileObject(rollout)).files.filter(file =>
          file.path.endsWith('.yaml'),
        )) {
          const [old, now] = (['1.1', '1.2'] as const).map(version =>
            parseAllDocuments(text, { version }).map(d => d.toJS()),
          );
          expect(old, path).toEqual(now);
        }
      }),
      { numRuns: runs(provider, 25) },
    );
  });

  it('have states that stand by themselves', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        const { plan } = resultOf(compileObject(rollout));
        for (const state of plan.states) {
          expect(fallback(state).split.reduce((sum, p) => sum + p.share, 0)).toBe(WHOLE);
          const running = new Map(state.running.map(r => [r.version, r.replicas]));
          for (const { version } of state.rules.flatMap(rule => [...rule.split, ...rule.mirror])) {
            expect(running.has(version), `${version} in ${state.name}`).toBe(true);
            const ours = plan.versions.find(v => v.name === version)?.kind !== 'service';
            if (provider !== 'knative' && ours)
              expect(running.get(version), `${version} in ${state.name}`).toBeGreaterThan(0);
          }
          expect(running.has(state.stable) || state.kind === 'retire', `stable of ${state.name}`).toBe(true);
        }
      }),
      { numRuns: runs(provider, 45) },
    );
  });

  it('write the traffic of each step as the spec does', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        const { plan } = resultOf(compileObject(rollout));
        for (const step of writtenOut(rollout).spec.steps ?? []) {
          if (!('traffic' in step)) throw new Error('a shorthand was left');
          const state = plan.states.find(s => s.name === step.name)!;
          const written = Object.entries(step.traffic).filter(([, percent]) => percent > 0);
          const planned = fallback(state).split.map(p => [p.version, p.share / 100]);
          expect(Object.fromEntries(planned)).toEqual(Object.fromEntries(written));
          expect(state.rules.length).toBe((step.rules ?? []).length + 1);
        }
      }),
      { numRuns: runs(provider, 45) },
    );
  });

  it('move traffic in hops that touch routes only, and pods in hops that touch no route', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        const { plan, changes } = resultOf(compileObject(rollout));
        plan.hops.forEach((hop, i) => {
          const { created, updated, deleted } = changes[i]!;
          const pods = (names: readonly string[]) =>
            names.filter(name =>
              /^(Deployment|PodDisruptionBudget|Configuration|HorizontalPodAutoscaler|ConfigMap)\//.test(name),
            );
          if (['shift', 'abort', 'resume'].includes(hop.kind)) {
            const referredTo = [...created, ...deleted].filter(name => !ENTRIES.test(name));
            expect([...referredTo, ...pods(updated)], `${hop.from} → ${hop.to}`).toEqual([]);
          }
          if (hop.kind === 'scale')
            expect([...created, ...deleted, ...updated.filter(n => !n.startsWith('Deployment/'))]).toEqual([]);
          if (hop.kind === 'provision') expect(deleted).toEqual([]);
          if (hop.kind === 'retire') expect(created).toEqual([]);
        });
      }),
      { numRuns: runs(provider, 45) },
    );
  });

  it('keep the stable version at full strength until it is retired, and route nothing new when pods come or go', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        const { plan } = resultOf(compileObject(rollout));
        const states = mainStates(plan);
        states.slice(1).forEach((state, i) => {
          const before = states[i]!;
          for (const { version } of before.running) {
            const gone = !state.running.some(r => r.version === version);
            expect(gone, `${version} goes in ${state.name}`).toBe(gone && state.kind === 'retire');
            if (gone)
              expect(before.rules.flatMap(rule => [...rule.split, ...rule.mirror]).map(p => p.version)).not.toContain(
                version,
              );
          }
          if (state.kind === 'provision' || state.kind === 'retire') expect(state.rules).toBe(before.rules);
          if (state.kind !== 'retire') {
            const pods = (s: State) => s.running.find(r => r.version === state.stable)?.replicas;
            expect(pods(state)).toBe(Math.max(pods(before) ?? 0, pods(state) ?? 0));
          }
        });
      }),
      { numRuns: runs(provider, 45) },
    );
  });

  it('have an abort from every step that is not at home, to one version, over the same pods', () => {
    fc.assert(
      fc.property(rollouts, rollout => {
        const { plan } = resultOf(compileObject(rollout));
        for (const state of mainStates(plan)) {
          const abort = plan.states.find(s => s.name === `abort-${state.name}`);
          const elsewhere =
            state.rules.length > 1 ||
            fallback(state).split.some(p => p.version !== state.stable) ||
            fallback(state).mirror.length > 0;
          const possible = state.running.some(r => r.version === state.stable);
          if (elsewhere && possible) expect(abort, state.name).toBeDefined();
          if (abort === undefined) continue;
          expect(abort.rules.map(rule => rule.split)).toEqual([[{ version: state.stable, share: WHOLE }]]);
          expect(abort.running).toBe(state.running);
        }
      }),
      { numRuns: runs(provider, 45) },
    );
  });
});
