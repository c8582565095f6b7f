import { ownEntry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Workload } from '../model/plan.ts';
import type { WorkloadSpec } from '../model/rollout.ts';
import { readQuantity } from './quantity.ts';
import { extendedResource, requestAboveLimit, tinyMemory } from './version-messages.ts';
import type { WorkloadScope } from './workload.ts';

type Amounts = { readonly [resource: string]: string };

/**
 * Requests and limits by resource. The defaults stand for resources of which nothing is written; where only one of the
 * two is, the other equals it, but for cpu, whose limit would only slow the pod down.
 */
export function planResources(spec: WorkloadSpec, scope: WorkloadScope): Workload['resources'] {
  const { defaults } = scope;
  const { requests = {}, limits = {} } = spec.resources ?? {};
  checkMemory({ requests, limits }, scope);
  const names = [
    ...new Set([...Object.keys(defaults.resources.requests), ...Object.keys(requests), ...Object.keys(limits)]),
  ];
  const planned = names
    .sort(naturally)
    .map(name => ({ name, ...planResource(name, { requests, limits }, defaults.resources) }));
  for (const { name, request, limit } of planned) checkResource({ name, request, limit }, scope);
  const pick = (key: 'request' | 'limit'): Amounts =>
    Object.fromEntries(planned.flatMap(one => (one[key] === undefined ? [] : [[one.name, one[key]]])));
  return { requests: pick('request'), limits: pick('limit') };
}

interface Written {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

interface Resource {
  readonly request: string | undefined;
  readonly limit: string | undefined;
}

function planResource(name: string, { requests, limits }: Written, defaults: Written): Resource {
  const [request, limit] = [requests[name], limits[name]];
  if (request === undefined && limit === undefined) {
    return { request: defaults.requests[name], limit: defaults.limits[name] };
  }
  return { request: request ?? limit, limit: limit ?? (name === 'cpu' ? undefined : request) };
}

function checkResource(
  { name, request, limit }: Resource & { name: string },
  { layer, report, rollout, isOfFleet }: WorkloadScope,
): void {
  if (request === undefined || limit === undefined) return;
  const path = layer('resources', 'requests', name);
  const ofLimit = layer('resources', 'limits', name);
  if (name.includes('/')) {
    if (request !== limit || !/^\d+$/.test(limit)) report(extendedResource({ path }, { resource: name }));
    return;
  }
  if ((readQuantity(request) ?? 0) > (readQuantity(limit) ?? Number.POSITIVE_INFINITY)) {
    const notes = ofLimit.at(-1) === name ? [{ at: { path: ofLimit }, text: `the limit is ${limit} here.` }] : [];
    const at = path.at(-1) === name ? path : ofLimit;
    const ofFleet = (['requests', 'limits'] as const).filter(key => isOfFleet(layer('resources', key, name)));
    const params = { rollout, resource: name, request, limit, ofFleet };
    report(requestAboveLimit({ path: at }, params, at === path ? notes : []));
  }
}

/** Reports amounts of memory in which nothing can run: `512m` is half a byte, `512` is 512 bytes; 0 asks for nothing. */
export function checkMemory(written: Written, { layer, report }: Pick<WorkloadScope, 'layer' | 'report'>): void {
  for (const key of ['requests', 'limits'] as const) {
    const amount = ownEntry(written[key], 'memory');
    const bytes = amount === undefined ? undefined : readQuantity(amount);
    if (amount === undefined || bytes === undefined || bytes === 0 || bytes >= 2 ** 20) continue;
    const [digits = '128'] = /^\d+/.exec(amount) ?? [];
    report(tinyMemory({ path: layer('resources', key, 'memory') }, { amount, meant: `${digits}Mi` }));
  }
}
