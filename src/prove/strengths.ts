import { strengthOf } from '../model/capacity.ts';
import type { Plan } from '../model/plan.ts';
import type { Strengths } from './overload.ts';

/** Pods of each version that carry all requests, by its capacity, else by its replicas; versions whose pods are not ours are left out. */
export const strengthsOf = ({ versions }: Pick<Plan, 'versions'>): Strengths =>
  new Map(
    versions.flatMap(version => {
      const strength = strengthOf(version);
      return strength === undefined ? [] : [[version.name, strength] as const];
    }),
  );
