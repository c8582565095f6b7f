import { type Change, sharesObjects } from './judge-change.ts';

/**
 * Joins what belongs together: a Rollout file that is compiled to another folder than before. Where the objects are the same, as when
 * environments are introduced, the new folder is reached from what stood in the old one.
 */
export function withMoves(changes: readonly Change[]): readonly Change[] {
  const deleted = changes.filter(({ before, after }) => before !== undefined && after === undefined);
  const added = changes.filter(({ before, after }) => before === undefined && after !== undefined);
  return changes.map(change => {
    const { directory, before, after } = change;
    if (after === undefined) {
      const now = added.find(one => isSameSource(change, one));
      return now === undefined ? change : { ...change, moved: now.directory };
    }
    if (before !== undefined) return change;
    const was = deleted.find(one => isSameSource(one, change) && sharesObjects(one.before!.stand, after.stand));
    if (was?.before === undefined) return change;
    return { ...change, directory, before: was.before, past: was.past ?? [], moved: was.directory };
  });
}

const isSameSource = (old: Change, now: Change): boolean => {
  const source = old.before?.record.source;
  return source !== undefined && source === now.after?.record.source;
};
