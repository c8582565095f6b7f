import type { KubeObject } from '../../model/kubernetes.ts';
import { type Ask, type Links, NO_LINKS, type ReadLinks } from '../../model/links.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import { type Piece, readApisixRoute } from './recover-route.ts';

/** Reads what ApisixRoutes and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'apisix.apache.org/ApisixUpstream':
      return NO_LINKS;
    case 'apisix.apache.org/ApisixRoute':
      return routeLinks(object);
    default:
      return undefined;
  }
};

/** A star stands for every host, where none is named. */
const EVERY_HOST = '*';

function routeLinks(object: KubeObject): Links {
  const read = readApisixRoute(object, []);
  if (read === undefined) return NO_LINKS;
  const [host = EVERY_HOST, ...also] = read.pieces[0]?.route.hosts ?? [];
  const rules = read.pieces.map(({ matches, route }) => ({ matches, asks: asksOf(route) }));
  return { entry: { host, ...(also.length === 0 ? {} : { also }), precedence: 1, rules }, doors: [] };
}

function asksOf({ sent, copied }: Piece['route']): readonly Ask[] {
  const shares = sharesOf(
    sent.map(({ weight }) => weight),
    WHOLE,
  );
  return [
    ...sent.map(({ to }, i) => ({ doors: doorsTo(to), share: shares[i]!, copies: false })),
    ...copied.map(({ to, share }) => ({ doors: doorsTo(to), share, copies: true })),
  ];
}

function doorsTo({ namespace, name, port }: BackendRef): readonly string[] {
  const service = serviceDoor(namespace, name);
  return port === undefined ? [service] : [service, portDoor(service, port)];
}
