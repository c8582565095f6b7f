import { list } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import { strange } from '../../model/reading.ts';
import type { Doors } from '../../model/reading-doors.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { endsOf, findsPods } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import type { DestinationRule } from './recover-destination-rule.ts';
import { readDestinationRule } from './recover-destination-rule.ts';
import type { Mesh } from './recover-mesh.ts';
import { expectNames, policiesOf } from './recover-policies.ts';
import { DEFAULT_RETRIES } from './recover-retries.ts';
import type { VirtualService } from './recover-virtual-service.ts';
import { readVirtualService, rulesOf } from './recover-virtual-service.ts';

/**
 * Reads VirtualServices, DestinationRules and Services back: the first route that matches wins.
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const { services, destinationRules, virtualServices, problems } = sort(objects);
  const [virtualService] = virtualServices;
  const names = [...(virtualService?.hosts ?? []), ...appNames([...services.values()], pods)];
  const doors = doorsOf([...services.values()], names, pods);
  const mesh = {
    services,
    destinationRules,
    pods,
    usedSubsets: new Set<string>(),
    reached: new Map(),
  };
  const known: Mesh = doors.root === undefined ? mesh : { ...mesh, ports: doors.root.ports };
  const rules = virtualService === undefined ? plainRules(doors, pods) : rulesOf(virtualService, known);
  if (virtualService !== undefined) expectNames(known);
  for (const service of services.values()) {
    if (Object.keys(service.selector).length === 0) continue;
    // Callers without a sidecar go where the selector leads, although no route asks it.
    if (pods.length > 0 && !findsPods(pods, service)) strange(service.spot, 'its selector finds no pods');
  }
  return {
    hosts: hostsOf(virtualService, doors),
    gateways: virtualService?.gateways ?? [],
    ports: known.ports ?? [],
    rules,
    addresses: doors.addresses,
    policies: policiesOf(known),
    problems,
  };
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly destinationRules: Map<string, DestinationRule>;
  readonly virtualServices: VirtualService[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const sorted: Sorted = { services: new Map(), destinationRules: new Map(), virtualServices: [], problems: [] };
  for (const object of objects) sortIn(sorted, object);
  const { virtualServices } = sorted;
  for (const { spot, hosts } of virtualServices.slice(1)) {
    // Sidecars do not merge them: https://istio.io/latest/docs/ops/best-practices/traffic-management/
    strange(spot, `${list(hosts)} have a VirtualService already`);
  }
  return sorted;
}

function sortIn({ services, destinationRules, virtualServices, problems }: Sorted, object: KubeObject): void {
  const kind = kindOf(object);
  switch (kind) {
    case '/Service': {
      const service = readService(object, problems);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
      break;
    }
    case 'networking.istio.io/DestinationRule': {
      const rule = readDestinationRule(object, problems);
      if (rule !== undefined) keepFirst(destinationRules, rule.service, rule);
      break;
    }
    case 'networking.istio.io/VirtualService': {
      const virtualService = readVirtualService(object, problems);
      if (virtualService !== undefined) virtualServices.push(virtualService);
      break;
    }
    default:
      noteStray(object, kind, problems);
  }
}

/** Without a VirtualService a sidecar spreads requests over all pods of the Service, and still retries twice. */
const plainRules = ({ root }: Doors, pods: readonly Pods[]): readonly RecoveredRule[] =>
  root === undefined
    ? []
    : [
        {
          matches: [],
          split: splitOf([{ ends: endsOf(pods, root), weight: 1 }]),
          mirror: [],
          retries: DEFAULT_RETRIES,
        },
      ];

function hostsOf(virtualService: VirtualService | undefined, { root }: Doors): readonly string[] {
  if (virtualService === undefined) return root === undefined ? [] : [root.name];
  return [...virtualService.hosts].sort(naturally);
}
