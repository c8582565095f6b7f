import type { Plan } from '../model/plan.ts';
import type { Strengths } from './overload.ts';

/** Pods of each version that carry all requests, as the Rollout says; versions whose pods are not ours are left out. */
export const strengthsOf = ({ versions }: Pick<Plan, 'versions'>): Strengths =>
  new Map(
    versions.flatMap(version => {
      switch (version.kind) {
        case 'service':
          return [];
        case 'template':
          return [[version.name, version.template.replicas] as const];
        case 'workload':
          return [[version.name, version.workload.replicas] as const];
        default:
          return version satisfies never;
      }
    }),
  );
