import type { Json, KubeObject, Labels } from '../model/kubernetes.ts';
import { rolloutLabels } from '../model/labels.ts';
import { entry } from '../model/once.ts';
import type { Plan } from '../model/plan.ts';
import type { Clause, Rule, Share, Split } from '../model/traffic.ts';
import { inOrder, isPlaced } from './in-order.ts';
import { grpcMatch, httpMatch } from './route-match.ts';
import { routePrecedence } from './route-precedence.ts';
import { serviceOf } from './version-services.ts';

type JsonObject = { readonly [key: string]: Json };

/** What a provider says about all rules of its route. */
export interface RouteStyle {
  readonly parents: readonly JsonObject[];
  /** Empty: every host, or those of the parent. */
  readonly hostnames: readonly string[];
  readonly annotations?: Labels;
  /** Whether rules bear names, which not every release of the API has. */
  readonly names: boolean;
  /** Fields of each rule beside its matches and where it sends requests. */
  readonly settings: JsonObject;
  /** What the matched prefix is replaced with; absent: it stays. */
  readonly rewrite?: string;
  /** How many of the requests are copied; empty: all of them. */
  readonly copied: (share: Share) => JsonObject;
}

/** A GRPCRoute for a port of gRPC, else an HTTPRoute: never both, because of two for one host only the older one counts. */
export const routeKind = ({ ports }: Pick<Plan, 'ports'>): 'GRPCRoute' | 'HTTPRoute' =>
  ports[0]!.protocol === 'grpc' ? 'GRPCRoute' : 'HTTPRoute';

/** One route of the Gateway API for each list of rules: https://gateway-api.sigs.k8s.io/reference/spec/#httproute */
export function routeEmitter(
  plan: Plan,
  style: RouteStyle,
  once: (key: string, make: () => KubeObject) => KubeObject,
): (rules: readonly Rule[]) => KubeObject {
  const routes = new Map<readonly Rule[], KubeObject>();
  return rules =>
    entry(routes, rules, () => {
      const made = routeObject(plan, style, rules);
      // Other rules may be written alike.
      return once(JSON.stringify(made), () => made);
    });
}

const routeObject = (plan: Plan, style: RouteStyle, rules: readonly Rule[]): KubeObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: routeKind(plan),
  metadata: {
    name: plan.rollout,
    namespace: plan.namespace,
    labels: rolloutLabels(plan),
    ...(style.annotations === undefined ? {} : { annotations: style.annotations }),
  },
  spec: {
    parentRefs: style.parents,
    ...(style.hostnames.length === 0 ? {} : { hostnames: style.hostnames }),
    rules: placedRules(rules).flatMap(({ rule, clauses }) =>
      partsOf(clauses, style).map((part, i) => ({
        ...(style.names ? { name: i === 0 ? rule.name : `${rule.name}.${i + 1}` } : {}),
        ...matchesField(plan, part),
        ...filtersField(plan, style, rule),
        ...style.settings,
        backendRefs: weighted(rule.split).map(({ version, weight }) => ({ ...backendRef(plan, version), weight })),
      })),
    ),
  },
});

function placedRules(rules: readonly Rule[]) {
  const placed = inOrder(rules, routePrecedence);
  if (!isPlaced(placed)) throw new Error(`the rules ${placed.earlier.name} and ${placed.later.name} have no order`);
  return placed;
}

/** A rule whose prefix is replaced may have one match only. */
const partsOf = (clauses: readonly Clause[], { rewrite }: RouteStyle): readonly (readonly Clause[])[] =>
  rewrite === undefined ? [clauses] : clauses.map(clause => [clause]);

/** A GRPCRoute without matches takes everything, and has no other word for it. */
function matchesField(plan: Plan, clauses: readonly Clause[]): JsonObject {
  if (routeKind(plan) === 'HTTPRoute') return { matches: clauses.map(httpMatch) };
  const matches = clauses.map(grpcMatch);
  return matches.length === 1 && Object.keys(matches[0]!).length === 0 ? {} : { matches };
}

function filtersField(plan: Plan, { rewrite, copied }: RouteStyle, { mirror }: Rule): JsonObject {
  const filters = [
    ...mirror.map(({ version, share }) => ({
      type: 'RequestMirror',
      requestMirror: { backendRef: backendRef(plan, version), ...copied(share) },
    })),
    ...(rewrite === undefined
      ? []
      : [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: rewrite } } }]),
  ];
  return filters.length === 0 ? {} : { filters };
}

function backendRef(plan: Plan, version: string): JsonObject {
  const name = serviceOf(plan, plan.versions.find(known => known.name === version)!);
  return { group: '', kind: 'Service', name, port: plan.ports[0]!.port };
}

/** Percents where all are whole, else basis points; a lone backend takes everything at the API's own default. */
function weighted(split: Split): readonly { readonly version: string; readonly weight: number }[] {
  if (split.length === 1) return [{ version: split[0]!.version, weight: 1 }];
  const unit = split.every(({ share }) => share % 100 === 0) ? 100 : 1;
  return split.map(({ version, share }) => ({ version, weight: share / unit }));
}
