import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan, Retries } from '../../model/plan.ts';
import type { Fault, Rule, Share, Split } from '../../model/traffic.ts';
import { API_VERSION } from './api-version.ts';
import type { Backends } from './backends.ts';
import { matchRequest } from './match.ts';
import { fullHost, istioDuration } from './names.ts';

type JsonObject = { readonly [key: string]: Json };

/** Which request goes where: an ordered list of rules, the first that matches wins. */
export const virtualService = (plan: Plan, backends: Backends, rules: readonly Rule[]): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'VirtualService',
  metadata: {
    name: plan.rollout,
    namespace: plan.namespace,
    labels: rolloutLabels(plan),
  },
  spec: {
    hosts: plan.route.hosts.map(host => fullHost(plan, host)),
    ...(plan.route.gateways.length === 0 ? {} : { gateways: plan.route.gateways }),
    http: rules.map(rule => httpRoute(plan, backends, rule)),
  },
});

function httpRoute(plan: Plan, backends: Backends, rule: Rule): JsonObject {
  const { timeout, retries, rewrite } = plan.route;
  const destination = (version: string): JsonObject => ({
    ...backends.destination(version),
    ...destinationPort(plan),
  });
  return {
    name: rule.name,
    ...(rule.matches.length === 0 ? {} : { match: rule.matches.map(matchRequest) }),
    ...(rule.fault === undefined ? {} : { fault: fault(rule.fault) }),
    ...(rewrite === undefined ? {} : { rewrite: { uri: rewrite } }),
    ...(timeout === undefined ? {} : { timeout: istioDuration(timeout) }),
    retries: retryPolicy(retries),
    ...mirrors(rule.mirror, destination),
    route: weighted(rule.split).map(({ version, weight }) => ({
      destination: destination(version),
      ...(weight === undefined ? {} : { weight }),
    })),
  };
}

/** With one port it is said; with several, Istio keeps the port that was called. */
const destinationPort = ({ ports }: Plan): JsonObject =>
  ports.length === 1 ? { port: { number: ports[0]!.port } } : {};

/** Percents where all are whole, else basis points; a lone destination takes everything and carries no weight. */
function weighted(split: Split): readonly { version: string; weight?: number }[] {
  if (split.length === 1) return [{ version: split[0]!.version }];
  const unit = split.every(portion => portion.share % 100 === 0) ? 100 : 1;
  return split.map(({ version, share }) => ({ version, weight: share / unit }));
}

const percentage = (share: Share): JsonObject => ({ value: share / 100 });

/** The single form where one is enough, because it is understood by every release. */
function mirrors(mirror: Split, destination: (version: string) => JsonObject): JsonObject {
  const [first, ...others] = mirror;
  if (first === undefined) return {};
  if (others.length === 0)
    return {
      mirror: destination(first.version),
      mirrorPercentage: percentage(first.share),
    };
  return {
    mirrors: mirror.map(({ version, share }) => ({
      destination: destination(version),
      percentage: percentage(share),
    })),
  };
}

const fault = ({ delay, abort }: Fault): JsonObject => ({
  ...(delay === undefined
    ? {}
    : {
        delay: {
          percentage: percentage(delay.share),
          fixedDelay: istioDuration(delay.duration),
        },
      }),
  ...(abort === undefined
    ? {}
    : {
        abort: {
          percentage: percentage(abort.share),
          httpStatus: abort.status,
        },
      }),
});

/** Without a policy Istio retries twice by itself, so "none" is written out. */
const retryPolicy = (retries: Retries | undefined): JsonObject =>
  retries === undefined
    ? { attempts: 0 }
    : {
        attempts: retries.attempts,
        ...(retries.perTryTimeout === undefined ? {} : { perTryTimeout: istioDuration(retries.perTryTimeout) }),
        retryOn: retries.retryOn.join(','),
      };
