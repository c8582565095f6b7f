import type { KubeObject } from '../../model/kubernetes.ts';
import { strange } from '../../model/reading.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import { endsOf } from '../../model/reading-pods.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredRule } from '../../model/recovered.ts';
import { readDefaults } from './recover-defaults.ts';
import { type Mesh, type Origin, portionsOf } from './recover-mesh.ts';
import { checkDefaults, policiesOf } from './recover-policies.ts';
import { readResolver } from './recover-resolver.ts';
import { type Router, readRouter } from './recover-router.ts';
import { readSplitter } from './recover-splitter.ts';
import { DEFAULT_TIMEOUT } from './recover-values.ts';

/**
 * Reads config entries of Consul and Services back: the router of a service, then its splitter, then its pods.
 * https://developer.hashicorp.com/consul/docs/connect/manage-traffic/discovery-chain
 */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const mesh = sort(objects, pods, problems);
  const services = [...mesh.services.values()];
  const [router] = mesh.routers.values();
  const origin = router ?? [...mesh.splitters.values()][0];
  const { root, addresses } = doorsOf(services, [...(origin ? [origin.name] : []), ...appNames(services, pods)], pods);
  for (const { spot } of [...[...mesh.routers.values()].slice(1), ...[...mesh.splitters.values()]].filter(
    isElse(origin),
  ))
    strange(spot, 'another service has routes already');
  checkDefaults(mesh, root);
  return {
    hosts: origin === undefined ? (root === undefined ? [] : [root.name]) : [origin.name],
    gateways: [],
    ports: root?.ports ?? [],
    rules: rulesOf(mesh, router, origin, root),
    addresses,
    policies: policiesOf(mesh),
    problems,
  };
}

const isElse =
  (origin: Origin | undefined) =>
  ({ name, namespace }: Origin): boolean =>
    name !== origin?.name || namespace !== origin.namespace;

function rulesOf(
  mesh: Mesh,
  router: Router | undefined,
  origin: Origin | undefined,
  root: CoreService | undefined,
): readonly RecoveredRule[] {
  if (router !== undefined) return routesOf(mesh, router);
  if (origin !== undefined)
    return [{ matches: [], split: portionsOf(mesh, origin, origin.name, []), mirror: [], timeout: DEFAULT_TIMEOUT }];
  if (root === undefined) return [];
  const split = splitOf([{ ends: endsOf(mesh.pods, root), weight: 1 }]);
  return [{ matches: [], split, mirror: [], timeout: DEFAULT_TIMEOUT }];
}

function routesOf(mesh: Mesh, router: Router): readonly RecoveredRule[] {
  const others = [...new Set(router.routes.map(({ service }) => service))];
  return router.routes.map(({ matches, service, ...treatment }) => ({
    matches,
    split: portionsOf(mesh, router, service, others),
    mirror: [],
    ...treatment,
  }));
}

function sort(objects: readonly KubeObject[], pods: readonly Pods[], problems: string[]): Mesh {
  const mesh: Mesh = {
    services: new Map(),
    defaults: new Map(),
    resolvers: new Map(),
    splitters: new Map(),
    routers: new Map(),
    pods,
  };
  for (const object of objects) sortIn(mesh, object, problems);
  return mesh;
}

function sortIn(mesh: Mesh, object: KubeObject, problems: string[]): void {
  const kind = kindOf(object);
  switch (kind) {
    case '/Service':
      keep(mesh.services, readService(object, problems));
      break;
    case 'consul.hashicorp.com/ServiceDefaults':
      keep(mesh.defaults, readDefaults(object, problems));
      break;
    case 'consul.hashicorp.com/ServiceResolver':
      keep(mesh.resolvers, readResolver(object, problems));
      break;
    case 'consul.hashicorp.com/ServiceSplitter':
      keep(mesh.splitters, readSplitter(object, problems));
      break;
    case 'consul.hashicorp.com/ServiceRouter':
      keep(mesh.routers, readRouter(object, problems));
      break;
    default:
      noteStray(object, kind, problems);
  }
}

function keep<T extends Origin & { readonly spot: CoreService['spot'] }>(
  map: Map<string, T>,
  item: T | undefined,
): void {
  if (item !== undefined) keepFirst(map, `${item.namespace}/${item.name}`, item);
}
