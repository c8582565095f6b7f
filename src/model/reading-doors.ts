import { quote } from '../diagnostics/wording.ts';
import { APP_LABEL } from './labels.ts';
import { naturally } from './order.ts';
import { strange } from './reading.ts';
import { endsOf } from './reading-pods.ts';
import type { CoreService } from './reading-services.ts';
import { targetOf } from './reading-shares.ts';
import type { Pods, Recovered, RecoveredPort } from './recovered.ts';

/** Services sorted by what their names mean to callers. */
export interface Doors {
  /** The Service that clients call; undefined where it is not among the objects. */
  readonly root: CoreService | undefined;
  readonly addresses: Recovered['addresses'];
}

/** The Service that clients call bears one of `names`, in their order; `<name>-<version>` are addresses of versions. */
export function doorsOf(services: readonly CoreService[], names: readonly string[], pods: readonly Pods[]): Doors {
  const name =
    names.find(n => services.some(service => service.name === n)) ??
    names.find(n => services.some(service => service.name.startsWith(`${n}-`))) ??
    names[0];
  const root = services.find(service => service.name === name);
  // Where somebody else keeps a version, only Services of the others are here.
  const measure = root ?? services[0];
  const addresses: { promised: string; target: Recovered['addresses'][number]['target'] }[] = [];
  for (const service of services) {
    if (service === root) continue;
    const promised = promiseOf(service, name);
    if (promised === undefined)
      strange(service.spot, `it is neither ${quote(name ?? '')} nor the address of a version of it`);
    else addresses.push({ promised, target: targetOf(endsOf(pods, service)) });
    if (measure === undefined) continue;
    if (measure.namespace !== service.namespace) strange(service.spot, 'it is in another namespace');
    if (!arePorts(service.ports, measure.ports))
      strange(service.spot, `its ports are not those of ${quote(measure.name)}`);
  }
  return { root, addresses: addresses.sort((a, b) => naturally(a.promised, b.promised)) };
}

const arePorts = (a: readonly RecoveredPort[], b: readonly RecoveredPort[]): boolean =>
  a.length === b.length && a.every((port, i) => isPort(port, b[i]!));

const isPort = (a: RecoveredPort, b: RecoveredPort): boolean =>
  a.name === b.name && a.port === b.port && a.targetPort === b.targetPort && a.protocol === b.protocol;

const promiseOf = (service: CoreService, name: string | undefined): string | undefined =>
  name !== undefined && service.name.length > name.length + 1 && service.name.startsWith(`${name}-`)
    ? service.name.slice(name.length + 1)
    : undefined;

/** Names that pods and selectors give to the application, most telling first. */
export function appNames(services: readonly CoreService[], pods: readonly Pods[]): readonly string[] {
  const names = new Set<string>();
  for (const pod of pods) if (typeof pod.labels[APP_LABEL] === 'string') names.add(pod.labels[APP_LABEL]);
  for (const { selector } of services) if (typeof selector[APP_LABEL] === 'string') names.add(selector[APP_LABEL]);
  return [...names];
}
