import type { Json, Labels } from '../../model/kubernetes.ts';
import { selectorMatches, selectsAll } from '../../model/label-selector.ts';
import { groupKind, type JsonObject, listIn, mapIn, type WrittenObject } from '../../model/template.ts';

/** Pods that a template's selectors were written for, and the labels by which those of one version are found. */
export interface Narrowing {
  /** Labels that the template gives its pods. */
  readonly written: Labels;
  readonly selector: Labels;
}

/** The object with every selector that found the template's pods finding those of one version alone. */
export function narrowed(object: WrittenObject, narrowing: Narrowing): WrittenObject {
  const inSpec = (change: (spec: JsonObject) => JsonObject): WrittenObject =>
    ({ ...object, spec: change(mapIn(object['spec'])) }) as WrittenObject;
  switch (groupKind(object)) {
    case 'policy/PodDisruptionBudget':
      // Two budgets over one pod keep it from ever being evicted, so one over all pods becomes one over its own.
      return inSpec(spec => ({ ...spec, selector: { matchLabels: narrowing.selector } }));
    case 'networking.k8s.io/NetworkPolicy':
      return inSpec(spec => policy(spec, narrowing));
    default:
      return object;
  }
}

/** A selector of everything is no selector of these pods: it stays. */
function narrowedSelector(selector: Json | undefined, { written, selector: own }: Narrowing): Json | undefined {
  if (selector === undefined || selectsAll(selector) || !selectorMatches(selector, written)) return selector;
  return { matchLabels: own };
}

const under = (map: JsonObject, key: string, change: (value: Json) => Json | undefined): JsonObject => {
  const value = map[key];
  const changed = value === undefined ? undefined : change(value);
  return changed === undefined ? map : { ...map, [key]: changed };
};

const each = (change: (item: JsonObject) => Json) => (value: Json) => listIn(value).map(item => change(mapIn(item)));

function policy(spec: JsonObject, narrowing: Narrowing): JsonObject {
  const own = under(spec, 'podSelector', selector => narrowedSelector(selector, narrowing));
  const peers = (key: string) =>
    each(rule =>
      under(
        rule,
        key,
        each(peer => ofNamespace(peer, 'podSelector', narrowing)),
      ),
    );
  return under(under(own, 'ingress', peers('from')), 'egress', peers('to'));
}

/** A term that names namespaces is about pods elsewhere. */
function ofNamespace(term: JsonObject, key: string, narrowing: Narrowing): JsonObject {
  if (term['namespaceSelector'] !== undefined || term['namespaces'] !== undefined) return term;
  return under(term, key, selector => narrowedSelector(selector, narrowing));
}

/** A pod spec whose spread and affinity count the pods of one version. */
export function narrowedPod(pod: JsonObject, narrowing: Narrowing): JsonObject {
  const spread = under(
    pod,
    'topologySpreadConstraints',
    each(one => ofNamespace(one, 'labelSelector', narrowing)),
  );
  const term = (value: Json): Json => ofNamespace(mapIn(value), 'labelSelector', narrowing);
  const affine = (value: Json): Json =>
    under(
      under(mapIn(value), 'requiredDuringSchedulingIgnoredDuringExecution', each(term)),
      'preferredDuringSchedulingIgnoredDuringExecution',
      each(weighted => under(weighted, 'podAffinityTerm', term)),
    );
  return under(spread, 'affinity', affinity =>
    under(under(mapIn(affinity), 'podAffinity', affine), 'podAntiAffinity', affine),
  );
}
