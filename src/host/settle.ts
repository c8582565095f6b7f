import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Held, Member } from '../layout/claimants.ts';
import { settleFleet } from '../layout/fleet.ts';
import { type FleetView, findAbandoned, findUnplaced, heldBy, reportAbandoned } from './abandoned.ts';
import { type CommittedFleet, readCommittedFleet, sourceExists, warnUnreadable } from './committed-fleet.ts';
import type { CommittedPlan } from './committed-plan.ts';
import { type Draft, unchangedPlans } from './draft.ts';
import type { OutFolder } from './out-folder.ts';

/** A fleet in which every Rollout knows whether it may write. */
export interface Settlement {
  readonly fleet: readonly Member<Draft>[];
  readonly committed: CommittedFleet;
  /** Rollouts that nobody describes any more and that are to be deleted. */
  readonly pruned: readonly CommittedPlan[];
  /** What concerns no single Rollout file. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface SettleRequest {
  readonly root: string;
  readonly out: OutFolder;
  /** Whether the members are all Rollouts that there are. */
  readonly whole: boolean;
  readonly prune: boolean;
}

/** Holds the drafts against each other and against what is committed in out/. */
export function settleDrafts(members: readonly Member<Draft>[], request: SettleRequest): Settlement {
  const { out } = request;
  const unchanged = members.flatMap(unchangedPlans);
  const committed = readCommittedFleet(out, new Map(unchanged.map(plan => [plan.directory, plan])));
  const view: FleetView = {
    members,
    committed,
    exists: existence(members, request.root),
  };
  const abandoned = findAbandoned(view, request.whole);
  const unplaced = request.prune ? findUnplaced(view) : [];
  const mayPrune = request.prune && unplaced.length === 0;
  const asked = mayPrune ? abandoned.map(({ plan }) => plan) : [];
  const fleet = settleFleet(members, heldBy(view, new Set(asked)));
  // Where the new name of a Rollout may not be written, its old one must go on serving.
  const sound = new Set(fleet.filter(member => member.results !== undefined).map(member => member.source));
  const pruned = abandoned
    .filter(({ plan, now }) => asked.includes(plan) && (now === undefined || sound.has(plan.source)))
    .map(({ plan }) => plan);
  const left = abandoned.filter(({ plan }) => !pruned.includes(plan));
  const diagnostics = [
    ...warnUnreadable(out, committed).filter(one => !isLost(members, one)),
    ...left.map(one => reportAbandoned(one, out.name, unplaced)),
  ];
  return { fleet, committed, pruned, diagnostics };
}

/** Who holds what, for commands that only read. */
export function readHeld(members: FleetView['members'], root: string, out: OutFolder): Held {
  const committed = readCommittedFleet(out, new Map());
  return heldBy({ members, committed, exists: existence(members, root) }, new Set());
}

/** Whether an error about the same plan.json says more. */
const isLost = (members: FleetView['members'], { file }: Diagnostic): boolean =>
  members.some(member => member.diagnostics.some(one => one.severity === 'error' && one.file === file));

function existence(members: FleetView['members'], root: string): (source: string) => boolean {
  const known = new Set(members.map(member => member.source));
  return source => known.has(source) || sourceExists(root, source);
}
