import type { Plan } from '../../model/plan.ts';

/** The full name of a Service of the namespace; Istio resolves short names in the namespace of the reader of a rule. */
export const fullHost = (plan: Pick<Plan, 'namespace'>, host: string): string =>
  host.includes('.') || host === '*' ? host : `${host}.${plan.namespace}.svc.cluster.local`;

/** A duration as Go and Istio's CRDs read it: whole seconds, or milliseconds. */
export const istioDuration = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
