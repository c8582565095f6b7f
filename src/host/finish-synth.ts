import type { Member } from '../layout/claimants.ts';
import type { Draft } from './draft.ts';
import type { OutFolder } from './out-folder.ts';
import { ownByHeader } from './own-by-header.ts';
import { type Settlement, type SettleRequest, settleDrafts } from './settle.ts';
import { joinSurplus, type Surplus, surveyRest, surveyRollout } from './survey-out.ts';
import { type FleetSurplus, reportSynth, type SynthReport } from './synth-report.ts';
import { discardsOf, operate, operationsOf } from './write-out.ts';

export interface FinishRequest extends SettleRequest {
  /** Absent or false: look, write nothing. */
  readonly write: boolean;
}

export interface Finished {
  readonly report: SynthReport;
  /** As settled. */
  readonly fleet: readonly Member<Draft>[];
}

/** Settles a drafted fleet and, where `write` is set, puts what was staged into place. */
export function finishSynth(members: readonly Member<Draft>[], request: FinishRequest): Finished {
  let settlement: Settlement;
  try {
    settlement = settleDrafts(members, request);
  } catch (error) {
    for (const member of members) discard(request.out, member);
    throw error;
  }
  const surplus = surveyFleet(request, settlement);
  if (request.write) writeFleet(request, { members, settlement, surplus });
  return { report: reportSynth(settlement, surplus), fleet: settlement.fleet };
}

const NOTHING: Surplus = { obsolete: [], extra: [], leftovers: [] };

function surveyFleet({ out, whole }: FinishRequest, { fleet, committed, pruned }: Settlement): FleetSurplus {
  const ofMembers = fleet.map(({ results }) =>
    results?.map(({ directory, wanted, alone }) =>
      alone === true
        ? NOTHING
        : surveyRollout(out, {
            directory,
            wanted,
            own: committed.unreadable.has(directory)
              ? ownByHeader(out, directory)
              : (committed.plans.get(directory)?.files ?? []),
          }),
    ),
  );
  const ofPruned = pruned.map(({ directory, files }) => surveyRollout(out, { directory, wanted: [], own: files }));
  const known = fleet.flatMap(({ results = [] }) => results.map(result => result.directory));
  const directories = new Set([...known, ...committed.plans.keys(), ...committed.unreadable.keys()]);
  return {
    ofMembers,
    ofPruned,
    rest: whole ? surveyRest(out, directories) : joinSurplus([]),
  };
}

interface Written {
  readonly members: readonly Member<Draft>[];
  readonly settlement: Settlement;
  readonly surplus: FleetSurplus;
}

function writeFleet({ out }: FinishRequest, { members, settlement, surplus }: Written): void {
  const nothing = { moves: [] };
  settlement.fleet.forEach(({ results }, index) => {
    const own = surplus.ofMembers[index];
    if (results === undefined || own === undefined) discard(out, members[index]!);
    else for (const [part, { staged }] of results.entries()) operate(out, operationsOf(staged, own[part]!));
  });
  for (const one of surplus.ofPruned) operate(out, operationsOf(nothing, one));
  operate(out, operationsOf(nothing, surplus.rest));
}

function discard(out: OutFolder, { results = [] }: Member<Draft>): void {
  for (const { staged } of results) operate(out, discardsOf(staged));
}
