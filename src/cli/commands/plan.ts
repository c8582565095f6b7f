import { byPlace, type Diagnostic, distinct } from '../../diagnostics/diagnostic.ts';
import { findSources } from '../../host/find-sources.ts';
import { visible } from '../../layout/visible.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import type { Json } from '../../model/kubernetes.ts';
import { printYaml } from '../../yaml/print.ts';
import { sayNoRollouts } from '../no-rollouts.ts';
import type { Paint } from '../paint.ts';
import { planData, planDocument } from '../plan-document.ts';
import type { PlanOutput } from '../plan-output.ts';
import { type PlannedRollout, printPlan } from '../plan-table.ts';
import type { Settings } from '../settings.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

export interface PlanRequest {
  readonly paths: readonly string[];
  readonly output: PlanOutput;
  /** Print the effective Rollout of each environment instead of its plan. */
  readonly flat: boolean;
}

/** Prints the states and hops of each Rollout, and the findings about them. */
export async function plan(
  { paths, output, flat }: PlanRequest,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const found = await findSources({ root: settings.root, paths, mayBeEmpty: false });
  const { sources, refused, wrong } = found;
  if (wrong.length > 0) return tellUsage(wrong, 'plan');
  if (flat && output === 'table') return tellUsage(['--flat prints data: add -o yaml or -o json.'], 'plan');
  const diagnostics: Diagnostic[] = [...refused];
  const planned: PlannedRollout[] = [];
  for (const source of sources) {
    const compiled = compile(source);
    diagnostics.push(...compiled.diagnostics);
    for (const { plan, changes, replaced = [], rollout } of compiled.results ?? [])
      planned.push({ source: source.file, plan, changes, replaced, rollout });
  }
  print(flat ? printFlat(output, planned) : PRINTERS[output](planned, settings.paintData));
  const looked = [...sources, ...refused].map(({ file }) => file).sort();
  const closing = sayNoRollouts(looked.length, paths);
  return tellReport(
    { diagnostics: distinct(diagnostics.sort(byPlace)), sources: looked, findings: [], closing, facts: {} },
    settings,
  );
}

/** Each effective Rollout with the environment that it is for. */
const printFlat = (output: PlanOutput, planned: readonly PlannedRollout[]): string =>
  output === 'json'
    ? `${JSON.stringify(
        planned.map(({ plan, rollout }) => ({ environment: plan.environment, rollout })),
        null,
        2,
      )}\n`
    : planned
        .map(
          ({ source, plan, rollout }) =>
            `# ${visible(source)}, environment ${plan.environment}\n${printYaml(rollout as unknown as Json)}`,
        )
        .join('---\n');

const PRINTERS: { readonly [output in PlanOutput]: (planned: readonly PlannedRollout[], paint: Paint) => string } = {
  table: (planned, paint) => planned.map(one => printPlan(one, paint)).join('\n'),
  json: planned =>
    `${JSON.stringify(
      planned.map(({ plan, replaced }) => planData(plan, replaced)),
      null,
      2,
    )}\n`,
  yaml: planned => planned.map(one => printYaml(planDocument(one.plan))).join('---\n'),
};
