import type { Plan, State } from '../../model/plan.ts';

/** Running versions with a Service of ours to themselves: where versions are told apart by Services, those with pods of ours. */
export function addressed(plan: Plan, state: State): readonly string[] {
  const foreign = plan.versions.filter(version => version.kind === 'service').map(version => version.name);
  if (plan.options['versions'] !== 'services' && foreign.length === 0) return [];
  return state.running.map(({ version }) => version).filter(version => !foreign.includes(version));
}
