import type { Plan, State } from '../model/plan.ts';

/** Running versions with a Service of ours to themselves: those that are not somebody else's Service. */
export function addressedByService(plan: Plan, state: State): readonly string[] {
  const foreign = plan.versions.filter(version => version.kind === 'service').map(version => version.name);
  return state.running.map(({ version }) => version).filter(version => !foreign.includes(version));
}
