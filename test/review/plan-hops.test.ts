import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { editedFiles } from '../../src/layout/edited.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import { type Obligation, type State, stateOf } from '../../src/model/plan.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { planRecord } from '../../src/plan-record.ts';
import { readStand } from '../../src/read-stand.ts';
import { type ChangeSide, judgeChange } from '../../src/review/judge-change.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from '../properties/random-rollout.ts';
import { RULES } from './sides.ts';

const compiledOf = (rollout: Rollout): CompiledRollout => {
  const { results, diagnostics } = compile(
    { file: 'rollouts/shop.yaml', text: stringify(rollout) },
    { templates: TEMPLATES },
  );
  if (results?.[0] === undefined) throw new Error(JSON.stringify(diagnostics));
  return results[0];
};

/** A state as its file says it, without a word of the plan about hops. */
function sideOf({ directory, files }: CompiledRollout, state: string): ChangeSide {
  const textOf = (name: string) => files.find(({ path }) => path === `plan/${directory}/${name}`)?.text ?? '';
  const record = { ...planRecord(directory, textOf('plan.json')), step: state, serving: [], hops: [] };
  const source = { file: `${state}.yaml`, text: textOf(`${state}.yaml`) };
  const { provider = '', versions } = record;
  const { stand, diagnostics } = readStand({
    name: state,
    directory,
    provider,
    versions,
    files: [source],
    isState: true,
  });
  expect(diagnostics).toEqual([]);
  return { stand, record };
}

const NOT_EDITED = editedFiles('', {}, []);

/** Versions that get their first requests, and must be seen before. */
const newcomers = (obligations: readonly Obligation[], before: State): readonly string[] => {
  const asked = new Set(before.rules.flatMap(({ split }) => split.filter(p => p.share > 0).map(p => p.version)));
  const seen = obligations.flatMap(one => ('version' in one && one.kind !== 'idle' ? [one.version] : []));
  return seen.filter(version => !asked.has(version)).sort();
};

describe.each(PROVIDER_NAMES)('every hop of a random plan on %s', provider => {
  it('is proved from the manifests alone, and asks for what the plan asks for', () => {
    fc.assert(
      fc.property(RANDOM[provider], rollout => {
        const compiled = compiledOf(rollout);
        const { directory, plan } = compiled;
        for (const { from, to, kind, obligations } of plan.hops) {
          const [before, after] = [sideOf(compiled, from), sideOf(compiled, to)];
          // A revision that an abort leaves out was made by its step.
          const past = from.startsWith('abort-') ? [sideOf(compiled, from.slice('abort-'.length)).stand] : [];
          const verdict = judgeChange({ directory, before, after: { ...after, edited: NOT_EDITED }, past }, RULES);
          expect(verdict.findings.map(({ code, what }) => `${from} → ${to}: ${code} ${what}`)).toEqual([]);
          if (kind !== 'shift') continue;
          const [state, next] = [stateOf(plan, from), stateOf(plan, to)];
          // Rules of two names for the same requests are one to whoever reads manifests.
          const renamed = state.rules.some(rule =>
            next.rules.some(
              other => other.name !== rule.name && JSON.stringify(other.matches) === JSON.stringify(rule.matches),
            ),
          );
          if (renamed) continue;
          // Copies under another rule are new to the plan; to a reader of manifests the version had copies of these requests before.
          const copied = (version: string): boolean =>
            state.rules.some(({ mirror }) => mirror.some(p => p.version === version)) &&
            !next.rules.some(({ split }) => split.some(p => p.version === version));
          const [read, planned] = [verdict.obligations, obligations].map(list =>
            newcomers(list, state).filter(version => !copied(version)),
          );
          expect(read, `${from} → ${to}`).toEqual(planned);
        }
      }),
      { numRuns: runs(provider, 25) },
    );
  });
});
