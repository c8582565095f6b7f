import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FleetFile } from '../../src/host/compiler.ts';
import { findFiles } from '../../src/host/find-sources.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { openIndex, type StatIndex } from '../../src/host/stat-index.ts';
import { synthFiles } from '../../src/host/synth-files.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import { temporaryFolder } from './workspace.ts';

/** How a run is to be. */
export interface Way {
  readonly prune?: boolean;
  readonly write?: boolean;
  readonly paths?: readonly string[];
  readonly index?: (fleet: FleetFile) => StatIndex;
}

/** Synthesises the Rollout files of a folder with the compiler proper. */
export async function synthesise(
  root: string,
  { prune = false, write = true, paths = [], index }: Way,
): Promise<SynthReport> {
  const out = openOut(root, 'out');
  const { looks } = await findFiles({ root, paths, mayBeEmpty: true });
  return synthFiles({ root, out, looks, whole: paths.length === 0, prune, write, index: fleet => index?.(fleet) });
}

/** The index of a folder, in another folder. */
export function indexOf(place: string): (fleet: FleetFile) => StatIndex {
  const folder = temporaryFolder();
  return fleet => openIndex(folder, place, ['tool', JSON.stringify(fleet ?? null)]);
}

/** Until a file that was just written is old enough to be believed. */
export const growOld = (): Promise<void> => setTimeout(50);

/** A copy of a folder, in a place of its own. */
export function twinOf(root: string): string {
  const twin = join(temporaryFolder(), 'twin');
  rmSync(twin, { recursive: true, force: true });
  cpSync(root, twin, { recursive: true, verbatimSymlinks: true });
  return twin;
}
