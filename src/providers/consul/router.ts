import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels, versionName } from '../../model/labels.ts';
import type { Plan, Retries } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { API_VERSION } from './api-version.ts';
import { httpMatch } from './match.ts';

type JsonObject = { readonly [key: string]: Json };

/** Which request goes where: an ordered list, the first route that matches wins. The last one leads to the splitter. */
export const router = (plan: Plan, rules: readonly Rule[]): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'ServiceRouter',
  metadata: { name: plan.rollout, namespace: plan.namespace, labels: rolloutLabels(plan) },
  spec: {
    routes: rules.flatMap((rule, i) => {
      const service = i === rules.length - 1 ? plan.rollout : versionName(plan, rule.split[0]!.version);
      const matches = rule.matches.length === 0 ? [EVERYTHING] : rule.matches;
      return matches.map(match => ({
        match: { http: httpMatch(match) },
        destination: destination(plan, service),
      }));
    }),
  },
});

function destination({ route: { timeout, retries, rewrite } }: Plan, service: string): JsonObject {
  return {
    service,
    ...(rewrite === undefined ? {} : { prefixRewrite: rewrite }),
    requestTimeout: timeout === undefined ? NO_LIMIT : goDuration(timeout),
    ...(retries === undefined ? {} : retryFields(retries)),
  };
}

/** Without a timeout a request would be cut after 15 s: https://github.com/hashicorp/consul/pull/19992 */
const NO_LIMIT = '-1s';

/** Without these Consul does not retry. */
const retryFields = ({ attempts, retryOn }: Retries): JsonObject => ({ numRetries: attempts, retryOn });

/** A duration as Go reads it: whole seconds, or milliseconds. */
const goDuration = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
