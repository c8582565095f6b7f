import { leafChanges } from '../leaves.ts';
import { projected } from '../live-objects.ts';
import type { Json, KubeObject } from '../model/kubernetes.ts';
import { type JsonMap, listOf, mapOf, parseJson } from './json-map.ts';
import { failed, type Testimony, told } from './testimony.ts';

/** What kubectl printed, run by run; undefined: that run failed, and it may. */
export type KubectlAnswers = readonly (string | undefined)[];

/** The objects that `kubectl get -o json` printed: one, a List of them, or nothing at all; undefined: it is no JSON. */
export function objectsIn(text: string): readonly JsonMap[] | undefined {
  if (text.trim() === '') return [];
  const value = parseJson(text);
  if (value === undefined) return undefined;
  const { kind, items } = mapOf(value);
  return typeof kind === 'string' && kind.endsWith('List') ? listOf(items).map(mapOf) : [mapOf(value)];
}

const NO_JSON = failed('kubectl did not answer in JSON');

const nameOf = (object: JsonMap): unknown => mapOf(object['metadata'])['name'];

const numberAt = (map: JsonMap, key: string): number => {
  const value = map[key];
  return typeof value === 'number' ? value : 0;
};

/** Whether enough pods are available, and they are those that are committed. */
export function availableInCluster(
  {
    version,
    replicas,
    wanted,
    context,
  }: {
    readonly version: string;
    readonly replicas: number;
    readonly wanted: readonly KubeObject[];
    readonly context: string;
  },
  answer: string | undefined,
): Testimony {
  const live = objectsIn(answer ?? '');
  if (live === undefined) return NO_JSON;
  let sum = 0;
  for (const object of wanted) {
    const found = live.find(one => nameOf(one) === object.metadata.name);
    const wrong = found === undefined ? 'is not there' : troubleOf(found, object);
    if (found === undefined || wrong !== undefined)
      return told(false, `kubectl, context ${context}: Deployment/${object.metadata.name} ${wrong}`);
    sum += availableIn(found);
  }
  return told(
    sum >= replicas,
    `kubectl, context ${context}: ${version} has ${sum} of ${replicas} available ${replicas === 1 ? 'pod' : 'pods'}`,
  );
}

/** Pods of an older template may be available still. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/#DeploymentStatus */
function availableIn(deployment: JsonMap): number {
  const status = mapOf(deployment['status']);
  return Math.min(numberAt(status, 'availableReplicas'), numberAt(status, 'updatedReplicas'));
}

function troubleOf(live: JsonMap, wanted: KubeObject): string | undefined {
  const place = differsAt(live, wanted);
  if (place !== undefined) return `is not as committed: ${place}`;
  return isObserved(live) ? undefined : 'was changed, and its controller has not looked at it yet';
}

const isObserved = (object: JsonMap): boolean =>
  numberAt(mapOf(object['status']), 'observedGeneration') >= numberAt(mapOf(object['metadata']), 'generation');

/** The first place where a live object does not say what the committed one says; undefined: it says all of it. */
export function differsAt(live: JsonMap, wanted: KubeObject): string | undefined {
  return leafChanges(projected(live as Json, wanted as Json), wanted as Json)[0]?.path;
}

/** Whether every Service leads to a pod that is ready. Absent `ready` means that nobody knows, to be taken as yes. */
export function endpointsReady(
  {
    version,
    services,
    context,
  }: { readonly version: string; readonly services: readonly string[]; readonly context: string },
  answers: KubectlAnswers,
): Testimony {
  const slices = answers.map(answer => objectsIn(answer ?? ''));
  if (slices.some(one => one === undefined)) return NO_JSON;
  const counts = slices.map(one => one!.flatMap(slice => listOf(slice['endpoints']).map(mapOf)).filter(isReady).length);
  const without = services.filter((_, i) => (counts[i] ?? 0) === 0);
  if (without.length > 0) return told(false, `kubectl, context ${context}: Service/${without[0]} has no ready address`);
  const least = Math.min(...counts);
  return told(
    true,
    `kubectl, context ${context}: ${version} has ${least} ready ${least === 1 ? 'address' : 'addresses'}`,
  );
}

/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/ */
const isReady = (endpoint: JsonMap): boolean =>
  listOf(endpoint['addresses']).length > 0 && mapOf(endpoint['conditions'])['ready'] !== false;

/** Whether Knative calls all of them ready, as they are now. https://knative.dev/docs/serving/reference/serving-api/ */
export function knativeReady(
  { names, context }: { readonly names: readonly string[]; readonly context: string },
  answer: string | undefined,
): Testimony {
  const live = objectsIn(answer ?? '');
  if (live === undefined) return NO_JSON;
  for (const name of names) {
    const found = live.find(one => nameOf(one) === name);
    if (found === undefined) return told(false, `kubectl, context ${context}: Knative has no ${name}`);
    const ready = listOf(mapOf(found['status'])['conditions'])
      .map(mapOf)
      .find(({ type }) => type === 'Ready');
    if (ready?.['status'] !== 'True' || !isObserved(found))
      return told(false, `kubectl, context ${context}: ${name} is not ready`);
  }
  return told(true, `kubectl, context ${context}: ${names.join(', ')} is ready`);
}
