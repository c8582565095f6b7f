import type { Json } from '../model/kubernetes.ts';
import type { WorkloadSpec } from '../model/rollout.ts';
import { type JsonObject, listIn, mapIn, type Patch, valueAt } from '../model/template.ts';
import { seconds } from './durations.ts';
import { readQuantity } from './quantity.ts';
import { checkMemory } from './resources.ts';
import { alreadyMounted } from './template-messages.ts';
import { graceTooShort, requestAboveLimit } from './version-messages.ts';
import { planWorkload, type WorkloadScope } from './workload.ts';

/** What of a Kubernetes pod is compared with what a Rollout writes over it. */
export interface TemplatePod {
  readonly pod: JsonObject;
  readonly container: JsonObject;
}

/** Keys that a Rollout wrote for a version of a template; none gets a default. */
export function planPatch(spec: WorkloadSpec, { pod, container }: TemplatePod, scope: WorkloadScope): Patch {
  const { drain, terminationGracePeriod, resources, ...rest } = spec;
  const isTimed = drain !== undefined || terminationGracePeriod !== undefined;
  const times = !isTimed ? {} : timesOf(spec, { pod, container }, scope);
  const { replicas: _, replicasWritten: __, capacity: ___, ...full } = planWorkload(rest, scope);
  const written = Object.fromEntries(Object.entries(full).filter(([key]) => Object.hasOwn(rest, key))) as Patch;
  const amounts = { requests: resources?.requests ?? {}, limits: resources?.limits ?? {} };
  checkMemory(amounts, scope);
  checkAmounts(amounts, container, scope);
  for (const path of written.writable ?? []) {
    if (listIn(container['volumeMounts']).some(mount => valueAt(mount, 'mountPath') === path))
      scope.report(alreadyMounted({ path: scope.layer('writable') }, { container: String(container['name']), path }));
  }
  return { ...written, ...times, ...(resources === undefined ? {} : { resources: amounts }) };
}

/** What the API takes where a pod says nothing: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/ */
const USUAL_GRACE = 30;

/** The drain and the time until the kill, whichever of the two is written, held against what the template says of the other. */
function timesOf(spec: WorkloadSpec, { pod, container }: TemplatePod, { layer, report }: WorkloadScope): Patch {
  const written = (key: 'drain' | 'terminationGracePeriod'): Patch => {
    const text = spec[key];
    return text === undefined ? {} : { [key]: seconds(text, layer(key), report) };
  };
  const patch = { ...written('drain'), ...written('terminationGracePeriod') };
  const drain = patch.drain ?? drainOf(container);
  const grace = patch.terminationGracePeriod ?? numberOf(pod['terminationGracePeriodSeconds']) ?? USUAL_GRACE;
  if (drain > 0 && grace <= drain) {
    const path = layer(patch.terminationGracePeriod === undefined ? 'drain' : 'terminationGracePeriod');
    report(graceTooShort({ path }, { grace: `${grace}s`, drain: `${drain}s` }));
  }
  return patch;
}

const drainOf = (container: JsonObject): number =>
  numberOf(valueAt(container, 'lifecycle', 'preStop', 'sleep', 'seconds')) ?? 0;

const numberOf = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

interface Amounts {
  readonly requests: { readonly [resource: string]: string };
  readonly limits: { readonly [resource: string]: string };
}

/** Requests and limits as they are once written over those of the template. */
function checkAmounts({ requests, limits }: Amounts, container: JsonObject, scope: WorkloadScope): void {
  const { layer, report, rollout, isOfFleet } = scope;
  const kept = (key: string, name: string): string | undefined => {
    const value = mapIn(valueAt(container, 'resources', key))[name];
    return value === undefined ? undefined : String(value);
  };
  for (const name of new Set([...Object.keys(requests), ...Object.keys(limits)])) {
    const request = requests[name] ?? kept('requests', name);
    const limit = limits[name] ?? kept('limits', name);
    if (request === undefined || limit === undefined) continue;
    if ((readQuantity(request) ?? 0) <= (readQuantity(limit) ?? Number.POSITIVE_INFINITY)) continue;
    const path = layer('resources', Object.hasOwn(requests, name) ? 'requests' : 'limits', name);
    const written = { requests, limits };
    const ofFleet = (['requests', 'limits'] as const).filter(
      key => Object.hasOwn(written[key], name) && isOfFleet(layer('resources', key, name)),
    );
    report(requestAboveLimit({ path }, { rollout, resource: name, request, limit, ofFleet }));
  }
}
