import type { KubeObject } from '../../model/kubernetes.ts';
import { strange } from '../../model/reading.ts';
import type { Backends } from '../../model/reading-backends.ts';
import { backendEnds, besideOf } from '../../model/reading-backends.ts';
import { appNames, doorsOf } from '../../model/reading-doors.ts';
import { keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { readService } from '../../model/reading-services.ts';
import type { Ends } from '../../model/reading-shares.ts';
import { nowhere, splitOf } from '../../model/reading-shares.ts';
import type { Pods, Recovered, RecoveredPort, RecoveredRule } from '../../model/recovered.ts';
import { type Route, readRoute } from './recover-route.ts';

/**
 * Reads Routes and Services back: a Route shares the requests of one host and path by weight.
 * https://github.com/openshift/router/blob/master/pkg/router/template/router.go
 */
export function recover(objects: readonly KubeObject[], pods: readonly Pods[]): Recovered {
  const problems: string[] = [];
  const services = new Map<string, CoreService>();
  const routes: Route[] = [];
  for (const object of objects) sortIn({ services, routes, problems }, object);
  for (const { spot } of routes.slice(1)) strange(spot, 'there is another Route already');
  const [route] = routes;
  const list = [...services.values()];
  const { root, addresses } = doorsOf(list, [...appNames(list, pods), ...(route ? [route.name] : [])], pods);
  return {
    hosts: route === undefined ? [] : [route.host],
    gateways: route?.entrances ?? [],
    ports: (root ?? list[0])?.ports ?? [],
    ...besideOf(pods, root),
    rules: route === undefined ? [] : [ruleOf(route, { services, pods })],
    addresses,
    policies: {},
    problems,
  };
}

interface Sorted {
  readonly services: Map<string, CoreService>;
  readonly routes: Route[];
  readonly problems: string[];
}

function sortIn({ services, routes, problems }: Sorted, object: KubeObject): void {
  const kind = kindOf(object);
  if (kind === '/Service') {
    const service = readService(object, problems);
    if (service !== undefined) keepFirst(services, `${service.namespace}/${service.name}`, service);
  } else if (kind === 'route.openshift.io/Route') {
    const route = readRoute(object, problems);
    if (route !== undefined) routes.push(route);
  } else noteStray(object, kind, problems);
}

function ruleOf(route: Route, backends: Backends): RecoveredRule {
  const { matches, timeout, rewrite } = route;
  const sent = route.backends.filter(({ weight }) => weight > 0);
  const drawn = sent.map(({ service, weight }) => ({ ends: endsAt(route, service, backends), weight }));
  const split = splitOf(drawn.length > 0 ? drawn : [{ ends: nowhere('every weight is 0: 503'), weight: 1 }]);
  return { matches, split, mirror: [], timeout, ...(rewrite === undefined ? {} : { rewrite }) };
}

/** Pods are found by the name of the Service's port, or by the number of their own; without either, by every port there is. */
function endsAt({ namespace, port, spot }: Route, name: string, backends: Backends): Ends {
  const service = backends.services.get(`${namespace}/${name}`);
  if (service === undefined && port !== undefined)
    strange(spot, `nobody knows whether Service ${name} has a port ${port}`);
  if (service !== undefined && port !== undefined && !service.ports.some(own => isCalled(own, port)))
    return nowhere(`Service ${name} has no port ${port}`);
  if (port === undefined && service !== undefined && service.ports.length > 1)
    strange(spot, `every port of Service ${name} takes its requests`);
  return backendEnds(backends, { namespace, name, port: undefined });
}

const isCalled = ({ name, targetPort }: RecoveredPort, port: string): boolean =>
  name === port || String(targetPort) === port;
