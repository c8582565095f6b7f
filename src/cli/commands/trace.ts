import { byPlace, type Diagnostic, distinct } from '../../diagnostics/diagnostic.ts';
import { didYouMean, list, quote } from '../../diagnostics/wording.ts';
import { findSources } from '../../host/find-sources.ts';
import { visible } from '../../layout/visible.ts';
import type { Compiled, CompiledRollout, Source } from '../../model/compiled.ts';
import { answersOf } from '../../review/trace.ts';
import type { Request } from '../../traffic/evaluate.ts';
import { printYaml } from '../../yaml/print.ts';
import { sayNoRollouts } from '../no-rollouts.ts';
import type { Paint } from '../paint.ts';
import type { PlanOutput } from '../plan-output.ts';
import { requestOfFlags, requestWords } from '../request-of-flags.ts';
import type { Settings } from '../settings.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';
import { traceDocument } from '../trace-document.ts';
import type { TraceFlags } from '../trace-options.ts';
import { printTrace, type TracedRollout } from '../trace-table.ts';

export interface TraceRequest {
  readonly paths: readonly string[];
  readonly output: PlanOutput;
  readonly flags: TraceFlags;
}

/** Prints which version answers a request in each state of each Rollout, as the compiled manifests say it. */
export async function trace(
  { paths, output, flags }: TraceRequest,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const read = requestOfFlags(flags);
  const mistaken = [...('wrong' in read ? read.wrong : []), ...paths.flatMap(noPath)];
  if ('wrong' in read || mistaken.length > 0) return tellUsage(mistaken, 'trace');
  const { sources, refused, wrong } = await findSources({ root: settings.root, paths, mayBeEmpty: false });
  if (wrong.length > 0) return tellUsage(wrong, 'trace');
  const compiled = sources.map(compile);
  const found = compiled.flatMap(({ source, results = [] }) => results.map(result => ({ source, result })));
  // One that does not compile may be what has the name.
  const unknown = compiled.every(({ results }) => results !== undefined) ? unknownNames(flags, found) : [];
  if (unknown.length > 0) return tellUsage(unknown, 'trace');
  const traced = found.flatMap(({ source, result }) => traceOne(flags, read.request, { source, result }));
  print(PRINTERS[output](read.request, traced, settings.paintData));
  const diagnostics: Diagnostic[] = [...refused, ...compiled.flatMap(one => one.diagnostics)];
  const looked = [...sources, ...refused].map(({ file }) => file).sort();
  const closing = sayNoRollouts(looked.length, paths);
  return tellReport(
    { diagnostics: distinct(diagnostics.sort(byPlace)), sources: looked, findings: [], closing, facts: {} },
    settings,
  );
}

/** A request where the PATH of a Rollout is expected. */
const noPath = (path: string): readonly string[] => {
  if (/^[A-Z]+ /.test(path)) return [`${quote(path)} is no PATH of a Rollout: type --request before it.`];
  return /^https?:\/\//.test(path) ? [`${quote(path)} is no PATH of a Rollout: type --path before it.`] : [];
};

interface Found {
  readonly source: string;
  readonly result: CompiledRollout;
}

/** The states and environments that no Rollout has. */
function unknownNames({ state = [], environment }: TraceFlags, found: readonly Found[]): readonly string[] {
  const environments = [...new Set(found.map(({ result }) => result.plan.environment))];
  if (environment !== undefined && !environments.includes(environment))
    return [noneOf('--environment', environment, environments)];
  const asked = found.filter(({ result }) => environment === undefined || result.plan.environment === environment);
  const states = [...new Set(asked.flatMap(({ result }) => result.plan.states.map(({ name }) => name)))];
  return state.filter(name => !states.includes(name)).map(name => noneOf('--state', name, states));
}

const noneOf = (flag: string, name: string, known: readonly string[]): string =>
  `${flag} ${quote(name)} is none of ${list(known)}.${didYouMean(name, known)}`;

function traceOne(flags: TraceFlags, request: Request, { source, result }: Found): readonly TracedRollout[] {
  const { plan } = result;
  if (flags.environment !== undefined && flags.environment !== plan.environment) return [];
  const states = plan.states.filter(({ name }) => flags.state?.includes(name) ?? true);
  return states.length === 0 ? [] : [{ source, plan, answers: answersOf(result, request, states) }];
}

type Printer = (request: Request, traced: readonly TracedRollout[], paint: Paint) => string;

const PRINTERS: { readonly [output in PlanOutput]: Printer } = {
  table: (request, traced, paint) =>
    [`${visible(requestWords(request))}\n`, ...traced.map(one => printTrace(one, paint))].join('\n'),
  json: (request, traced) =>
    `${JSON.stringify(
      traced.map(one => traceDocument(request, one)),
      null,
      2,
    )}\n`,
  yaml: (request, traced) => traced.map(one => printYaml(traceDocument(request, one))).join('---\n'),
};
