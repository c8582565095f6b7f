import type { CircuitBreaker } from '../../model/plan.ts';
import type { Draft } from '../../model/reading.ts';
import { show, strange } from '../../model/reading.ts';
import type { CoreService } from '../../model/reading-services.ts';

const LIMITS = [
  ['projectcontour.io/max-connections', 'maxConnections'],
  ['projectcontour.io/max-pending-requests', 'maxPendingRequests'],
  ['projectcontour.io/max-requests', 'maxRequests'],
] as const;

/** Annotations of a Service that are read here: https://projectcontour.io/docs/main/config/annotations/ */
export const LIMIT_ANNOTATIONS: ReadonlySet<string> = new Set(LIMITS.map(([annotation]) => annotation));

/** What the annotations of a Service limit; undefined: nothing. */
export function limitsOf({ annotations, spot }: CoreService): CircuitBreaker | undefined {
  const breaker: Draft<CircuitBreaker> = {};
  for (const [annotation, limit] of LIMITS) {
    const text = annotations[annotation];
    if (text === undefined) continue;
    const value = typeof text === 'string' && /^\d{1,10}$/.test(text) ? Number(text) : 0;
    // Contour reads what it cannot read as no limit.
    if (value === 0 || value > 4_294_967_295) strange(spot, `${annotation} ${show(text)} limits nothing`);
    else breaker[limit] = value;
  }
  return Object.keys(breaker).length === 0 ? undefined : breaker;
}
