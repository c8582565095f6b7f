import { quote } from '../../diagnostics/wording.ts';
import type { Spot } from '../../model/reading.ts';
import { into, strange } from '../../model/reading.ts';
import type { Ingress, IngressPath } from '../../model/reading-ingress.ts';
import { sameForHosts } from '../../model/reading-ingress.ts';
import type { Match } from '../../model/traffic.ts';
import { forwardOf, type TargetGroup } from './recover-action.ts';
import { conditionsOf, MOST_VALUES, matchesOf } from './recover-conditions.ts';
import { jsonOf } from './recover-json.ts';
import { pathsOf } from './recover-pattern.ts';

/** A rule of a listener, not followed yet. */
export interface ListenerRule {
  readonly matches: readonly Match[];
  readonly groups: readonly TargetGroup[];
}

/** Domain of the annotations that the controller reads. */
export const DOMAIN = 'alb.ingress.kubernetes.io';

/** The rules of an Ingress in the order in which they are tried, and the hosts that all of them hold for. */
export function rulesOf(ingress: Ingress): {
  readonly hosts: readonly string[];
  readonly rules: readonly ListenerRule[];
} {
  const { hosts, paths } = sameForHosts(ingress);
  const used = new Set<string>();
  const rules = sorted(paths).map(path => ruleOf(path, { ingress, used, hosted: hosts.length > 0 }));
  for (const name of Object.keys(ingress.orders))
    if (/^(?:actions|conditions)\./.test(name) && !used.has(name))
      strange(ingress.spot, `no path leads to the annotation ${quote(name)}`);
  return { hosts, rules };
}

/** https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/model_build_listener_rules.go (`sortIngressPaths`) */
function sorted(paths: readonly IngressPath[]): readonly IngressPath[] {
  const of = (wanted: IngressPath['type']): IngressPath[] => paths.filter(({ type }) => type === wanted);
  const prefixes = of('Prefix').sort((a, b) => b.path.length - a.path.length);
  return [...of('Exact'), ...prefixes, ...of('ImplementationSpecific')];
}

interface Scope {
  readonly ingress: Ingress;
  readonly used: Set<string>;
  readonly hosted: boolean;
}

/** A path whose port is called so leads to an annotation instead of a Service. */
const USE_ANNOTATION = 'use-annotation';

function ruleOf({ path, type, service, port, spot }: IngressPath, scope: Scope): ListenerRule {
  if (type !== 'ImplementationSpecific' && /[*?]/.test(path)) strange(spot, 'a path of this type takes no wildcards');
  if (!path.startsWith('/')) strange(spot, `${quote(path)} is no path`);
  const asked = conditionsOf(...order(scope, `conditions.${service}`, spot));
  const paths = pathsOf(path, type);
  const values = asked.reduce((sum, one) => sum + one.length, 0) + (scope.hosted ? 1 : 0) + paths.length;
  if (values > MOST_VALUES) strange(spot, `an ALB compares ${MOST_VALUES} values in a rule at most`);
  return { matches: matchesOf(paths, asked), groups: groupsOf({ service, port, spot }, scope) };
}

function groupsOf({ service, port, spot }: Pick<IngressPath, 'service' | 'port' | 'spot'>, scope: Scope) {
  if (port === USE_ANNOTATION) {
    const [at, action] = order(scope, `actions.${service}`, spot);
    return forwardOf(at, action);
  }
  if (typeof port === 'string') strange(spot, `the port ${quote(port)} is not looked up by its name`);
  return [{ service, port: typeof port === 'number' ? port : undefined, weight: 1 }];
}

/** An annotation that a path asks for. */
function order({ ingress, used }: Scope, name: string, spot: Spot): Parameters<typeof forwardOf> {
  const text = ingress.orders[name];
  const at = into(ingress.spot, ` ${name}`);
  if (text === undefined) {
    if (name.startsWith('actions.')) strange(spot, `there is no annotation ${quote(name)}`);
    return [at, undefined];
  }
  used.add(name);
  return [at, jsonOf(at, text)];
}
