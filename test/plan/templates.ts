import type { Compiled } from '../../src/model/compiled.ts';
import type { State } from '../../src/model/plan.ts';

/** The text of what keeps the pods of each version of a compiled Rollout, number of pods apart. */
export function templatesOf(compiled: Compiled): ReadonlyMap<string, string> {
  const [result] = compiled.results ?? [];
  if (result === undefined) throw new Error(compiled.diagnostics.map(d => `${d.code} ${d.what}`).join('\n'));
  const { plan, files, directory } = result;
  const inState = (state: State): readonly (readonly [string, string])[] => {
    const { text } = files.find(({ path }) => path === `plan/${directory}/${state.name}.yaml`)!;
    const newest = state.running.at(-1)!.version;
    return text.split('\n---\n').flatMap(object => {
      const template = templateOf(object);
      const own = /\n {2}name: (.*)/.exec(object)![1]!.slice(plan.rollout.length + 1);
      return template === undefined ? [] : [[own === '' ? newest : own, template] as const];
    });
  };
  return new Map(plan.states.flatMap(inState));
}

/** Of a Deployment all but how many pods it has; of Knative the template. */
function templateOf(object: string): string | undefined {
  if (/^kind: Deployment$/m.test(object))
    return object.slice(object.indexOf('apiVersion')).replace(/^ {2}replicas: \d+\n/m, '');
  return /^ {2}template:\n(?: {4,}.*\n?)+/m.exec(object)?.[0];
}
