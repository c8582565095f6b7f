import type { Json, KubeObject, Labels } from '../../model/kubernetes.ts';
import { rolloutLabels, versionName } from '../../model/labels.ts';
import type { LoadBalancing, Plan, State } from '../../model/plan.ts';
import { WHOLE } from '../../model/traffic.ts';
import { clausesOf } from '../../traffic/clauses.ts';
import type { Roles } from './roles.ts';
import { settingsOf } from './settings.ts';

/** https://github.com/kubernetes/ingress-nginx/blob/main/docs/user-guide/nginx-configuration/annotations.md */
const DOMAIN = 'nginx.ingress.kubernetes.io';

/** The Ingress without which the canary does nothing. What nginx would do by itself is switched off: a second try. */
export function mainIngress(plan: Plan, { rules }: Pick<State, 'rules'>, { main }: Roles): KubeObject {
  const { tlsSecret } = settingsOf(plan);
  const [port] = plan.ports;
  return ingress(plan, rules, {
    name: plan.rollout,
    orders: {
      'backend-protocol': port?.protocol === 'grpc' ? 'GRPC' : 'HTTP',
      'proxy-next-upstream': 'off',
      ...balancing(plan.route.loadBalancing),
    },
    backend: { name: versionName(plan, main), port: { number: port?.port ?? 80 } },
    ...(tlsSecret === undefined ? {} : { tls: [{ hosts: plan.route.hosts, secretName: tlsSecret }] }),
  });
}

/**
 * The canary. It calls its port by the name, and the main Ingress by the number, because nginx keeps one upstream for each way to write a
 * backend, and one that a canary came first to has no paths:
 * https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/controller/controller.go (`createUpstreams`, `NoServer`)
 */
export function canaryIngress(
  plan: Plan,
  { rules }: Pick<State, 'rules'>,
  { canary, weight, header }: Roles,
): KubeObject {
  const unit = weight % 100 === 0 ? 100 : 1;
  return ingress(plan, rules, {
    name: `${plan.rollout}-canary`,
    orders: {
      canary: 'true',
      ...(header === undefined ? {} : { 'canary-by-header': header.name, 'canary-by-header-value': header.value }),
      'canary-weight': String(weight / unit),
      'canary-weight-total': String(WHOLE / unit),
      ...balancing(plan.route.loadBalancing),
    },
    backend: { name: versionName(plan, canary), port: { name: plan.ports[0]?.name ?? 'http' } },
  });
}

interface Facts {
  readonly name: string;
  readonly orders: Labels;
  readonly backend: Json;
  readonly tls?: Json;
}

function ingress(plan: Plan, rules: State['rules'], { name, orders, backend, tls }: Facts): KubeObject {
  const [clause] = clausesOf(rules.at(-1)?.matches ?? []);
  const path = clause?.path?.kind === 'segments' ? clause.path.value : '/';
  const http = { paths: [{ path, pathType: 'Prefix', backend: { service: backend } }] };
  const hosts = plan.route.hosts.length === 0 ? [{}] : plan.route.hosts.map(host => ({ host }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: plan.namespace,
      labels: rolloutLabels(plan),
      annotations: Object.fromEntries(Object.entries(orders).map(([key, value]) => [`${DOMAIN}/${key}`, value])),
    },
    spec: {
      ingressClassName: settingsOf(plan).ingressClassName ?? 'nginx',
      ...(tls === undefined ? {} : { tls }),
      rules: hosts.map(host => ({ ...host, http })),
    },
  };
}

const balancing = (balancing: LoadBalancing | undefined): Labels =>
  balancing?.kind === 'hash'
    ? { 'upstream-hash-by': `$${balancing.by === 'header' ? 'http' : 'cookie'}_${balancing.name.replaceAll('-', '_')}` }
    : { 'load-balance': 'round_robin' };
