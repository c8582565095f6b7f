import type { KubeObject } from '../../model/kubernetes.ts';
import type { Ask, Links, ReadLinks } from '../../model/links.ts';
import { besideLinks } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { type Share, WHOLE } from '../../model/traffic.ts';
import { readIngressRoute } from './recover-ingress-route.ts';
import { doorsOfReference, type Reference, traefikDoor } from './recover-reference.ts';
import { readTraefikService } from './recover-traefik-service.ts';

/** Reads what IngressRoutes, TraefikServices and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'traefik.io/TraefikService':
      return traefikServiceLinks(object);
    case 'traefik.io/IngressRoute':
      return ingressRouteLinks(object);
    default:
      return undefined;
  }
};

/** Every way behind it must be open, that of copies too, or Traefik drops it whole. */
function traefikServiceLinks(object: KubeObject): Links {
  const read = readTraefikService(object, []);
  if (read === undefined) return { doors: [] };
  const { namespace, name, sent = { members: [], mirrors: [] } } = read;
  const asks = [
    ...asksOf(sent.members),
    ...sent.mirrors.map(({ to, share }) => ({ doors: doorsOfReference(to), share, copies: true })),
  ];
  return { doors: [{ name: traefikDoor(namespace, name), behind: { kind: 'ways', asks } }] };
}

/** A star stands for every host, where none is named. */
const EVERY_HOST = '*';

function ingressRouteLinks(object: KubeObject): Links {
  const read = readIngressRoute(object, []);
  if (read === undefined) return { doors: [] };
  const [host = EVERY_HOST, ...also] = read.routes[0]?.hosts ?? [];
  const rules = read.routes.map(({ matches, members }) => ({ matches, asks: asksOf(members) }));
  return { entry: { host, ...(also.length === 0 ? {} : { also }), precedence: 1, rules }, doors: [] };
}

function asksOf(members: readonly Reference[]): readonly Ask[] {
  const shares: readonly Share[] =
    members.length === 1
      ? [WHOLE]
      : sharesOf(
          members.map(({ weight = 1 }) => weight),
          WHOLE,
        );
  return members.map((member, i) => ({ doors: doorsOfReference(member), share: shares[i]!, copies: false }));
}
