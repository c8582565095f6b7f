import type { Capabilities } from '../model/capabilities.ts';

/** Where the names of a route are said. */
export interface HostScope {
  readonly hosts: readonly string[];
  readonly namespace: string;
  readonly capabilities: Pick<Capabilities, 'features'>;
}

/**
 * Whether a route answers for a host, its port aside: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 * Where a provider cannot be told hosts, the cluster makes them: any domain behind name and namespace will do.
 */
export function answersFor({ hosts, namespace, capabilities }: HostScope, typed: string): boolean {
  const host = typed.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
  return hosts.some(known => {
    if (known.startsWith('*')) return host.length > known.length - 1 && host.endsWith(known.slice(1));
    if (known.includes('.')) return host === known || (isInCluster(known) && inCluster(host) === inCluster(known));
    const full = `${known}.${namespace}`;
    const isMade = !capabilities.features['route.hosts'].can && host.startsWith(`${full}.`);
    return isMade || host === known || inCluster(host) === full;
  });
}

const isInCluster = (host: string): boolean => inCluster(host) !== host;

/** A name of the cluster without what all of them end with. */
const inCluster = (host: string): string => host.replace(/\.svc(?:\.cluster\.local)?$/, '');
