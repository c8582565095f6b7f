import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { checkRoute, isHttp } from '../check-route.ts';
import { retryReasons, shared } from './messages.ts';

const HTTP = ['5xx', 'gateway-error'];
const GRPC = ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'];

/** What Linkerd cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [...checkRoute(plan, shared), ...checkReasons(plan)];

function checkReasons(plan: Plan): readonly Finding[] {
  const [known, kind] = isHttp(plan) ? [HTTP, 'an HTTPRoute'] : [GRPC, 'a GRPCRoute'];
  const wrong = (plan.route.retries?.retryOn ?? []).filter(word => !known.includes(word));
  const at = { path: ['spec', 'route', 'retries'] };
  return wrong.length === 0 ? [] : [retryReasons(at, { wrong, kind, known })];
}
