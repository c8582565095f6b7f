import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';
import type { Fault, Rule, Share, Split } from '../../model/traffic.ts';
import { inOrder, isPlaced, type Placed } from '../in-order.ts';
import { serviceOf } from '../version-services.ts';
import { API_VERSION } from './api-version.ts';
import { match } from './match.ts';
import { precedence } from './precedence.ts';

type JsonObject = { readonly [key: string]: Json };

/** Which request goes where: a route for each clause of a rule; the first one has the highest priority. */
export function apisixRoute(plan: Plan, rules: readonly Rule[]): KubeObject {
  const found = inOrder(rules, precedence);
  const placed: readonly Placed[] = isPlaced(found) ? found : [];
  const routes = placed.flatMap(({ rule, clauses }) =>
    clauses.map((clause, i) => ({ rule, clause, name: i === 0 ? rule.name : `${rule.name}.${i + 1}` })),
  );
  const { ingressClassName } = plan.options;
  return {
    apiVersion: API_VERSION,
    kind: 'ApisixRoute',
    metadata: { name: plan.rollout, namespace: plan.namespace, labels: rolloutLabels(plan) },
    spec: {
      ...(ingressClassName === undefined ? {} : { ingressClassName }),
      http: routes.map(({ rule, clause, name }, i) => ({
        name,
        priority: routes.length - 1 - i,
        match: match(plan.route.hosts, clause),
        timeout: PATIENCE,
        backends: backends(plan, rule.split),
        ...plugins(plan, rule),
      })),
    },
  };
}

/** Without these each wait for a part of a request or an answer ends after 60 s; a day is as good as no limit. */
const PATIENCE = { connect: '60s', send: '86400s', read: '86400s' };

/** Percents where all are whole, else basis points. */
function backends(plan: Plan, split: Split): readonly JsonObject[] {
  const unit = split.every(({ share }) => share % 100 === 0) ? 100 : 1;
  return split.map(({ version, share }) => ({
    serviceName: nameOf(plan, version),
    servicePort: plan.ports[0]!.port,
    weight: share / unit,
  }));
}

const nameOf = (plan: Plan, version: string): string =>
  serviceOf(plan, plan.versions.find(({ name }) => name === version)!);

function plugins(plan: Plan, { mirror, fault }: Rule): JsonObject {
  const list = [
    ...(fault === undefined ? [] : [plugin('fault-injection', faultConfig(fault))]),
    ...mirror.map(({ version, share }) => plugin('proxy-mirror', mirrorConfig(plan, version, share))),
  ];
  return list.length === 0 ? {} : { plugins: list };
}

const plugin = (name: string, config: JsonObject): JsonObject => ({ name, enable: true, config });

const mirrorConfig = (plan: Plan, version: string, share: Share): JsonObject => ({
  host: `${plan.ports[0]!.protocol === 'grpc' ? 'grpc' : 'http'}://${nameOf(plan, version)}.${plan.namespace}.svc.cluster.local:${plan.ports[0]!.port}`,
  sample_ratio: share / 10_000,
});

/** Percentages are written out, because without one every request is hit. */
const faultConfig = ({ delay, abort }: Fault): JsonObject => ({
  ...(delay === undefined ? {} : { delay: { duration: delay.duration / 1000, percentage: delay.share / 100 } }),
  ...(abort === undefined ? {} : { abort: { http_status: abort.status, percentage: abort.share / 100 } }),
});
