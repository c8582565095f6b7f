import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Compiler } from '../host/compiler.ts';
import { isWrong } from '../host/git.ts';
import { lookAt } from '../host/look.ts';
import { type ProposalRequest, proposeFolder } from '../host/proposal.ts';
import { readSource } from '../host/read-source.ts';
import type { Standing } from '../host/standings.ts';
import type { Compiled, CompiledRollout, Source } from '../model/compiled.ts';
import { placeAtStep } from '../place-step.ts';
import { withStep } from '../release/set-step.ts';
import { judgeChange, type Verdict } from '../review/judge-change.ts';
import { nextState } from '../review/next-state.ts';
import { readChange } from './check-changes.ts';
import { commandsOf } from './check-request.ts';
import type { Judged, MovePlace, MoveRequest } from './move.ts';
import { gateObstacles } from './move-gates.ts';
import { notCommitted, stale, unsafeIn } from './move-obstacles.ts';
import { movedMeanwhile } from './moved-meanwhile.ts';
import { observeMove } from './observe-move.ts';

/** Finds out whether a Rollout may move, and writes nothing. */
export async function judgeMove(
  standing: Standing,
  request: MoveRequest,
  place: MovePlace,
  compile: Compiler,
): Promise<Judged> {
  const { directory, facts } = standing;
  const before = sourceOf(standing, place);
  if (before === undefined)
    return { kind: 'wrong', message: `the file that ${directory} was compiled from is gone: ${facts.source ?? '?'}` };
  if (!('text' in before)) return { kind: 'refused', diagnostics: [before], isUnknown: false };
  const compiled = compile(before);
  const now = compiledIn(compiled, directory);
  if (!('plan' in now)) return { kind: 'refused', diagnostics: now, isUnknown: false };
  const wish = { verb: request.verb, directory, ...optional('to', request.to), ...optional('from', request.from) };
  const meant = nextState(now.plan, wish);
  const isOverridden = meant.kind === 'wrong' && meant.refusal !== undefined && request.allow.has(meant.refusal);
  const next = isOverridden ? nextState(now.plan, { ...wish, from: now.plan.current }) : meant;
  if (next.kind === 'end')
    return { kind: 'idle', words: `${directory} stands in ${now.plan.current}: there is nowhere to go` };
  if (next.kind === 'wrong') return refused(before, facts.environment, [next.finding], false);
  const after = edited(before, compiled, facts.environment, next.name);
  if ('finding' in after) return refused(before, facts.environment, [after.finding], false);
  const then = compiledIn(compile(after), directory);
  if (!('plan' in then)) return { kind: 'refused', diagnostics: then, isUnknown: false };
  const judged = judgeHop(then, place);
  if (typeof judged === 'string') return { kind: 'wrong', message: judged };
  const seen = await observeMove(judged, request, place);
  const obstacles = [
    ...unsafeIn(judged.verdict),
    ...(await stale(standing, place)),
    ...notCommitted(standing, place),
    ...movedMeanwhile(standing, place),
    ...gateObstacles(judged, then, place),
    ...seen.obstacles,
  ];
  const left = obstacles.filter(({ refusal }) => !request.allow.has(refusal));
  if (left.length > 0)
    return refused(
      before,
      facts.environment,
      left.map(({ finding }) => finding),
      left.every(one => one.isUnknown === true),
    );
  return {
    kind: 'sound',
    move: {
      ...{ standing, before, after, result: then, verdict: judged.verdict, observations: seen.observations },
      ...{ from: judged.change.before?.record.step ?? now.plan.current, to: next.name },
      allowed: [...new Set([...(isOverridden ? ['moved' as const] : []), ...obstacles.map(({ refusal }) => refusal)])],
    },
    warnings: [],
  };
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [k in K]?: V };

/** The Rollout file that a plan.json names; undefined: it is not there. */
function sourceOf({ facts: { source } }: Standing, { settings }: MovePlace): Source | Diagnostic | undefined {
  if (source === undefined) return undefined;
  const look = lookAt(settings.root, source);
  if (look.kind === 'refused') return wholeFile(look.finding, look.file);
  return look.kind === 'file' ? readSource(settings.root, look.file) : undefined;
}

/** The result of a directory, or what is wrong with its source. */
function compiledIn({ results, diagnostics }: Compiled, directory: string): CompiledRollout | readonly Diagnostic[] {
  const result = results?.find(one => one.directory === directory);
  return result ?? diagnostics.filter(({ severity }) => severity === 'error');
}

function edited(
  before: Source,
  { results = [] }: Compiled,
  environment: string,
  step: string,
): Source | { readonly finding: Finding } {
  const environments = results.map(({ plan }) => plan.environment);
  const made = withStep(before.text, environment, step, environments);
  return 'text' in made ? { file: before.file, text: made.text } : made;
}

/** A hop that was proved, and what it was proved with. */
export interface JudgedHop {
  readonly directory: string;
  readonly verdict: Verdict;
  readonly change: ReturnType<typeof readChange>['change'];
}

function judgeHop({ directory, files }: CompiledRollout, place: MovePlace): JudgedHop | string {
  const { settings, out } = place;
  const request: ProposalRequest = { repository: place.repository, base: place.head, out, name: place.name };
  const plan = files.find(({ path }) => path === `plan/${directory}/plan.json`)?.text;
  const live = files.filter(({ path }) => path.startsWith(`live/${directory}/`));
  const folder = proposeFolder(request, directory, {
    ...optional('plan', plan),
    live: live.map(({ path, text }) => ({ file: `${out.name}/${path}`, text })),
    refused: [],
  });
  if (isWrong(folder)) return folder.wrong;
  const { change } = readChange(folder, request, settings.root);
  const rules = { allowedDeletions: new Set<string>(), unobserved: false, commands: commandsOf(settings, 'HEAD') };
  return { directory, change, verdict: judgeChange(change, rules) };
}

const refused = (source: Source, environment: string, findings: readonly Finding[], isUnknown: boolean): Judged => ({
  kind: 'refused',
  diagnostics: placeAtStep(source, environment, findings),
  isUnknown,
});
