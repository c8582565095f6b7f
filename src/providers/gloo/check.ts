import type { At, Finding } from '../../diagnostics/finding.ts';
import { printDuration } from '../../model/duration.ts';
import type { Plan } from '../../model/plan.ts';
import type { Rule } from '../../model/traffic.ts';
import { hostsOfParent, refusedPath, shortDelay, weightOfTable } from './messages.ts';
import { isTable } from './names.ts';

/** What Gloo cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkTable(plan),
  ...rulesOf(plan).flatMap(rule => [...checkDelay(rule), ...checkPaths(rule)]),
  ...checkPath(plan.route.rewrite, { path: ['spec', 'route', 'rewrite'] }),
];

const rulesOf = (plan: Plan): readonly Rule[] => [...new Set(plan.states.flatMap(state => state.rules))];

function checkTable(plan: Plan): readonly Finding[] {
  const { hosts } = plan.route;
  if (!isTable(plan))
    return plan.options['weight'] === undefined
      ? []
      : [weightOfTable({ path: ['spec', 'gloo', 'weight'], on: 'key' }, undefined)];
  return hosts.length === 0 ? [] : [hostsOfParent({ path: ['spec', 'route', 'hosts'], on: 'key' }, { hosts })];
}

/** Delays count their whole seconds: https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/plugins/faultinjection/plugin.go */
function checkDelay({ fault, name, origin }: Rule): readonly Finding[] {
  const duration = fault?.delay?.duration ?? 1000;
  if (duration >= 1000) return [];
  return [shortDelay({ path: [...origin, 'fault', 'delay'] }, { duration: printDuration(duration), rule: name })];
}

function checkPaths({ matches, origin }: Rule): readonly Finding[] {
  const paths = matches.flatMap(({ path }) =>
    path === undefined || path.kind === 'present' || path.kind === 'regex' ? [] : [path.value],
  );
  const found = [...new Set(paths)].flatMap(path => checkPath(path, { path: origin, on: 'key' }));
  return found.slice(0, 1);
}

/** What Gloo finds wrong with a path: https://github.com/solo-io/gloo/blob/v1.22.1/projects/gloo/pkg/translator/route_config.go */
const REFUSED = [/\/\//, /\/\.\.?\//, /%2f/i, /\/\.\.?$/, /%(?![0-9a-fA-F]{2})/, /[^A-Za-z0-9/:@._~!$&'()*+,=;%-]/u];

function checkPath(path: string | undefined, at: At): readonly Finding[] {
  const [part] = REFUSED.flatMap(pattern => pattern.exec(path ?? '') ?? []);
  return path === undefined || part === undefined ? [] : [refusedPath(at, { path, part })];
}
