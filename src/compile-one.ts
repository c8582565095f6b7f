import { strengthsFor } from './crosser.ts';
import { type Finding, hasErrors } from './diagnostics/finding.ts';
import { draw } from './draw.ts';
import { freeze } from './layout/freeze.ts';
import { layOut } from './layout/lay-out.ts';
import { liveFileFindings } from './layout/live-files.ts';
import { directoryOf } from './layout/paths.ts';
import type { CompiledRollout, Source } from './model/compiled.ts';
import type { FrozenPart } from './model/frozen.ts';
import type { Version } from './model/plan.ts';
import { checkFrozen, checkRemoved, type Frozen } from './plan/check-frozen.ts';
import type { Flat } from './plan/environments.ts';
import { frozenParts } from './plan/frozen.ts';
import type { Pinning } from './plan/pinning.ts';
import { planRollout } from './plan/plan-rollout.ts';
import type { Templates } from './plan/templates.ts';
import { withSynced } from './prove-hops.ts';
import { PROVIDERS, providerNamed } from './providers/registry.ts';
import { patchedPods } from './workloads/template/pods.ts';

/** A Rollout of one environment, compiled; `result` is absent where it has an error. */
export interface CompiledFlat {
  readonly findings: readonly Finding[];
  readonly result?: CompiledRollout;
}

/** What is wrong with versions that serve and are declared no more; no result. */
export const removedFrom = (flat: Flat, { committed }: Pinning): CompiledFlat => {
  const { spec, metadata } = flat.rollout;
  const findings = committed === undefined ? [] : checkRemoved(spec, metadata.name, committed);
  return { findings: findings.map(finding => inLayer(finding, flat)) };
};

/** Plans, emits, prints, proves and lays out a Rollout of one environment. */
export function compileOne(flat: Flat, source: Source, pinning: Pinning, templates: Templates): CompiledFlat {
  const planned = planRollout(flat, PROVIDERS, pinning, templates);
  const provider = providerNamed(flat.rollout.spec.provider);
  const written = (findings: readonly Finding[]): readonly Finding[] => findings.map(finding => inLayer(finding, flat));
  if (planned.plan === undefined || provider === undefined) return { findings: written(planned.findings) };
  const drawn = draw(planned.plan, provider);
  const plan = { ...planned.plan, hops: withSynced(planned.plan.hops, drawn.proofs) };
  const inTheWay = liveFileFindings(directoryOf(plan), drawn);
  const partsOf = frozenParts(plan, flat.rollout.spec, provider, patchedPods);
  const frozen = plan.versions.map(version => frozenVersion(version, partsOf(version)));
  const { committed } = pinning;
  const check = committed === undefined ? undefined : checkFrozen(frozen, { plan, provider, committed });
  const findings = written([...planned.findings, ...drawn.findings, ...inTheWay, ...(check?.findings ?? [])]);
  if (hasErrors(findings)) return { findings };
  const strengths = strengthsFor(plan, provider);
  const versions = Object.fromEntries(
    frozen.map(({ version: { name }, now }) => {
      const strength = strengths.get(name);
      return [name, strength === undefined ? now : { ...now, strength }];
    }),
  );
  const result = layOut(plan, source.file, drawn, versions);
  return {
    findings,
    result: { rollout: flat.rollout, ...result, ...(check === undefined ? {} : { replaced: check.replaced }) },
  };
}

const frozenVersion = (version: Version, parts: readonly FrozenPart[]): Frozen => ({
  version,
  parts,
  now: freeze(version, parts),
});

/** Points to the file and place where the value was written. */
const inLayer = (finding: Finding, { written }: Flat): Finding => ({
  ...finding,
  at: written(finding.at),
  notes: finding.notes.map(note => ({ ...note, at: written(note.at) })),
});
