import type { Plan } from '../../model/plan.ts';

/** The settings under `nginx` as they were written. */
export interface Settings {
  readonly ingressClassName?: string;
  readonly tlsSecret?: string;
}

/** The settings of a plan; its schema has seen to their shape. */
export const settingsOf = (plan: Pick<Plan, 'options'>): Settings => plan.options as Settings;
