import { findFiles } from '../host/find-sources.ts';
import { openOut } from '../host/out-folder.ts';
import { synthFiles } from '../host/synth-files.ts';
import type { SynthReport } from '../host/synth-report.ts';
import type { Settings } from './settings.ts';

/** How the output folder differs from what every Rollout says now, and all that was found in them; nothing is written. */
export async function checkOut({ root, outName }: Settings): Promise<SynthReport> {
  const { looks } = await findFiles({ root, paths: [], mayBeEmpty: true });
  const whole = { root, out: openOut(root, outName), looks, whole: true, prune: false, write: false };
  return synthFiles({ ...whole, index: () => undefined });
}
