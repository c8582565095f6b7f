import { DEFAULTS } from '../model/defaults.ts';
import { readDuration } from '../model/duration.ts';
import type { Fleet, FreezeSpec } from '../model/fleet.ts';
import { clockOf, lastBegin, readCron } from '../schedule.ts';

/** One time of a freeze, in milliseconds since 1970; `end` itself is free again. */
export interface FreezeWindow {
  readonly begin: number;
  readonly end: number;
  /** What surefoot.yaml says of it. */
  readonly freeze: FreezeSpec;
}

/** Freezes of the whole fleet and those of the environment. */
export const freezesOf = (fleet: Fleet, environment: string): readonly FreezeSpec[] => [
  ...(fleet.freezes ?? []),
  ...(fleet.environments?.[environment]?.freezes ?? []),
];

/** The window around a moment, in milliseconds since 1970: of several the one that ends last; undefined: there is none. */
export function frozenAt(freezes: readonly FreezeSpec[], now: number): FreezeWindow | undefined {
  return freezes
    .flatMap(freeze => windowAt(freeze, now) ?? [])
    .reduce<FreezeWindow | undefined>(
      (last, one) => (last === undefined || one.end > last.end ? one : last),
      undefined,
    );
}

/** A freeze whose schedule cannot be read is no window: surefoot.yaml is refused for it. */
function windowAt(freeze: FreezeSpec, now: number): FreezeWindow | undefined {
  const cron = readCron(freeze.schedule);
  const clock = clockOf(freeze.timeZone ?? DEFAULTS.timeZone);
  const length = readDuration(freeze.duration);
  if (cron === undefined || clock === undefined || length === undefined) return undefined;
  const begin = lastBegin({ cron, clock }, Math.max(0, now - length), now);
  return begin === undefined ? undefined : { begin, end: begin + length, freeze };
}
