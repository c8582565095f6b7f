import type { KubeObject } from '../../model/kubernetes.ts';
import type { Links, ReadLinks } from '../../model/links.ts';
import { NO_LINKS } from '../../model/links.ts';
import { besideLinks, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import { readRoute } from './recover-route.ts';

/** Reads what Routes and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'route.openshift.io/Route':
      return routeLinks(object);
    default:
      return undefined;
  }
};

function routeLinks(object: KubeObject): Links {
  const route = readRoute(object, []);
  if (route === undefined) return NO_LINKS;
  const { host, matches, backends, namespace } = route;
  const shares = sharesOf(
    backends.map(({ weight }) => weight),
    WHOLE,
  );
  const asks = backends.map(({ service }, i) => ({
    doors: [serviceDoor(namespace, service)],
    share: shares[i]!,
    copies: false,
  }));
  return { entry: { host, precedence: 1, rules: [{ matches, asks }] }, doors: [] };
}
