import { DEFAULTS } from '../model/defaults.ts';
import { readDuration } from '../model/duration.ts';
import type { Fleet } from '../model/fleet.ts';
import { ownEntry } from '../model/once.ts';

/** What is gone by where nobody says it: Argo CD looks every three minutes at most, Flux as often as it is told; in milliseconds. */
export const POLL_INTERVAL = readDuration(DEFAULTS.pollInterval)!;

/** How long the agent of an environment takes at most to see a commit, in milliseconds; undefined: surefoot.yaml does not say. */
export function pollIntervalIn(fleet: Fleet | undefined, environment: string): number | undefined {
  const said = (ownEntry(fleet?.environments, environment)?.agent ?? fleet?.agent)?.pollInterval;
  return said === undefined ? undefined : readDuration(said);
}
