import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { API_VERSION } from './api-version.ts';
import { mirroringName } from './names.ts';
import { type Refer, weighted } from './references.ts';
import { ruleText } from './rule-text.ts';

/** Settings under `spec.traefik`. */
interface Options {
  readonly entryPoints?: readonly string[];
  readonly ingressClass?: string;
  readonly tlsSecret?: string;
}

/** Which request goes where: a route for each rule, by number of priority. */
export function ingressRoute(plan: Plan, refer: Refer, rules: readonly Rule[]): KubeObject {
  const { entryPoints, ingressClass, tlsSecret }: Options = plan.options;
  const texts = rules.map(rule => ruleText(plan.route.hosts, rule));
  const priorities = prioritiesOf(texts);
  return {
    apiVersion: API_VERSION,
    kind: 'IngressRoute',
    metadata: { name: plan.rollout, namespace: plan.namespace, labels: rolloutLabels(plan) },
    spec: {
      ...(ingressClass === undefined ? {} : { ingressClassName: ingressClass }),
      ...(entryPoints === undefined ? {} : { entryPoints }),
      routes: rules.map((rule, i) => ({
        kind: 'Rule',
        match: texts[i]!,
        priority: priorities[i]!,
        services: servicesOf(plan, refer, rule),
      })),
      ...(tlsSecret === undefined ? {} : { tls: { secretName: tlsSecret } }),
    },
  };
}

const servicesOf = (plan: Plan, refer: Refer, rule: Rule): readonly Json[] =>
  rule.mirror.length === 0
    ? weighted(rule.split, refer)
    : [{ kind: 'TraefikService', name: mirroringName(plan, rule.name) }];

/**
 * Traefik tries the longest text first. Each rule keeps the number that it would have by itself, so that routes of others to the
 * same hosts stay where they are beside it, and gets a higher one only where it must come before a rule below it.
 */
function prioritiesOf(texts: readonly string[]): readonly number[] {
  const priorities: number[] = [];
  for (const text of texts.toReversed()) {
    const least = priorities.length === 0 ? 0 : priorities[0]! + 1;
    priorities.unshift(Math.max(least, new TextEncoder().encode(text).length));
  }
  return priorities;
}
