import { byPlace, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean, quote } from '../diagnostics/wording.ts';
import { findSources } from '../host/find-sources.ts';
import { statePath } from '../layout/paths.ts';
import { readManifestFiles } from '../manifest-files.ts';
import type { Compiled, CompiledRollout, Source } from '../model/compiled.ts';
import { type Plan, stateOf } from '../model/plan.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { type Committed, type Comparison, compareFiles } from '../review/comparison.ts';
import { type Compared, noneCompiled } from './diff-compared.ts';
import type { DiffForm, DiffScope } from './diff-request.ts';
import { sayNoRollouts } from './no-rollouts.ts';
import type { Settings } from './settings.ts';

type States = Extract<DiffForm, { kind: 'states' }>;

/** Compares two states of each Rollout that has both, as the Rollouts say them now. */
export async function compareStates(
  form: States,
  scope: DiffScope,
  { root, outName }: Settings,
  compile: (source: Source) => Compiled,
): Promise<Compared> {
  const { paths, environment } = scope;
  const { sources, refused, wrong } = await findSources({ root, paths, mayBeEmpty: false });
  if (wrong.length > 0) return { wrong };
  const compiled = sources.map(compile);
  const diagnostics = [...refused, ...compiled.flatMap(one => one.diagnostics.filter(isError))].sort(byPlace);
  const every = compiled.flatMap(({ source, results: all = [] }) => all.map(result => ({ source, result })));
  const results = every.filter(({ result }) => environment === undefined || result.plan.environment === environment);
  const directories = every.map(({ result }) => result.directory);
  const none =
    environment === undefined || every.length === 0 || results.length > 0 ? [] : noneCompiled(root, scope, directories);
  if (none.length > 0) return { wrong: none };
  const unknown = unknownStates(
    form,
    results.map(({ result }) => result.plan),
  );
  if (unknown.length > 0) return { wrong: unknown };
  const closing = [...sayNoRollouts(sources.length + refused.length, paths)];
  const comparisons: Comparison[] = [];
  for (const { source, result } of results) {
    const pair = pairOf(form, result.plan);
    if ('last' in pair) closing.push(pair.last);
    else if ('from' in pair) comparisons.push(compareTwo(source, result, pair, outName));
  }
  return { comparisons, diagnostics, closing };
}

// Warnings are about the Rollouts and not about what differs.
const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

/** A state that no Rollout has is a slip of the pen. */
function unknownStates({ from, to }: States, plans: readonly Plan[]): readonly string[] {
  const known = new Set(plans.flatMap(({ states }) => states.map(({ name }) => name)));
  if (known.size === 0) return [];
  return [from, to].flatMap(name =>
    name === undefined || known.has(name)
      ? []
      : [`no Rollout here has a state ${quote(name)}.${didYouMean(name, [...known])} surefoot plan lists them.`],
  );
}

interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Nothing where the Rollout lacks a state that was named. */
function pairOf({ from, to }: States, plan: Plan): Pair | { readonly last: string } | { readonly lacks: true } {
  const start = from ?? plan.current;
  const end = to ?? nextOf(plan, start);
  const has = (name: string): boolean => plan.states.some(state => state.name === name);
  if (!has(start)) return { lacks: true };
  if (end === undefined)
    return { last: `${plan.namespace}/${plan.rollout} has no state after ${start}: name one with --to` };
  return has(end) ? { from: start, to: end } : { lacks: true };
}

/** The state that follows on the tape; after an abort the one that it left. */
function nextOf(plan: Plan, name: string): string | undefined {
  if (!plan.states.some(state => state.name === name)) return undefined;
  if (stateOf(plan, name).kind === 'abort')
    return plan.hops.find(({ from, kind }) => from === name && kind === 'resume')?.to;
  const tape = plan.states.filter(({ kind }) => kind !== 'abort');
  return tape[tape.findIndex(state => state.name === name) + 1]?.name;
}

function compareTwo(source: string, { plan, directory, files }: CompiledRollout, pair: Pair, out: string): Comparison {
  const facts: PlanFacts = {
    rollout: plan.rollout,
    namespace: plan.namespace,
    environment: plan.environment,
    provider: plan.provider,
    step: plan.current,
    source,
    versions: plan.versions.map(version =>
      version.kind === 'service' ? { name: version.name, service: version.service } : { name: version.name },
    ),
  };
  const sideOf = (called: string): Committed => {
    const path = statePath(directory, called);
    const texts = files.filter(file => file.path === path).map(({ text }) => ({ file: `${out}/${path}`, text }));
    return { called, facts, files: readManifestFiles(texts).files };
  };
  return compareFiles(sideOf(pair.from), sideOf(pair.to));
}
