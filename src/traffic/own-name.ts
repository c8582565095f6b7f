import type { State } from '../model/plan.ts';

/**
 * The one version that the service's own name leads to, where the route does not take such calls: the stable one where it has a part of the
 * traffic, else the one with the greatest part, so that no version is retired while callers by that name depend on it.
 */
export function versionOfOwnName({ rules, stable }: Pick<State, 'rules' | 'stable'>): string {
  const { split } = rules.at(-1)!;
  const home = split.find(({ version }) => version === stable);
  return (home ?? split.reduce((most, portion) => (portion.share > most.share ? portion : most))).version;
}
