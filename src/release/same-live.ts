import type { Compiled, CompiledRollout } from '../model/compiled.ts';

/** Paths below the output folder, sorted, where what agents sync is not the same; both must be free of errors. */
export function liveDifferences(before: Compiled, after: Compiled): readonly string[] {
  const [old, now] = [liveOf(before), liveOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter(path => old.get(path) !== now.get(path)).sort();
}

const liveOf = ({ results = [] }: Compiled): ReadonlyMap<string, string> =>
  new Map(results.flatMap(liveFiles).map(({ path, text }) => [path, text]));

const liveFiles = ({ files }: CompiledRollout) => files.filter(({ path }) => path.startsWith('live/'));
