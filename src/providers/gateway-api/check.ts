import type { At, Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import { type Rule, WHOLE } from '../../model/traffic.ts';
import { atRule, checkRoute, isHttp, rulesOf } from '../check-route.ts';
import { type Extended, isExperimental, lacks } from './facts.ts';
import { everyHost, lacking, meshAndGateways, meshHosts, retriesChannel, shared } from './messages.ts';

/** What the Gateway API cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkParents(plan),
  ...checkRoute(plan, shared),
  ...(isHttp(plan) ? checkRetries(plan) : checkGrpc(plan)),
  ...checkExtended(plan),
];

const routeAt = (key: string): At => ({ path: ['spec', 'route', key] });

function checkParents({ route: { gateways, hosts, ownName }, rollout }: Plan): readonly Finding[] {
  if (gateways.includes('mesh')) {
    const others = gateways.filter(gateway => gateway !== 'mesh');
    return [meshAndGateways(routeAt('gateways'), { gateways: others })];
  }
  const foreign = hosts.filter(host => host !== rollout);
  if (ownName === 'route') return foreign.length === 0 ? [] : [meshHosts(routeAt('hosts'), { hosts: foreign })];
  return hosts.filter(host => host === '*').map(host => everyHost(routeAt('hosts'), { host }));
}

const checkRetries = (plan: Plan): readonly Finding[] =>
  plan.route.retries === undefined || isExperimental(plan) ? [] : [retriesChannel(routeAt('retries'), undefined)];

/** A GRPCRoute has matches, mirrors and weights only. */
const checkGrpc = ({ route, ports }: Plan): readonly Finding[] =>
  (['timeout', 'retries', 'rewrite'] as const)
    .filter(key => route[key] !== undefined)
    .map(key => shared.grpcRoute(routeAt(key), { what: key, port: ports[0]!.name }));

interface Need {
  readonly feature: Extended;
  readonly what: string;
  readonly at: At;
}

function checkExtended(plan: Plan): readonly Finding[] {
  if (!isHttp(plan)) return [];
  const told = new Set<string>();
  return [...routeNeeds(plan), ...rulesOf(plan).flatMap(ruleNeeds)].flatMap(({ feature, what, at }) => {
    if (!lacks(plan, feature) || told.has(feature)) return [];
    told.add(feature);
    return [lacking(at, { what, feature })];
  });
}

const routeNeeds = ({ route: { timeout, rewrite, retries } }: Plan): readonly Need[] => [
  ...(timeout === undefined
    ? []
    : [{ feature: 'HTTPRouteRequestTimeout', what: 'a timeout', at: routeAt('timeout') } as const]),
  ...(rewrite === undefined
    ? []
    : [{ feature: 'HTTPRoutePathRewrite', what: 'a rewrite', at: routeAt('rewrite') } as const]),
  ...(retries?.perTryTimeout === undefined
    ? []
    : [{ feature: 'HTTPRouteBackendTimeout', what: 'a timeout of each try', at: routeAt('retries') } as const]),
];

function ruleNeeds(rule: Rule): readonly Need[] {
  const { matches, mirror } = rule;
  const needs: readonly (readonly [boolean, Extended, string])[] = [
    [matches.some(({ method }) => method !== undefined), 'HTTPRouteMethodMatching', 'a match by method'],
    [matches.some(({ query }) => query.length > 0), 'HTTPRouteQueryParamMatching', 'a match by query parameter'],
    [mirror.length > 0, 'HTTPRouteRequestMirror', 'a mirror'],
    [mirror.length > 1, 'HTTPRouteRequestMultipleMirrors', 'mirrors to several versions'],
    [
      mirror.some(({ share }) => share < WHOLE),
      'HTTPRouteRequestPercentageMirror',
      'a mirror of less than all requests',
    ],
  ];
  return needs.flatMap(([asked, feature, what]) => (asked ? [{ feature, what, at: atRule(rule) }] : []));
}
