import type { Plan, State } from '../../model/plan.ts';

/** Versions whose own Service leads somewhere: those with pods. */
export const addressed = (_plan: Plan, state: State): readonly string[] =>
  state.running.filter(({ replicas }) => replicas > 0).map(({ version }) => version);
