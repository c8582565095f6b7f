import type { Stand } from '../check-hop.ts';
import { historyTestimony, type StepSince } from '../gate/history-testimony.ts';
import { type Asked, absent, failed, observationOf, passesOn, type Testimony } from '../gate/testimony.ts';
import { OBSERVERS, type Observation, type Observer } from '../model/observation.ts';
import type { Obligation } from '../model/plan.ts';
import { kubectlWitness } from './ask-kubectl.ts';
import { prometheusWitness } from './ask-prometheus.ts';
import { type Commit, isWrong, type Repository } from './git.ts';
import { lastChangeOf } from './git-log.ts';
import type { PrometheusAccess } from './prometheus-access.ts';
import { sinceWhen } from './step-history.ts';

/** What is to be seen before a hop, and who may be asked. */
export interface ObserveRequest {
  readonly obligations: readonly Obligation[];
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  /** What stands now, before the hop. */
  readonly stand: Stand;
  /** Name of the step in which it stands. */
  readonly step: string;
  /** Who is asked; absent: everybody. A pause is always told by the history. */
  readonly observers?: readonly Observer[];
  /** Absent: none is configured. Wrong: why the one that is cannot be asked. */
  readonly prometheus?: PrometheusAccess | { readonly wrong: string };
  /** The context of kubectl; absent: its current one. */
  readonly kubeContext?: string;
  /** Where the step must have been committed; absent: there is no git repository. */
  readonly history?: StepHistory;
  /** How long the agent takes at most to see a commit, in milliseconds. */
  readonly pollInterval: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For each question by itself, in milliseconds. */
  readonly timeout: number;
}

/** Where to look since when a step stands. */
export interface StepHistory {
  readonly repository: Repository;
  /** The target branch; its `ref` is how people call it. */
  readonly target: Commit;
  /** The output folder relative to the root of the repository. */
  readonly outName: string;
}

/** Finds out about every obligation, in their order: each by the first observer that can tell. */
export async function observe(request: ObserveRequest): Promise<readonly Observation[]> {
  const witnesses = witnessesOf(request);
  return Promise.all(request.obligations.map(obligation => observeOne(obligation, request, witnesses)));
}

/** Says what one observer knows of an obligation. */
export type Witness = (obligation: Obligation) => Promise<Testimony>;

const witnessesOf = (request: ObserveRequest): { readonly [observer in Observer]: Witness } => ({
  prometheus: prometheusWitness(request),
  kubectl: kubectlWitness(request),
  history: historyWitness(request),
});

async function observeOne(
  obligation: Obligation,
  { observers = OBSERVERS }: ObserveRequest,
  witnesses: { readonly [observer in Observer]: Witness },
): Promise<Observation> {
  const asked: Asked[number][] = [];
  for (const by of obligation.kind === 'paused'
    ? ['history' as const]
    : OBSERVERS.filter(one => observers.includes(one))) {
    const said = await witnesses[by](obligation);
    asked.push([by, said]);
    if (!passesOn(said)) break;
  }
  return observationOf(obligation, asked);
}

/** The history is read once, and only where somebody asks. */
function historyWitness({ directory, step, history, pollInterval, now }: ObserveRequest): Witness {
  let since: StepSince | { readonly wrong: string } | undefined;
  return async obligation => {
    if (history === undefined) return absent('there is no git repository that tells since when the step stands');
    since ??= sinceOf(history, directory, step);
    if ('wrong' in since) return failed(since.wrong);
    const clock = (time: number): string => new Date(time).toISOString();
    const changed = lastChangeOf(history.repository, history.target, `${history.outName}/live/${directory}`);
    const facts = { since, step, branch: history.target.ref, pollInterval, now, clock };
    return historyTestimony(obligation, changed === undefined ? facts : { ...facts, changed });
  };
}

function sinceOf({ repository, target, outName }: StepHistory, directory: string, step: string) {
  const answers = sinceWhen(repository, target, outName, [{ directory, holds: facts => facts.step === step }]);
  return isWrong(answers) ? answers : answers[0]!;
}
