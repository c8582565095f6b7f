import type { Spot, Tree } from '../../model/reading.ts';
import { show, strange } from '../../model/reading.ts';
import { goMilliseconds } from '../../model/reading-durations.ts';

/** Milliseconds of a duration in Go's units; undefined, with a problem, where it is none, or 0, which means a default. */
export function durationOf(spot: Spot, tree: Tree): number | undefined {
  const found = typeof tree === 'string' ? goMilliseconds(tree) : undefined;
  if (found === undefined || found === 0) strange(spot, `${show(tree)} is no duration of at least 1ms`);
  return found || undefined;
}
