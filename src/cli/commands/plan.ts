import { byPlace, type Diagnostic, distinct } from '../../diagnostics/diagnostic.ts';
import { findSources } from '../../host/find-sources.ts';
import { visible } from '../../layout/visible.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import type { Json } from '../../model/kubernetes.ts';
import { skipsOf } from '../../skips.ts';
import { printYaml } from '../../yaml/print.ts';
import { sayNoRollouts } from '../no-rollouts.ts';
import type { Paint } from '../paint.ts';
import { planData, planDocument, skipsData } from '../plan-document.ts';
import type { PlanOutput } from '../plan-output.ts';
import { type PlannedRollout, printPlan } from '../plan-table.ts';
import type { Settings } from '../settings.ts';
import { skipSummary, skipTable } from '../skip-table.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

export interface PlanRequest {
  readonly paths: readonly string[];
  readonly output: PlanOutput;
  /** Print the effective Rollout of each environment instead of its plan. */
  readonly flat: boolean;
  /** Judge every move between two states, not only those from where the cluster stands. */
  readonly skips: boolean;
}

/** Prints the states and hops of each Rollout, and the findings about them. */
export async function plan(
  { paths, output, flat, skips }: PlanRequest,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const found = await findSources({ root: settings.root, paths, mayBeEmpty: false });
  const { sources, refused, wrong } = found;
  if (wrong.length > 0) return tellUsage(wrong, 'plan');
  if (flat && output === 'table') return tellUsage(['--flat prints data: add -o yaml or -o json.'], 'plan');
  if (skips && (flat || output === 'yaml'))
    return tellUsage(['--skips is told as a table or as JSON: leave out --flat and -o yaml.'], 'plan');
  const diagnostics: Diagnostic[] = [...refused];
  const planned: PlannedRollout[] = [];
  for (const source of sources) {
    const compiled = compile(source);
    diagnostics.push(...compiled.diagnostics);
    for (const { plan, changes, replaced = [], rollout } of compiled.results ?? [])
      planned.push({ source: source.file, plan, changes, replaced, rollout });
  }
  print(flat ? printFlat(output, planned) : PRINTERS[output](planned, skips, settings.paintData));
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

type Printer = (planned: readonly PlannedRollout[], skips: boolean, paint: Paint) => string;

const PRINTERS: { readonly [output in PlanOutput]: Printer } = {
  table: (planned, skips, paint) =>
    planned
      .map(one => {
        const judged = skipsOf(one.plan);
        const lines = skips ? skipTable(one.plan, judged, paint) : skipSummary(one.plan, judged);
        return printPlan({ ...one, skips: lines }, paint);
      })
      .join('\n'),
  json: (planned, skips) =>
    `${JSON.stringify(
      planned.map(({ plan, replaced }) => ({
        ...planData(plan, replaced),
        ...(skips ? { skips: skipsData(skipsOf(plan)) } : {}),
      })),
      null,
      2,
    )}\n`,
  yaml: planned => planned.map(one => printYaml(planDocument(one.plan))).join('---\n'),
};
