import { quote } from '../diagnostics/wording.ts';
import { printDuration, readDuration } from '../model/duration.ts';
import type { PromotionSpec } from '../model/fleet.ts';
import type { PlanFacts, PlannedVersion } from '../plan-facts.ts';
import type { PlanRecord } from '../plan-record.ts';

/** Whether an earlier environment stood long enough at a step, or beyond it. */
export interface SoakVerdict {
  /** The earlier environment. */
  readonly after: string;
  /** `unknown`: nobody can tell, so it is neither a yes nor a no. */
  readonly verdict: 'seen' | 'unseen' | 'unknown';
  readonly reason: SoakReason;
  /** What was found, or why nobody can tell: words for people, a sentence without its full stop. */
  readonly evidence: string;
  /** Milliseconds until it is seen if nothing moves there; absent: waiting alone does not help, or it is seen. */
  readonly left?: number;
}

/** `soaked` is seen, `too-early` to `other-images` are unseen; of the others nobody can tell. */
export type SoakReason =
  | 'soaked'
  | ('too-early' | 'not-there' | 'aborted' | 'other-images')
  | ('no-plan' | 'unknown-images' | 'shallow' | 'git');

/** A step of one environment, and the earlier environment that must have shown it. */
export interface SoakRequest {
  readonly promotion: PromotionSpec;
  /** The Rollout where it is promoted, as it is about to be committed. */
  readonly here: PlanRecord;
  /** Name of the state where it shall stand. */
  readonly to: string;
  /** The Rollout in the earlier environment, as the target branch holds it. */
  readonly there: PlanRecord;
}

/** Since when the plans of the earlier environment have all been as `hasReached` asks, in milliseconds since 1970. */
export type SinceThere =
  | { readonly kind: 'since'; readonly time: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' };

/** Whether a plan of the earlier environment stands at the step or beyond, in no abort, with the images that the step runs here. */
export function hasReached(request: SoakRequest): (facts: PlanFacts) => boolean {
  const reached = statesFrom(request);
  return ({ step = '', versions }) => reached.includes(step) && unlikeness(request, versions) === undefined;
}

/** Judges the newest plan of the earlier environment, and its history; `now` in milliseconds since 1970. */
export const soakOf = (request: SoakRequest, since: SinceThere, now: number): SoakVerdict => ({
  after: request.promotion.after,
  ...(notThere(request) ?? unlikeness(request, request.there.versions) ?? judgeTime(request, since, now)),
});

/** The verdict where nobody can tell. */
export const untold = (after: string, reason: SoakReason, evidence: string): SoakVerdict => ({
  ...{ after, verdict: 'unknown', reason, evidence },
});

type Judged = Omit<SoakVerdict, 'after'>;

const unseen = (reason: SoakReason, evidence: string): Judged => ({ verdict: 'unseen', reason, evidence });
const unknown = (reason: SoakReason, evidence: string): Judged => ({ verdict: 'unknown', reason, evidence });

/** Why the earlier environment does not stand at the step or beyond; undefined: it does. */
function notThere(request: SoakRequest): Judged | undefined {
  const { there, to, promotion } = request;
  const { step, aborts } = there;
  const after = quote(promotion.after);
  if (step === undefined) return unknown('no-plan', `the plan.json of ${after} does not say where it stands`);
  if (aborts.includes(step)) return unseen('aborted', `${after} stands at ${quote(step)}, an abort`);
  const reached = statesFrom(request);
  if (reached.includes(step)) return undefined;
  const [first] = reached;
  if (first === undefined) return unseen('not-there', `${after} has no step in common with the way to ${quote(to)}`);
  return unseen('not-there', `${after} stands at ${quote(step)}, which comes before ${quote(first)}`);
}

/**
 * The step and all that come after it on the tape of the earlier environment. A state that the compiler added here alone, such as more
 * pods before a share, is reached there with the last one before it that both have.
 */
function statesFrom({ here, to, there }: SoakRequest): readonly string[] {
  const [own, earlier] = [tapeOf(here), tapeOf(there)];
  const shared = own.slice(0, own.indexOf(to) + 1).filter(name => earlier.includes(name));
  const first = shared.at(-1);
  return first === undefined ? [] : earlier.slice(earlier.indexOf(first));
}

const tapeOf = ({ states, aborts }: PlanRecord): readonly string[] => states.filter(name => !aborts.includes(name));

/** What tells the versions that the step runs here from those of the same names there; undefined: nothing does. */
function unlikeness({ here, to, promotion }: SoakRequest, there: readonly PlannedVersion[]): Judged | undefined {
  const after = quote(promotion.after);
  for (const name of here.running.get(to) ?? []) {
    const [own, other] = [here.versions, there].map(versions => versions.find(version => version.name === name));
    if (other === undefined) return unseen('other-images', `${after} has no version ${quote(name)}`);
    const [mine, theirs] = [contentOf(own), contentOf(other)];
    if (mine === undefined || theirs === undefined)
      return unknown('unknown-images', `plan.json does not say what ${quote(name)} runs in ${after}`);
    if (mine !== theirs)
      return unseen('other-images', `${quote(name)} is ${quote(theirs)} in ${after}, and ${quote(mine)} here`);
  }
  return undefined;
}

/** The image, or the Service of somebody else. */
const contentOf = (version: PlannedVersion | undefined): string | undefined => version?.image ?? version?.service;

function judgeTime(request: SoakRequest, since: SinceThere, now: number): Judged {
  const { soak } = request.promotion;
  const after = quote(request.promotion.after);
  const [first = request.to] = statesFrom(request);
  if (since.kind === 'unknown') return unknown('shallow', `the history of ${after} is not in this shallow clone`);
  if (since.kind === 'never') return unseen('not-there', `${after} does not stand at ${quote(first)} or beyond`);
  const stood = Math.max(0, now - since.time);
  const asked = readDuration(soak ?? '') ?? 0;
  const evidence = `${after} has stood at ${quote(first)} or beyond for ${wholeMinutes(stood)}`;
  if (stood >= asked) return { verdict: 'seen', reason: 'soaked', evidence };
  return { ...unseen('too-early', `${evidence}, not for ${soak}`), left: asked - stood };
}

const MINUTE = 60_000;

const wholeMinutes = (time: number): string => (time < MINUTE ? 'less than 1m' : printDuration(time - (time % MINUTE)));
