import { naturally } from '../../model/order.ts';
import type { Plan } from '../../model/plan.ts';
import { addressedByService } from '../expect-services.ts';

/** The settings that say where requests come in, as they were written. */
interface Written {
  readonly ingressClassName?: string;
  readonly scheme?: string;
  readonly group?: { readonly name: string; readonly order?: number };
  readonly listenPorts?: readonly { readonly protocol: string; readonly port: number }[];
  readonly certificateArns?: readonly string[];
  readonly sslRedirect?: number;
  readonly healthCheckPath?: string;
}

/** Running versions with a Service of ours. */
export const addressed = addressedByService;

/** The load balancer and its listeners, in the words of the reader. */
export function entrances(plan: Plan): readonly string[] {
  const { ingressClassName, scheme, group, listenPorts, certificateArns, sslRedirect, healthCheckPath } =
    plan.options as Written;
  return [
    `class ${ingressClassName ?? 'alb'}`,
    `scheme ${scheme ?? 'internal'}`,
    ...(group === undefined ? [] : [`group.name ${group.name}`, `group.order ${group.order ?? 0}`]),
    ...(listenPorts === undefined ? [] : [`listen-ports [${listenPorts.map(listener).join(',')}]`]),
    ...(certificateArns === undefined ? [] : [`certificate-arn ${certificateArns.join(',')}`]),
    ...(sslRedirect === undefined ? [] : [`ssl-redirect ${sslRedirect}`]),
    ...(healthCheckPath === undefined ? [] : [`healthcheck-path ${healthCheckPath}`]),
  ].sort(naturally);
}

const listener = ({ protocol, port }: { readonly protocol: string; readonly port: number }): string =>
  `{"${protocol}":${port}}`;
