import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { LoadBalancing, Plan, Retries } from '../../model/plan.ts';
import type { Fault, Match, Rule, Share, Split } from '../../model/traffic.ts';
import { destinations } from './destinations.ts';
import { matcher } from './match.ts';
import { GATEWAY_API, glooDuration, groupOf, isTable, upstreamOf, usesGroups } from './names.ts';

type JsonObject = { readonly [key: string]: Json };

/** Which request goes where: an ordered list of routes, the first that matches wins. */
export function routes(plan: Plan, rules: readonly Rule[]): KubeObject {
  const list = rules.map(rule => route(plan, rule));
  const metadata = { name: plan.rollout, namespace: plan.namespace, labels: rolloutLabels(plan) };
  if (isTable(plan)) {
    const weight = plan.options['weight'] ?? 0;
    return { apiVersion: GATEWAY_API, kind: 'RouteTable', metadata, spec: { weight, routes: list } };
  }
  const { hosts } = plan.route;
  const virtualHost = { ...(hosts.length === 0 ? {} : { domains: hosts }), routes: list };
  return { apiVersion: GATEWAY_API, kind: 'VirtualService', metadata, spec: { virtualHost } };
}

const EVERYTHING: Match = { headers: [], cookies: [], query: [] };

const route = (plan: Plan, rule: Rule): JsonObject => ({
  name: rule.name,
  matchers: (rule.matches.length === 0 ? [EVERYTHING] : rule.matches).map(matcher),
  routeAction: action(plan, rule),
  options: options(plan, rule),
});

function action(plan: Plan, { name, split }: Rule): JsonObject {
  if (usesGroups(plan)) return { upstreamGroup: groupOf(plan, name) };
  const [only] = split;
  if (split.length === 1) return { single: { upstream: upstreamOf(plan, only!.version) } };
  return { multi: { destinations: destinations(plan, split) } };
}

/** Envoy ends a request after 15 s where nothing is said; 0 is no limit. */
function options(plan: Plan, { mirror, fault }: Rule): JsonObject {
  const { timeout, retries, rewrite, loadBalancing } = plan.route;
  return {
    timeout: glooDuration(timeout ?? 0),
    ...(retries === undefined ? {} : { retries: retryPolicy(retries) }),
    ...(rewrite === undefined ? {} : { prefixRewrite: rewrite }),
    ...(mirror.length === 0 ? {} : { shadowing: shadowing(plan, mirror) }),
    ...(fault === undefined ? {} : { faults: faults(fault) }),
    ...(loadBalancing?.kind === 'hash' ? { lbHash: { hashPolicies: [hashPolicy(loadBalancing)] } } : {}),
  };
}

const retryPolicy = ({ attempts, perTryTimeout, retryOn }: Retries): JsonObject => ({
  retryOn: retryOn.join(','),
  numRetries: attempts,
  ...(perTryTimeout === undefined ? {} : { perTryTimeout: glooDuration(perTryTimeout) }),
});

const percentage = (share: Share): number => share / 100;

const shadowing = (plan: Plan, [copies]: Split): JsonObject => ({
  upstream: upstreamOf(plan, copies!.version),
  percentage: percentage(copies!.share),
});

const faults = ({ delay, abort }: Fault): JsonObject => ({
  ...(delay === undefined
    ? {}
    : { delay: { percentage: percentage(delay.share), fixedDelay: glooDuration(delay.duration) } }),
  ...(abort === undefined ? {} : { abort: { percentage: percentage(abort.share), httpStatus: abort.status } }),
});

/** Without a ttl Envoy only reads the cookie; with one of 0 it sets one that lives as long as the browser's session. */
const hashPolicy = ({ by, name }: Extract<LoadBalancing, { kind: 'hash' }>): JsonObject =>
  by === 'header' ? { header: name } : { cookie: { name, path: '/', ttl: '0s' } };
