import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { driftExtra, driftMissing, driftObsolete, driftStale, driftUnfinished } from '../host/drift-messages.ts';
import type { Drift } from '../host/survey-out.ts';
import { type CheckedWhere, removeCommand, synthCommand } from './synth-summary.ts';

/** How out/ differs from the Rollouts, as one error at each file of it. */
export function driftDiagnostics(drift: Drift, where: CheckedWhere): readonly Diagnostic[] {
  const each = (paths: readonly string[], rule: typeof driftStale, mend: (path: string) => string) =>
    paths.map(path => {
      const file = `${where.outName}/${path}`;
      return wholeFile(rule({ path: [] }, { file, mend: mend(path) }), file);
    });
  const command = synthCommand(where);
  const synth = () => command;
  return [
    ...each(drift.stale, driftStale, synth),
    ...each(drift.missing, driftMissing, synth),
    ...each(drift.obsolete, driftObsolete, synth),
    ...each(drift.leftovers, driftUnfinished, synth),
    ...each(drift.extra, driftExtra, path => removeCommand([path], where)),
  ];
}
