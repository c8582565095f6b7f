import type { Stats } from 'node:fs';

/** What the system says about a file that changes when its content does; times in milliseconds since 1970. */
export interface Stamp {
  readonly ino: number;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
}

/** The stamp of a file as the system described it. */
export const stampOf = ({ ino, size, mtimeMs, ctimeMs }: Stats): Stamp => ({
  ino,
  size,
  mtime: mtimeMs,
  ctime: ctimeMs,
});

/** Whether two stamps are of the same file, unchanged. */
export const sameStamp = (a: Stamp, b: Stamp): boolean =>
  a.ino === b.ino && a.size === b.size && a.mtime === b.mtime && a.ctime === b.ctime;

/** Kernels stamp files by a clock that ticks every 1 to 16 ms; some disks keep whole seconds only, FAT every other one. */
const TICK = 32;
const COARSE_TICK = 2_000;

/**
 * Whether any later change of a file is sure to change its stamp: it is older than the tick of the clock. git calls
 * the others racily clean (https://git-scm.com/docs/racy-git).
 */
export function isSettled({ mtime, ctime }: Stamp, now: number): boolean {
  const newest = Math.max(mtime, ctime);
  return newest + (newest % 1000 === 0 ? COARSE_TICK : TICK) < now;
}
