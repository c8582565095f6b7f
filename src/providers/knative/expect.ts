import type { Plan, State } from '../../model/plan.ts';

/** Callers outside come in by the usual ingress; `cluster-local` keeps them out. */
export const entrances = (plan: Plan): readonly string[] =>
  plan.options['visibility'] === 'cluster-local' ? ['cluster-local'] : [];

/** Versions with a tag: all that run; in an abort the one that gets requests, so that no other can hold up the route. */
export const addressed = (_plan: Plan, state: State): readonly string[] => {
  const running = state.running.map(({ version }) => version);
  return state.kind === 'abort' ? running.filter(version => version === state.stable) : running;
};
