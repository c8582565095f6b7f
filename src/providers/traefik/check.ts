import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { everyHost, hostHeader, methodPattern } from './messages.ts';

/** What Traefik cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...plan.route.hosts
    .filter(host => host === '*')
    .map(host => everyHost({ path: ['spec', 'route', 'hosts'] }, { host })),
  ...rulesOf(plan).flatMap(rule => rule.matches.flatMap(match => checkMatch(match, rule))),
];

const rulesOf = (plan: Plan): readonly Rule[] => [...new Set(plan.states.flatMap(state => state.rules))];

function checkMatch({ method, headers }: Match, rule: Rule): readonly Finding[] {
  const at = { path: rule.origin, on: 'key' } as const;
  return [
    ...(method?.kind === 'regex' ? [methodPattern(at, { method: method.value })] : []),
    ...headers.filter(({ name }) => name === 'host').map(() => hostHeader(at, undefined)),
  ];
}
