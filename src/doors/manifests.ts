import { statePath } from '../layout/paths.ts';
import type { CompiledRollout } from '../model/compiled.ts';
import type { KubeObject } from '../model/kubernetes.ts';
import { rereadDocuments } from '../yaml/reread.ts';

/**
 * The objects of one state as its file in out/plan says them; `state` absent: the current one, which out/live holds.
 * Undefined where the plan has no such state.
 */
export function manifestsOf(
  { plan, directory, files }: CompiledRollout,
  state: string = plan.current,
): readonly KubeObject[] | undefined {
  const path = statePath(directory, state);
  const file = files.find(one => one.path === path);
  return file === undefined ? undefined : (rereadDocuments(file.text) as unknown as readonly KubeObject[]);
}
