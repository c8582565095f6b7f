import type { Labels } from '../../model/kubernetes.ts';
import type { LoadBalancing, Plan, PortProtocol } from '../../model/plan.ts';
import { settingsOf } from './settings.ts';

/** Domain of the controller's annotations: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/ */
const DOMAIN = 'alb.ingress.kubernetes.io';

/** An annotation by its name without the domain. */
export const ordered = (orders: Labels): Labels =>
  Object.fromEntries(Object.entries(orders).map(([name, value]) => [`${DOMAIN}/${name}`, value]));

const VERSIONS: { readonly [protocol in Exclude<PortProtocol, 'tcp'>]: string } = {
  http: 'HTTP1',
  http2: 'HTTP2',
  grpc: 'GRPC',
};

const ALGORITHMS = {
  'round-robin': 'round_robin',
  random: 'weighted_random',
  'least-request': 'least_outstanding_requests',
} as const;

/** Annotations that are the same in every state; the controller's own defaults are written out where they would matter. */
export function fixedOrders(plan: Plan): Labels {
  const { scheme = 'internal', group, listenPorts, certificateArns, sslRedirect, healthCheckPath } = settingsOf(plan);
  const [port] = plan.ports;
  return {
    scheme,
    // Services of a Rollout have no node ports.
    'target-type': 'ip',
    'backend-protocol': 'HTTP',
    'backend-protocol-version': port === undefined || port.protocol === 'tcp' ? 'HTTP1' : VERSIONS[port.protocol],
    'target-group-attributes': `load_balancing.algorithm.type=${algorithm(plan.route.loadBalancing)}`,
    ...(group === undefined ? {} : { 'group.name': group.name, 'group.order': String(group.order ?? 0) }),
    ...(listenPorts === undefined
      ? {}
      : { 'listen-ports': JSON.stringify(listenPorts.map(listener => ({ [listener.protocol]: listener.port }))) }),
    ...(certificateArns === undefined ? {} : { 'certificate-arn': certificateArns.join(',') }),
    ...(sslRedirect === undefined ? {} : { 'ssl-redirect': String(sslRedirect) }),
    ...(healthCheckPath === undefined ? {} : { 'healthcheck-path': healthCheckPath }),
  };
}

const algorithm = (balancing: LoadBalancing | undefined): string =>
  ALGORITHMS[balancing === undefined || balancing.kind === 'hash' ? 'round-robin' : balancing.kind];
