import type { KubeObject } from '../../model/kubernetes.ts';
import { naturally } from '../../model/order.ts';
import { strange } from '../../model/reading.ts';
import type { Backends } from '../../model/reading-backends.ts';
import { backendEnds, besideOf, portsBehind, versionsBehind } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { type Ends, nowhere, splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import { WHOLE } from '../../model/traffic.ts';
import { withHeader } from './recover-header.ts';
import { pairOf } from './recover-pair.ts';
import { readSide, type Side } from './recover-side.ts';

/** Reads the main Ingress, its canary and Services back: the header of the canary first, then its weight. */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const { services, sides, problems } = sort(objects);
  const own = [...services.values()];
  const { root, addresses } = doorsOf(own, appNames(own, pods), pods);
  const ports = portsBehind(root, own);
  const { main, canary } = pairOf(sides);
  const rest = { ports, ...besideOf(pods, root), addresses, problems };
  if (main === undefined) return { ...rest, hosts: [], gateways: [], rules: [], policies: {} };
  const { hosts, ingress, loadBalancing, protocol } = main;
  for (const port of ports)
    if (port.protocol !== protocol) strange(ingress.spot, `it speaks ${protocol} to pods that speak ${port.protocol}`);
  const backends = { services, pods };
  return {
    ...rest,
    hosts: [...hosts].sort(naturally),
    gateways: [`class ${ingress.className ?? ''}`, ...ingress.tls.map(({ secret }) => `tls ${secret ?? ''}`)],
    rules: rulesOf(main, canary, backends),
    policies: Object.fromEntries(versionsBehind(backends, () => false).map(version => [version, { loadBalancing }])),
  };
}

/**
 * Without a pod of the main version nothing is answered. Without one of the canary the main version answers, which is told as
 * missing here, because nobody wants it.
 */
function rulesOf(main: Side, canary: Side | undefined, backends: Backends): readonly RecoveredRule[] {
  const retries = main.retries === undefined ? {} : { retries: main.retries };
  const mainEnds = endsOf(main, backends);
  const rule = (matches: RecoveredRule['matches'], split: RecoveredRule['split']) => ({
    ...{ matches, split, mirror: [], ...retries },
  });
  const ended = mainEnds.some(({ target }) => 'missing' in target);
  if (canary?.canary === undefined) return [rule(main.matches, splitOf([{ ends: mainEnds, weight: 1 }]))];
  const { weight, header } = canary.canary;
  const canaryEnds = endsOf(canary, backends);
  const parts = [
    { ends: mainEnds, weight: WHOLE - weight },
    { ends: canaryEnds, weight },
  ].filter(part => part.weight > 0);
  const rest = rule(main.matches, splitOf(ended ? [{ ends: mainEnds, weight: 1 }] : parts));
  if (header === undefined) return [rest];
  return [rule(withHeader(main.matches, header), splitOf([{ ends: canaryEnds, weight: 1 }])), rest];
}

function endsOf({ path, ingress: { namespace } }: Side, backends: Backends): Ends {
  if (path?.port === undefined) return nowhere('no port of a Service is named');
  const { service: name, port } = path;
  if (typeof port === 'number') return backendEnds(backends, { namespace, name, port });
  const known = backends.services.get(`${namespace}/${name}`);
  const number = known?.ports.find(one => one.name === port)?.port;
  if (known !== undefined && number === undefined) return nowhere(`Service ${name} has no port ${port}`);
  return backendEnds(backends, { namespace, name, port: number });
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly sides: Side[];
  readonly problems: string[];
}

function sort(objects: readonly KubeObject[]): Sorted {
  const sorted: Sorted = { services: new Map(), sides: [], problems: [] };
  const { services, sides, problems } = sorted;
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === '/Service') {
      const service = readService(object, problems);
      if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
    } else if (kind === 'networking.k8s.io/Ingress') {
      const side = readSide(object, problems);
      if (side !== undefined) sides.push(side);
    } else noteStray(object, kind, problems);
  }
  return sorted;
}
