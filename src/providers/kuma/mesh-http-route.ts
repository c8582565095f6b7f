import type { Json, KubeObject } from '../../model/kubernetes.ts';
import { rolloutLabels } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';
import { type Rule, type Share, WHOLE } from '../../model/traffic.ts';
import type { Placed } from '../in-order.ts';
import { serviceOf } from '../version-services.ts';
import { API_VERSION, MESH_LABEL } from './api-version.ts';
import { routeMatch, written } from './match.ts';

type JsonObject = { readonly [key: string]: Json };

/** A policy of all callers in the mesh about one part of what they send to the Service of the rollout. */
export const policy = (plan: Plan, kind: string, about: JsonObject): KubeObject => ({
  apiVersion: API_VERSION,
  kind,
  metadata: {
    name: plan.rollout,
    namespace: plan.namespace,
    labels: { ...rolloutLabels(plan), [MESH_LABEL]: String(plan.options['mesh'] ?? 'default') },
  },
  spec: {
    targetRef: { kind: 'Mesh' },
    to: [{ targetRef: { kind: 'MeshService', name: plan.rollout }, ...about }],
  },
});

/** The rules of a MeshHTTPRoute, each set of requests once, in the first rule that takes it. */
export function routeRules(plan: Plan, placed: readonly Placed[]): readonly JsonObject[] {
  const seen = new Set<string>();
  return placed.flatMap(({ rule, clauses }) => {
    const matches = clauses.flatMap(clause => {
      const match = withPath(plan, written(routeMatch(clause)));
      const text = JSON.stringify(match);
      if (seen.has(text)) return [];
      seen.add(text);
      return [match];
    });
    return matches.length === 0 ? [] : [{ matches, default: action(plan, rule) }];
  });
}

/** Only a prefix can be replaced, be it the one of every path. */
const withPath = ({ route }: Plan, match: JsonObject): JsonObject =>
  route.rewrite === undefined || match['path'] !== undefined
    ? match
    : { path: { type: 'PathPrefix', value: '/' }, ...match };

function action(plan: Plan, { split, mirror }: Rule): JsonObject {
  const { rewrite } = plan.route;
  const unit = split.every(portion => portion.share % (WHOLE / 100) === 0) ? WHOLE / 100 : 1;
  const filters = [
    ...(rewrite === undefined
      ? []
      : [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: rewrite } } }]),
    ...mirror.map(({ version, share }) => ({
      type: 'RequestMirror',
      requestMirror: { percentage: percentage(share), backendRef: backendRef(plan, version) },
    })),
  ];
  return {
    ...(filters.length === 0 ? {} : { filters }),
    backendRefs: split.map(({ version, share }) => ({ ...backendRef(plan, version), weight: share / unit })),
  };
}

/** A whole number, or a text with its decimals. */
const percentage = (share: Share): Json => (share % 100 === 0 ? share / 100 : String(share / 100));

function backendRef(plan: Plan, name: string): JsonObject {
  const version = plan.versions.find(known => known.name === name)!;
  return { kind: 'MeshService', name: serviceOf(plan, version), port: plan.ports[0]!.port };
}
