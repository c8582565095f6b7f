import type { Plan } from '../../model/plan.ts';

type Owner = Pick<Plan, 'rollout'>;

/** Name of the TraefikService that copies the requests of a rule. */
export const mirroringName = ({ rollout }: Owner, rule: string): string => `${rollout}-${rule}-mirror`;

/** Name of the TraefikService that splits the requests of a rule which are copied. */
export const splitName = ({ rollout }: Owner, rule: string): string => `${rollout}-${rule}-split`;
