import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { doubleSlash, everyHost, foreignLimits, parametersAlike, pathRegex, rewriteOfPath } from './messages.ts';

/** What Contour cannot say exactly although it has the feature. */
export function check(plan: Plan): readonly Finding[] {
  const rules = [...new Set(plan.states.flatMap(state => state.rules))];
  return [
    ...plan.route.hosts
      .filter(host => host === '*')
      .map(host => everyHost({ path: ['spec', 'route', 'hosts'] }, { host })),
    ...checkRewrite(plan, rules),
    ...checkLimits(plan),
    ...rules.flatMap(rule => rule.matches.flatMap(match => checkMatch(match, rule))),
  ];
}

function checkRewrite({ route }: Plan, rules: readonly Rule[]): readonly Finding[] {
  if (route.rewrite === undefined) return [];
  const paths = rules.flatMap(({ matches }) => matches.flatMap(({ path }) => path ?? []));
  const [path] = paths;
  if (path === undefined || path.kind === 'present') return [];
  return [rewriteOfPath({ path: ['spec', 'route', 'rewrite'] }, { path: path.value })];
}

const checkLimits = ({ route, versions }: Plan): readonly Finding[] =>
  route.circuitBreaker === undefined
    ? []
    : versions.flatMap(version =>
        version.kind === 'service'
          ? [foreignLimits({ path: version.origin, on: 'key' }, { version: version.name, service: version.service })]
          : [],
      );

function checkMatch({ path, query }: Match, { origin }: Rule): readonly Finding[] {
  const at = { path: origin, on: 'key' } as const;
  const names = query.map(({ name }) => name.toLowerCase());
  const twice = query.filter(({ name }, i) => names.indexOf(name.toLowerCase()) < i);
  const value = path === undefined || path.kind === 'present' ? '' : path.value;
  return [
    ...(path?.kind === 'regex' && !value.startsWith('/') ? [pathRegex(at, { regex: value })] : []),
    ...(value.includes('//') ? [doubleSlash(at, { path: value })] : []),
    ...twice.map(({ name }) => parametersAlike(at, { name })),
  ];
}
