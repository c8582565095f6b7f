import { type Diagnostic, distinct } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { type Claimants, type Claims, claimantsOf, type Held, type Member, scoped } from './claimants.ts';
import { objectClaimed, sameDirectoryIgnoringCase, sameRollout } from './fleet-messages.ts';

/**
 * Settles who may write what: of Rollouts that want the same directory or object, the one that already holds it
 * keeps it; the others lose their result and gain an error. Where nobody holds it, all of them do.
 */
export function settleFleet<R extends Claims>(fleet: readonly Member<R>[], held: Held): readonly Member<R>[] {
  let settled = fleet;
  // Whoever fails stays as it is on disk, and so still holds what it meant to give up: look again.
  for (;;) {
    const claimants = claimantsOf(settled, held);
    const next = settled.map(member => settleMember(member, claimants));
    if (next.every((member, index) => member === settled[index])) return settled;
    settled = next;
  }
}

function settleMember<R extends Claims>(member: Member<R>, claimants: Claimants): Member<R> {
  const { source, diagnostics, results } = member;
  if (results === undefined) return member;
  const found = results.flatMap(({ directory, claims }) => {
    // Who shares the directory shares every object in it: once said is enough.
    const overDirectory = directoryRivals(source, directory, claimants);
    const keys = claims.map(claim => [claim, scoped(directory, claim)] as const);
    return overDirectory.length > 0 ? overDirectory : objectRivals(source, keys, claimants);
  });
  return found.length === 0 ? member : { source, diagnostics: [...distinct(found), ...diagnostics] };
}

function directoryRivals(source: string, directory: string, claimants: Claimants): readonly Diagnostic[] {
  const rival = claimants.rival(directory, source);
  if (rival !== undefined) return [wholeFile(sameRollout({ path: [] }, { ...rival, directory }), source)];
  const twin = claimants.twin(directory, source);
  if (twin === undefined) return [];
  const params = {
    file: twin.file,
    holds: twin.holds,
    directory,
    other: twin.directory,
  };
  return [wholeFile(sameDirectoryIgnoringCase({ path: [] }, params), source)];
}

/** One finding for each other Rollout, whatever the number of claims; each claim with its scoped form. */
function objectRivals(
  source: string,
  claims: readonly (readonly [claim: string, key: string])[],
  claimants: Claimants,
): readonly Diagnostic[] {
  const taken = new Map<string, { holds: boolean; claimed: string[] }>();
  for (const [claim, key] of claims) {
    const rival = claimants.rival(key, source);
    if (rival === undefined) continue;
    const known = taken.get(rival.file) ?? { holds: false, claimed: [] };
    taken.set(rival.file, {
      holds: known.holds || rival.holds,
      claimed: [...known.claimed, claim],
    });
  }
  return [...taken].map(([file, { holds, claimed }]) =>
    wholeFile(objectClaimed({ path: [] }, { file, holds, claims: claimed }), source),
  );
}
