import type { KubeObject } from '../../model/kubernetes.ts';
import { strange } from '../../model/reading.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { endsOf } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered } from '../../model/recovered.ts';

/**
 * Reads core/v1 Services back: requests spread evenly over the pods that the selector finds.
 * Every connection counts the same: https://kubernetes.io/docs/reference/networking/virtual-ips/
 */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const services = servicesOf(objects, problems);
  const { root, addresses } = doorsOf(services, appNames(services, pods), pods);
  return {
    hosts: root === undefined ? [] : [root.name],
    gateways: [],
    ports: root?.ports ?? [],
    rules:
      root === undefined
        ? []
        : [
            {
              matches: [],
              split: splitOf([{ ends: endsOf(pods, root), weight: 1 }]),
              mirror: [],
            },
          ],
    addresses,
    policies: {},
    problems,
  };
}

function servicesOf(objects: readonly KubeObject[], problems: string[]): readonly CoreService[] {
  const services = new Map<string, CoreService>();
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind !== '/Service') noteStray(object, kind, problems);
    else {
      const service = readService(object, problems);
      // Here the selector is the route, so a Service without one routes nowhere.
      if (service !== undefined && Object.keys(service.selector).length === 0)
        strange(service.spot, 'no selector says which pods answer');
      if (service !== undefined) keepFirst(services, service.identity, service);
    }
  }
  return [...services.values()];
}
