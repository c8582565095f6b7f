import type { KubeObject } from '../../model/kubernetes.ts';
import { kubeIdentity } from '../../model/kubernetes.ts';
import type { Ask, EntryRule, Links, ReadLinks } from '../../model/links.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import type { Destination, Named, Weighed } from './recover-destination.ts';
import { type Route, type Routes, readRoutes } from './recover-routes.ts';
import { readGroup, readUpstream } from './recover-upstream.ts';

/** Reads what routes, Upstreams, UpstreamGroups and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'gloo.solo.io/Upstream':
      return upstreamLinks(object);
    case 'gloo.solo.io/UpstreamGroup':
      return groupLinks(object);
    case 'gateway.solo.io/VirtualService':
      return routesLinks(readRoutes(object, 'VirtualService', []));
    case 'gateway.solo.io/RouteTable':
      return routesLinks(readRoutes(object, 'RouteTable', []));
    default:
      return undefined;
  }
};

const upstreamDoor = ({ namespace, name }: Named): string => kubeIdentity('gloo.solo.io', 'Upstream', namespace, name);
const groupDoor = ({ namespace, name }: Named): string =>
  kubeIdentity('gloo.solo.io', 'UpstreamGroup', namespace, name);

function doorsTo({ namespace, name, port }: BackendRef): readonly string[] {
  const service = serviceDoor(namespace, name);
  return port === undefined ? [service] : [service, portDoor(service, port)];
}

/** An Upstream is a door, and what comes through goes on to a port of its Service. */
function upstreamLinks(object: KubeObject): Links {
  const read = readUpstream(object, []);
  if (read === undefined) return { doors: [] };
  const asks: readonly Ask[] = [{ doors: doorsTo(read.service), share: WHOLE, copies: false }];
  return { doors: [{ name: upstreamDoor(read), behind: { kind: 'ways', asks } }] };
}

function groupLinks(object: KubeObject): Links {
  const read = readGroup(object, []);
  if (read === undefined) return { doors: [] };
  return { doors: [{ name: groupDoor(read), behind: { kind: 'ways', asks: weighed(read.destinations) } }] };
}

/** Requests come in from outside; those of a table by way of its parent, under hosts that only the parent knows. */
function routesLinks(read: Routes | undefined): Links {
  if (read === undefined) return { doors: [] };
  const [host = '*', ...also] = read.hosts;
  const rules = read.list.map((route): EntryRule => ({ matches: route.matches, asks: asksOf(route) }));
  return { entry: { host, ...(also.length === 0 ? {} : { also }), precedence: 0, rules }, doors: [] };
}

function asksOf({ action, copied }: Route): readonly Ask[] {
  const sent: readonly Ask[] =
    action.kind === 'group'
      ? [{ doors: [groupDoor(action.group)], share: WHOLE, copies: false }]
      : weighed(action.destinations);
  if (copied === undefined) return sent;
  return [...sent, { doors: [upstreamDoor(copied.upstream)], share: copied.share, copies: true }];
}

function weighed(destinations: readonly Weighed[]): readonly Ask[] {
  const shares = sharesOf(
    destinations.map(({ weight }) => weight),
    WHOLE,
  );
  return destinations.map(({ destination }, i) => ({ doors: doorsOf(destination), share: shares[i]!, copies: false }));
}

/** What names no destination asks for a door that nothing opens. */
function doorsOf(destination: Destination | undefined): readonly string[] {
  if (destination === undefined) return ['a destination that is not named'];
  return destination.kind === 'upstream' ? [upstreamDoor(destination.upstream)] : doorsTo(destination.service);
}
