import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan, State } from '../../model/plan.ts';
import type { Rule, Split } from '../../model/traffic.ts';
import { serviceOf } from '../version-services.ts';
import { fixedOrders, ordered } from './annotations.ts';
import { MOST_TARGET_GROUPS } from './capabilities.ts';
import { conditions, pathPattern } from './conditions.ts';
import { settingsOf } from './settings.ts';

/**
 * One Ingress whose annotations say what its paths mean. Paths of the type ImplementationSpecific are tried in the order of the list:
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/ingress/model_build_listener_rules.go (`sortIngressPaths`)
 */
export function ingress(plan: Plan, { rules, running }: Pick<State, 'rules' | 'running'>): KubeObject {
  const named = nameActions(rules);
  const waiting = running.map(({ version }) => version);
  const orders = Object.fromEntries(
    named.flatMap(({ name, rule, asked }) => [
      [`actions.${name}`, JSON.stringify(action(plan, rule.split, rule === rules.at(-1) ? waiting : []))],
      ...(asked === NOTHING ? [] : [[`conditions.${name}`, asked]]),
    ]),
  );
  const paths = named.flatMap(({ name, patterns }) => patterns.map(path => pathTo(name, path)));
  const hosts = plan.route.hosts.length === 0 ? [{}] : plan.route.hosts.map(host => ({ host }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: plan.rollout,
      namespace: plan.namespace,
      labels: rolloutLabels(plan),
      annotations: ordered({ ...fixedOrders(plan), ...orders }),
    },
    spec: {
      ingressClassName: settingsOf(plan).ingressClassName ?? 'alb',
      rules: hosts.map(host => ({ ...host, http: { paths } })),
    },
  };
}

const pathTo = (name: string, path: string): Json => ({
  path,
  pathType: 'ImplementationSpecific',
  backend: { service: { name, port: { name: 'use-annotation' } } },
});

/** An action under the name that paths call it by. */
interface Named {
  readonly name: string;
  readonly rule: Rule;
  /** Conditions besides the path, as JSON. */
  readonly asked: string;
  readonly patterns: readonly string[];
}

const NOTHING = '[]';
/** `conditions.` and the name are one part of an annotation key, which takes 63 characters. */
const LONGEST = 40;

/** Paths under equal conditions, one after the other, are one action. */
function nameActions(rules: readonly Rule[]): readonly Named[] {
  const names = new Set<string>();
  const fresh = (rule: Rule): string => {
    const stem = rule === rules.at(-1) ? 'default' : `rule-${rule.name}`.slice(0, LONGEST).replace(/-+$/, '');
    let name = stem;
    for (let n = 2; names.has(name); n++) name = `${stem}-${n}`;
    names.add(name);
    return name;
  };
  return rules.flatMap(rule => {
    const found: { asked: string; patterns: string[] }[] = [];
    const matches = rule.matches.length === 0 ? [{ headers: [], cookies: [], query: [] }] : rule.matches;
    for (const match of matches) {
      const asked = JSON.stringify(conditions(match));
      const path = 'path' in match ? pathPattern(match.path) : pathPattern(undefined);
      const last = found.at(-1);
      if (last?.asked === asked) last.patterns.push(path);
      else found.push({ asked, patterns: [path] });
    }
    return found.map(one => ({ name: fresh(rule), rule, ...one }));
  });
}

/**
 * Forwards to the versions of a split by weight. Versions that wait get the weight 0: the load balancer checks the health of
 * targets only where a rule names them.
 */
function action(plan: Plan, split: Split, waiting: readonly string[]): Json {
  const room = MOST_TARGET_GROUPS - split.length;
  const idle = waiting.filter(version => !split.some(portion => portion.version === version)).slice(0, room);
  const shares = new Map([...split.map(p => [p.version, p.share] as const), ...idle.map(name => [name, 0] as const)]);
  const unit = split.every(({ share }) => share % 100 === 0) ? 100 : 10;
  const [port] = plan.ports;
  const targetGroups = plan.versions.flatMap(version => {
    const share = shares.get(version.name);
    if (share === undefined) return [];
    const weight = shares.size === 1 ? {} : { weight: share / unit };
    return [{ serviceName: serviceOf(plan, version), servicePort: port?.port ?? 80, ...weight }];
  });
  return { type: 'forward', forwardConfig: { targetGroups } };
}
