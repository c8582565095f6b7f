import type { KubeObject } from '../../model/kubernetes.ts';
import { type Ask, type Links, NO_LINKS, type ReadLinks } from '../../model/links.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { portDoor, serviceDoor, serviceLinks } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import { type RouteRule, readRoute } from './recover-route.ts';

/** Reads what MeshHTTPRoutes and Services say about each other, each by itself; other policies open nothing and ask for nothing. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return serviceLinks(object, root);
    case 'kuma.io/MeshHTTPRoute':
      return routeLinks(object);
    case 'kuma.io/MeshTimeout':
    case 'kuma.io/MeshRetry':
      return NO_LINKS;
    default:
      return undefined;
  }
};

/** It goes before what sidecars do with the Service alone. */
function routeLinks(object: KubeObject): Links {
  const read = readRoute(object, []);
  if (read === undefined) return NO_LINKS;
  const rules = read.rules.map(rule => ({ matches: rule.matches, asks: asksOf(rule) }));
  return { entry: { host: serviceDoor(read.namespace, read.service), precedence: 1, rules }, doors: [] };
}

function asksOf({ sent, copied }: RouteRule): readonly Ask[] {
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
