import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { type Claims, type Held, type Member, scoped } from '../layout/claimants.ts';
import type { CommittedFleet } from './committed-fleet.ts';
import { type CommittedPlan, planPathOf } from './committed-plan.ts';
import { rolloutGone } from './messages.ts';

/** A Rollout that is still in out/ although no file describes it. */
export interface Abandoned {
  readonly plan: CommittedPlan;
  /** The directories that its file describes today; absent: the file is gone. */
  readonly now?: readonly string[];
}

/** What is asked of a fleet to tell what was left behind. */
export interface FleetView {
  readonly members: readonly Member<Claims>[];
  readonly committed: CommittedFleet;
  /** Whether a Rollout file is still there, compiled or not. */
  readonly exists: (source: string) => boolean;
}

/** Rollouts whose file now describes another one and, where the whole fleet is looked at, those whose file is gone. */
export function findAbandoned({ members, committed, exists }: FleetView, whole: boolean): readonly Abandoned[] {
  const wanted = directoriesOf(members);
  const now = new Map(members.map(({ source, results }) => [source, results?.map(one => one.directory)]));
  return [...committed.plans.values()].flatMap((plan): Abandoned[] => {
    if (wanted.has(plan.directory)) return [];
    const elsewhere = now.get(plan.source);
    if (elsewhere !== undefined) return [{ plan, now: elsewhere }];
    return whole && !exists(plan.source) ? [{ plan }] : [];
  });
}

/** Who holds what by the committed plans. A file that moved leaves its Rollout to the file that describes it now. */
export function heldBy({ members, committed, exists }: FleetView, pruned: ReadonlySet<CommittedPlan>): Held {
  const wanted = directoriesOf(members);
  const held = new Map<string, string>();
  for (const plan of committed.plans.values()) {
    const moved = wanted.has(plan.directory) && !exists(plan.source);
    if (moved || pruned.has(plan)) continue;
    held.set(plan.directory, plan.source);
    for (const claim of plan.objects) held.set(scoped(plan.directory, claim), plan.source);
  }
  return held;
}

/** Files with errors that nothing in out/ comes from: each may be where an abandoned Rollout moved to. */
export function findUnplaced({ members, committed }: FleetView): readonly string[] {
  const placed = new Set([...committed.plans.values()].map(plan => plan.source));
  return members
    .filter(member => member.results === undefined && !placed.has(member.source))
    .map(member => member.source);
}

/** The error about a Rollout that was left behind, placed at its plan.json, the only file that still names it. */
export function reportAbandoned({ plan, now }: Abandoned, outName: string, unplaced: readonly string[]): Diagnostic {
  const { source, directory } = plan;
  const params = {
    source,
    directory,
    out: outName,
    ...(now === undefined ? {} : { now }),
  };
  const notes = unplaced.map(file => ({
    file,
    text: 'this file has errors and may describe it; mend it first.',
  }));
  return wholeFile(rolloutGone({ path: [] }, params), `${outName}/${planPathOf(directory)}`, notes);
}

const directoriesOf = (members: readonly Member<Claims>[]): ReadonlySet<string> =>
  new Set(members.flatMap(({ results = [] }) => results.map(result => result.directory)));
