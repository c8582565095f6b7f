import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { gatewayPorts, oneCookie, subsetsOfServices } from './messages.ts';

/** What Istio cannot say exactly although it has the feature. */
export function check(plan: Plan): readonly Finding[] {
  return [
    ...checkOptions(plan),
    ...checkPorts(plan),
    ...rulesOf(plan).flatMap(rule => rule.matches.flatMap(match => checkMatch(match, rule))),
  ];
}

const rulesOf = (plan: Plan): readonly Rule[] => [...new Set(plan.states.flatMap(state => state.rules))];

function checkOptions(plan: Plan): readonly Finding[] {
  if (plan.options['versions'] !== 'subsets') return [];
  return plan.versions
    .filter(version => version.kind === 'service')
    .map(version => subsetsOfServices({ path: version.origin, on: 'key' }, { version: version.name }));
}

const checkPorts = (plan: Plan): readonly Finding[] =>
  plan.ports.length > 1 && plan.route.gateways.some(gateway => gateway !== 'mesh')
    ? [gatewayPorts({ path: ['spec', 'route', 'gateways'] }, undefined)]
    : [];

function checkMatch(match: Match, rule: Rule): readonly Finding[] {
  const names = match.cookies.map(cookie => cookie.name);
  return names.length > 1 ? [oneCookie({ path: rule.origin, on: 'key' }, { names: names.join(', ') })] : [];
}
