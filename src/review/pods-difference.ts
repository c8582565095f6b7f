import { isEqual, type LeafChange, leafChanges } from '../leaves.ts';
import { groupOf, identityOf, type Json, type KubeObject } from '../model/kubernetes.ts';
import { VERSION_LABEL } from '../model/labels.ts';

/** What happens to the pods that one object keeps. */
export interface PodsChange {
  /** From the labels of the pods; the empty text where none says it. */
  readonly version: string;
  /** `Deployment/reviews-v2` */
  readonly keeper: string;
  readonly change: 'created' | 'deleted' | 'changed';
  /** Absent: the same, or an autoscaler decides on both sides. */
  readonly replicas?: { readonly before?: number; readonly after?: number };
  /** The revision that Knative makes of the template; absent: the same, or it makes none. */
  readonly revision?: { readonly before?: string; readonly after?: string };
  /** By container: images that differ; of a deleted keeper none is told. */
  readonly images: readonly { readonly container: string; readonly before?: string; readonly after?: string }[];
  /** Other places of the pod template that differ: the pods are replaced. */
  readonly template: readonly LeafChange[];
  /** Bounds and target of the autoscaler; absent: the same, or none. */
  readonly autoscaler?: { readonly before?: Bounds; readonly after?: Bounds };
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Places of an object that keeps pods that a change of its pods tells, so that nobody else need. */
export const TOLD_OF_PODS: readonly string[] = ['spec.replicas', 'spec.template'];

/** Whether an object keeps pods, whatever its kind: it has a template with containers. */
export const keepsPods = (object: KubeObject | undefined): boolean =>
  Array.isArray(at(templateOf(object), 'spec', 'containers'));

/** Compares the pods that objects keep; objects by identity. An empty list: no pod is touched. */
export function podsDifference(
  before: ReadonlyMap<string, KubeObject>,
  after: ReadonlyMap<string, KubeObject>,
): readonly PodsChange[] {
  const scalers = { before: autoscalers(before), after: autoscalers(after) };
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(identity => {
    const bounds = { before: scalers.before.get(identity), after: scalers.after.get(identity) };
    const change = changeOf(before.get(identity), after.get(identity), bounds);
    return change === undefined ? [] : [change];
  });
}

interface Between {
  readonly before: Bounds | undefined;
  readonly after: Bounds | undefined;
}

function changeOf(
  before: KubeObject | undefined,
  after: KubeObject | undefined,
  bounds: Between,
): PodsChange | undefined {
  const [old, now] = [templateOf(before), templateOf(after)];
  const object = after ?? before;
  if (object === undefined || !(keepsPods(before) || keepsPods(after))) return undefined;
  const replicas = difference(at(before, 'spec', 'replicas'), at(after, 'spec', 'replicas'), isNumber);
  const revision = difference(at(old, 'metadata', 'name'), at(now, 'metadata', 'name'), isText);
  const change = before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed';
  const isKept = change === 'changed';
  const found = {
    ...(replicas === undefined ? {} : { replicas }),
    ...(revision === undefined ? {} : { revision }),
    images: change === 'deleted' ? [] : imagesOf(old, now),
    template: isKept ? leafChanges(old, now).filter(({ path }) => !IMAGE.test(path)) : [],
    ...(isEqual(asJson(bounds.before), asJson(bounds.after)) ? {} : { autoscaler: defined(bounds) }),
  };
  const isTouched =
    !isKept || replicas !== undefined || 'autoscaler' in found || found.images.length + found.template.length > 0;
  if (!isTouched) return undefined;
  return { version: versionOf(now ?? old), keeper: `${object.kind}/${object.metadata.name}`, change, ...found };
}

/** An image of a container, by its name or, where names repeat or lack, its place. */
const IMAGE = /^spec\.containers\[[^\]]*\]\.image$/;

function imagesOf(old: Json | undefined, now: Json | undefined): PodsChange['images'] {
  const containers = { before: at(old, 'spec', 'containers'), after: at(now, 'spec', 'containers') };
  if (old === undefined) {
    const list = Array.isArray(containers.after) ? (containers.after as readonly Json[]) : [];
    return list.flatMap(item => {
      const [container, after] = [at(item, 'name'), at(item, 'image')];
      return isText(after) ? [{ container: isText(container) ? container : '', after }] : [];
    });
  }
  return leafChanges(containers.before, containers.after, 'spec.containers').flatMap(({ path, before, after }) =>
    IMAGE.test(path)
      ? [
          {
            container: /\[([^\]]*)\]/.exec(path)?.[1] ?? '',
            ...defined({ before: textIn(before), after: textIn(after) }),
          },
        ]
      : [],
  );
}

const templateOf = (object: KubeObject | undefined): Json | undefined => at(object, 'spec', 'template');

const versionOf = (template: Json | undefined): string =>
  textIn(at(template, 'metadata', 'labels', VERSION_LABEL)) ?? '';

/** Bounds by the identity of what is scaled. */
function autoscalers(objects: ReadonlyMap<string, KubeObject>): ReadonlyMap<string, Bounds> {
  const known = new Map<string, Bounds>();
  for (const object of objects.values()) {
    const bounds = boundsOf(object);
    const target = at(object, 'spec', 'scaleTargetRef');
    if (bounds === undefined) continue;
    const [apiVersion, kind, name] = [at(target, 'apiVersion'), at(target, 'kind'), at(target, 'name')].map(textIn);
    if (apiVersion === undefined || kind === undefined || name === undefined) continue;
    const { namespace } = object.metadata;
    known.set(identityOf({ apiVersion, kind, metadata: { name, namespace } }), bounds);
  }
  return known;
}

function boundsOf(object: KubeObject): Bounds | undefined {
  if (object.kind !== 'HorizontalPodAutoscaler' || groupOf(object) !== 'autoscaling') return undefined;
  const [min, max] = [at(object, 'spec', 'minReplicas') ?? 1, at(object, 'spec', 'maxReplicas')];
  return isNumber(min) && isNumber(max) ? { min, max } : undefined;
}

/** Both values where they differ and are of the kind that is asked for. */
function difference<T extends Json>(
  before: Json | undefined,
  after: Json | undefined,
  is: (value: Json | undefined) => value is T,
): { readonly before?: T; readonly after?: T } | undefined {
  const [old, now] = [is(before) ? before : undefined, is(after) ? after : undefined];
  return old === now ? undefined : defined({ before: old, after: now });
}

const defined = <T>({ before, after }: { readonly before: T | undefined; readonly after: T | undefined }) => ({
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

function at(value: Json | KubeObject | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value as Json | undefined;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here) || !Object.hasOwn(here, key)) return undefined;
    here = (here as { readonly [key: string]: Json })[key];
  }
  return here;
}

const isNumber = (value: Json | undefined): value is number => typeof value === 'number';
const isText = (value: Json | undefined): value is string => typeof value === 'string';
const textIn = (value: Json | undefined): string | undefined => (isText(value) ? value : undefined);
const asJson = (bounds: Bounds | undefined): Json | undefined => (bounds === undefined ? undefined : { ...bounds });
