import type { Finding } from '../diagnostics/finding.ts';
import { changedFiles, isWrong } from '../host/git.ts';
import { lookAt } from '../host/look.ts';
import type { Standing } from '../host/standings.ts';
import { synthFiles } from '../host/synth-files.ts';
import { FLEET_FILE } from '../model/fleet.ts';
import type { Verdict } from '../review/judge-change.ts';
import { overridden, type Refusal, staleOut, uncommitted } from '../review/move-messages.ts';
import type { MovePlace } from './move.ts';
import { synthCommand } from './synth-summary.ts';

/** A reason not to move; `isUnknown`: nobody can tell. */
export interface Obstacle {
  readonly refusal: Refusal;
  readonly finding: Finding;
  readonly isUnknown?: boolean;
}

const AT = { path: [] };

/** What of a hop is not proved. */
export const unsafeIn = ({ findings }: Verdict): readonly Obstacle[] =>
  findings.map(finding => ({ refusal: 'unsafe', finding: { ...finding, fix: finding.fix + overridden('unsafe') } }));

/** Whether out/ holds something else than the Rollout says, before it moves. */
export async function stale(
  { directory, facts }: Standing,
  { settings, out }: MovePlace,
): Promise<readonly Obstacle[]> {
  const { root, outName } = settings;
  const look = lookAt(root, facts.source ?? '');
  if (look.kind === 'wrong') return [];
  const request = { root, out, looks: [look], whole: false, prune: false, write: false, index: () => undefined };
  const { drift } = await synthFiles(request);
  const paths = [...drift.stale, ...drift.missing, ...drift.obsolete, ...drift.extra].map(path => `${outName}/${path}`);
  if (paths.length === 0) return [];
  const synth = synthCommand({ ...settings, paths: [look.file] });
  return [{ refusal: 'stale', finding: staleOut(AT, { directory, paths, synth }) }];
}

/** Whether the Rollout, or what it was compiled to, is not as it was committed. */
export function notCommitted(
  { directory, facts }: Standing,
  { repository, head, name }: MovePlace,
): readonly Obstacle[] {
  // What surefoot.yaml says of freezes and soak times counts only where others can read it.
  const own = [`${name}/live/${directory}`, `${name}/plan/${directory}`, facts.source ?? '', FLEET_FILE].filter(
    path => path !== '',
  );
  const changed = changedFiles(repository, head, undefined, own);
  const paths = isWrong(changed) ? [changed.wrong] : changed;
  if (paths.length === 0) return [];
  return [{ refusal: 'uncommitted', finding: uncommitted(AT, { directory, paths }) }];
}
