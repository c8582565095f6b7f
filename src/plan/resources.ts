import { naturally } from '../model/order.ts';
import type { Workload } from '../model/plan.ts';
import type { WorkloadSpec } from '../model/rollout.ts';
import { readQuantity } from './quantity.ts';
import { extendedResource, requestAboveLimit } from './version-messages.ts';
import type { WorkloadScope } from './workload.ts';

type Amounts = { readonly [resource: string]: string };

/**
 * Requests and limits by resource. The defaults stand for resources of which nothing is written; where only one of the
 * two is, the other equals it, but for cpu, whose limit would only slow the pod down.
 */
export function planResources(spec: WorkloadSpec, { layer, report, defaults }: WorkloadScope): Workload['resources'] {
  const { requests = {}, limits = {} } = spec.resources ?? {};
  const names = [
    ...new Set([...Object.keys(defaults.resources.requests), ...Object.keys(requests), ...Object.keys(limits)]),
  ];
  const planned = names
    .sort(naturally)
    .map(name => ({ name, ...planResource(name, { requests, limits }, defaults.resources) }));
  for (const { name, request, limit } of planned) checkResource({ name, request, limit }, { layer, report });
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
  { layer, report }: Pick<WorkloadScope, 'layer' | 'report'>,
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
    report(requestAboveLimit({ path: at }, { resource: name, request, limit }, at === path ? notes : []));
  }
}
