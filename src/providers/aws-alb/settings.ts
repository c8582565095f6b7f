import type { Plan } from '../../model/plan.ts';

/** The settings under `aws-alb` as they were written. */
export interface Settings {
  readonly ingressClassName?: string;
  readonly scheme?: string;
  readonly group?: { readonly name: string; readonly order?: number };
  readonly listenPorts?: readonly { readonly protocol: 'HTTP' | 'HTTPS'; readonly port: number }[];
  readonly certificateArns?: readonly string[];
  readonly sslRedirect?: number;
  readonly healthCheckPath?: string;
}

/** The settings of a plan; its schema has seen to their shape. */
export const settingsOf = (plan: Pick<Plan, 'options'>): Settings => plan.options as Settings;
