import type { Labels } from './kubernetes.ts';
import { naturally } from './order.ts';
import type { CoreService } from './reading-services.ts';
import type { Ends } from './reading-shares.ts';
import { nowhere } from './reading-shares.ts';
import type { Pods } from './recovered.ts';

function written(labels: Labels): string {
  const keys = Object.keys(labels);
  if (keys.length > 1) keys.sort();
  return keys.map(key => `${key}=${labels[key]}`).join(',');
}

/**
 * Where requests to a Service go: to all pods of its namespace that carry the labels of its selector and, where given,
 * those of the subset. https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export function endsOf(pods: readonly Pods[], service: CoreService, subset: Labels = {}): Ends {
  if (Object.keys(service.selector).length === 0) return nowhere(`Service ${service.name} has no selector`);
  const ends: { target: { version: string }; parts: number }[] = [];
  let found = false;
  for (const pod of pods) {
    if (!carries(pod, service.selector) || !carries(pod, subset) || !isIn(pod, service.namespace)) continue;
    found = true;
    if (!(Number.isSafeInteger(pod.replicas) && pod.replicas > 0)) continue;
    const known = ends.find(({ target }) => target.version === pod.version);
    if (known === undefined) ends.push({ target: { version: pod.version }, parts: pod.replicas });
    else known.parts += pod.replicas;
  }
  if (ends.length > 0) return ends.length > 1 ? ends.sort(byVersion) : ends;
  return nowhere(`${found ? '0' : 'no'} pods carry ${written({ ...service.selector, ...subset })}`);
}

/** Whether a Service finds any pods at all, be it of versions without replicas. */
export const findsPods = (pods: readonly Pods[], service: CoreService): boolean =>
  pods.some(pod => carries(pod, service.selector) && isIn(pod, service.namespace));

const byVersion = (a: { target: { version: string } }, b: { target: { version: string } }): number =>
  naturally(a.target.version, b.target.version);

function carries(pod: Pods, labels: Labels): boolean {
  for (const key in labels) if (pod.labels[key] !== labels[key]) return false;
  return true;
}

/** A selector sees its own namespace only: the third word of the keeper's identity. */
function isIn({ keeper }: Pods, namespace: string): boolean {
  const start = keeper.indexOf('/', keeper.indexOf('/') + 1) + 1;
  const end = keeper.indexOf('/', start);
  return start === 0 || end < 0 || (end - start === namespace.length && keeper.startsWith(namespace, start));
}
