import type { Plan, State } from '../model/plan.ts';
import { wholeOf } from '../traffic/share.ts';

/**
 * The first state in which nothing would answer calls by the own name past the route: versions share the traffic, and the stable
 * one is retired. Undefined: there is none, or the route takes such calls.
 */
export function unanswered({ route, versions, states }: Plan): State | undefined {
  if (route.ownName === 'route' || versions.some(({ kind }) => kind === 'service')) return undefined;
  return states.find(
    ({ rules, running, stable }) =>
      wholeOf(rules.at(-1)!.split) === undefined && running.every(({ version }) => version !== stable),
  );
}
