import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import type { PortProtocol } from '../../model/plan.ts';
import { strange } from '../../model/reading.ts';
import type { Backends } from '../../model/reading-backends.ts';
import { backendEnds, besideOf, portsBehind, versionsBehind } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import type { Ingress } from '../../model/reading-ingress.ts';
import { readIngress } from '../../model/reading-ingress.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { nowhere, splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import type { TargetGroup } from './recover-action.ts';
import { ordersOf } from './recover-orders.ts';
import { DOMAIN, type ListenerRule, rulesOf } from './recover-rules.ts';

/** Reads an Ingress of the AWS Load Balancer Controller and Services back: the first path that takes a request wins. */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const { services, ingresses, problems } = sort(objects);
  const own = [...services.values()];
  const { root, addresses } = doorsOf(own, appNames(own, pods), pods);
  const ports = portsBehind(root, own);
  const [ingress] = ingresses;
  for (const { spot } of ingresses.slice(1)) strange(spot, 'there is an Ingress already');
  const rest = { ports, ...besideOf(pods, root), addresses, problems };
  if (ingress === undefined) return { ...rest, hosts: [], gateways: [], rules: [], policies: {} };
  const { entrance, protocol, loadBalancing } = ordersOf(ingress.spot, ingress.orders, ingress.className);
  const { hosts, rules } = rulesOf(ingress);
  const backends = { services, pods };
  const isNamed = (name: string): boolean => rules.some(({ groups }) => groups.some(({ service }) => service === name));
  if (ingress.tls.length > 0) strange(ingress.spot, 'certificates of Secrets are not read here');
  for (const port of ports) expectProtocol(ingress, port.protocol, protocol);
  return {
    ...rest,
    hosts: [...hosts].sort(naturally),
    gateways: [...entrance].sort(naturally),
    rules: rules.map(rule => followed(rule, backends, ingress.namespace)),
    policies: Object.fromEntries(versionsBehind(backends, isNamed).map(version => [version, { loadBalancing }])),
  };
}

function expectProtocol({ spot }: Ingress, asked: PortProtocol, spoken: PortProtocol | undefined): void {
  if (spoken !== undefined && asked !== spoken) strange(spot, `it speaks ${spoken} to pods that speak ${asked}`);
}

const followed = ({ matches, groups }: ListenerRule, backends: Backends, namespace: string): RecoveredRule => ({
  matches,
  split: splitOf(
    groups
      .filter(({ weight }) => weight > 0)
      .map(group => ({ ends: endsOf(group, backends, namespace), weight: group.weight })),
  ),
  mirror: [],
});

const endsOf = ({ service, port }: TargetGroup, backends: Backends, namespace: string) =>
  port === undefined
    ? nowhere(`no port of Service ${service} is named`)
    : backendEnds(backends, { namespace, name: service, port });

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly ingresses: Ingress[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const sorted: Sorted = { services: new Map(), ingresses: [], problems: [] };
  const { services, ingresses, problems } = sorted;
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') {
      const service = readService(object, problems);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
    } else if (kind === 'networking.k8s.io/Ingress') {
      const ingress = readIngress(object, problems, DOMAIN);
      if (ingress !== undefined) ingresses.push(ingress);
    } else noteStray(object, kind, problems);
  }
  return sorted;
}
