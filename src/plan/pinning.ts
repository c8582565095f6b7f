import type { CommittedRollout } from '../model/compiled.ts';
import { type DefaultSet, newestOf } from '../model/default-sets.ts';
import { ownEntry } from '../model/once.ts';
import { unknownDefaults } from './frozen-messages.ts';
import type { Report } from './report.ts';

/** Which set of defaults each version began with. */
export interface Pinning {
  /** Absent: nothing of the Rollout is committed, so that every version begins now. */
  readonly committed?: CommittedRollout;
  /** The sets that this tool knows, the oldest first. */
  readonly sets: readonly DefaultSet[];
}

/** The set that a committed version keeps, or the newest one; reports a number that only a newer tool can have written. */
export function pinnedDefaults(version: string, { committed, sets }: Pinning, report: Report): DefaultSet {
  const number = ownEntry(committed?.versions, version)?.defaults;
  const kept = number === undefined ? newestOf(sets) : sets.find(set => set.number === number);
  if (kept !== undefined) return kept;
  const params = { version, number: number!, newest: newestOf(sets).number };
  report(unknownDefaults({ path: ['spec', 'versions', version], on: 'key' }, params));
  return newestOf(sets);
}
