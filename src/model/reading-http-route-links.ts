import type { KubeObject } from './kubernetes.ts';
import type { Ask, EntryRule, Links, Root } from './links.ts';
import type { BackendRef } from './reading-backends.ts';
import { type Route, type RouteDialect, readRoute } from './reading-http-route.ts';
import { type RouteRule, rulesOfRoute } from './reading-http-route-rules.ts';
import { isRoute } from './reading-http-route-state.ts';
import { portDoor, serviceDoor, serviceLinks } from './reading-links.ts';
import { kindOf } from './reading-objects.ts';
import { sharesOf } from './reading-shares.ts';
import { WHOLE } from './traffic.ts';

/** What a route of the Gateway API, or a Service, says about others; undefined where the kind is neither. */
export function routeLinks(object: KubeObject, root: Root, dialect: RouteDialect): Links | undefined {
  const kind = kindOf(object);
  if (kind === '/Service') return serviceLinks(object, root);
  if (!isRoute(kind)) return undefined;
  const route = readRoute(object, dialect, []);
  if (route === undefined) return { doors: [] };
  const [host = EVERY_HOST, ...also] = hostsOf(route);
  let rules: readonly EntryRule[] | undefined;
  const entry = {
    host,
    ...(also.length === 0 ? {} : { also }),
    // It goes before what the Service does alone.
    precedence: 1,
    // Most routes are never followed.
    get rules() {
      rules ??= rulesOfRoute(route, dialect).map(({ matches, ...rule }) => ({ matches, asks: asksOf(rule) }));
      return rules;
    },
  };
  return { entry, doors: [] };
}

/** Stands for the hosts of a Gateway. */
const EVERY_HOST = '*';

function hostsOf({ gateways, services, hostnames }: Route): readonly string[] {
  if (gateways.length > 0) return hostnames;
  return services.map(named => {
    const [namespace = '', name = ''] = named.split('/');
    return serviceDoor(namespace, name);
  });
}

function asksOf({ backends, copies }: Pick<RouteRule, 'backends' | 'copies'>): readonly Ask[] {
  const shares = sharesOf(
    backends.map(({ weight }) => weight),
    WHOLE,
  );
  return [
    ...backends.map(({ to }, i) => ({ doors: doorsTo(to), share: shares[i]!, copies: false })),
    ...copies.map(({ to, share }) => ({ doors: doorsTo(to), share, copies: true })),
  ];
}

/** A backend that is no Service of the namespace has a door that nothing opens. */
function doorsTo(to: BackendRef | string): readonly string[] {
  if (typeof to === 'string') return [to];
  const service = serviceDoor(to.namespace, to.name);
  return to.port === undefined ? [service] : [service, portDoor(service, to.port)];
}
