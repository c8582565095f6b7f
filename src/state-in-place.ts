import { livePath, statePath } from './layout/paths.ts';
import { planInStep } from './layout/step-in-plan.ts';
import type { OutFile } from './model/compiled.ts';
import { readManifests } from './read/read-manifests.ts';

/** The files that put a committed state into place. */
export interface StateInPlace {
  /** The live files and plan.json, as they shall be. */
  readonly files: readonly OutFile[];
}

/**
 * Splits the text of a committed state into live files, and lets the plan.json say that the Rollout stands there: nothing is compiled, so that it
 * works where nothing compiles any more. A text says what is wrong.
 */
export function stateInPlace(
  directory: string,
  step: string,
  { state, plan }: { readonly state: string; readonly plan: string },
): StateInPlace | string {
  const [, header = '', body = ''] = /^((?:#[^\n]*\n)*)(.*)$/s.exec(state) ?? [];
  const live: OutFile[] = [];
  for (const text of body.split(/^---\n/m)) {
    const read = readManifests({ file: statePath(directory, step), text });
    const [object, ...others] = 'objects' in read ? read.objects : [];
    if (object === undefined || others.length > 0)
      return `${statePath(directory, step)} holds something that is no object`;
    live.push({ path: livePath(directory, object), text: header + text });
  }
  const json = planInStep(plan, step, live);
  if (json === undefined) return `the plan.json of ${directory} has no state ${step}`;
  return { files: [...live, { path: `plan/${directory}/plan.json`, text: json }] };
}
