import { at, items, namespace, type Tree, text } from './objects.ts';
import { portOf, type Reader, type Route, type Sent, service, weighed } from './ways.ts';

/** An Upstream or an UpstreamGroup by name; without a namespace it is that of whoever names it. */
const named = (what: string, reference: Tree, home: string): string =>
  `gloo.solo.io/${what}/${text(at(reference, 'namespace')) ?? home}/${String(at(reference, 'name'))}`;

function sentTo(destination: Tree, share: number, home: string): Sent {
  const upstream = at(destination, 'upstream');
  if (upstream !== undefined) return { to: named('Upstream', upstream, home), share, copies: false };
  const [reference, port] = [at(destination, 'kube', 'ref'), at(destination, 'kube', 'port')];
  const to = service(text(at(reference, 'namespace')) ?? home, at(reference, 'name'));
  return { to, ...portOf(port), share, copies: false };
}

const sentToAll = (destinations: Tree, home: string): readonly Sent[] =>
  weighed(destinations, one => at(one, 'weight'), 0).map(([one, weight]) =>
    sentTo(at(one, 'destination'), weight, home),
  );

function routeOf(route: Tree, home: string): Route {
  const action = at(route, 'routeAction');
  const [single, group] = [at(action, 'single'), at(action, 'upstreamGroup')];
  const shadow = at(route, 'options', 'shadowing');
  const percentage = Number(at(shadow, 'percentage') ?? 0);
  const copied: readonly Sent[] =
    shadow === undefined
      ? []
      : [{ to: named('Upstream', at(shadow, 'upstream'), home), share: percentage, copies: true }];
  const sent: readonly Sent[] =
    single !== undefined
      ? [sentTo(single, 1, home)]
      : group !== undefined
        ? [{ to: named('UpstreamGroup', group, home), share: 1, copies: false }]
        : sentToAll(at(action, 'multi', 'destinations'), home);
  return { conditions: JSON.stringify(at(route, 'matchers')), sent: [...sent, ...copied] };
}

const fronting =
  (...path: readonly string[]): Reader =>
  object => {
    const held = at(object, 'spec', ...path);
    const domains = items(at(held, 'domains')).map(String);
    const routes = items(at(held, 'routes')).map(route => routeOf(route, namespace(object)));
    return { front: { hosts: domains.length === 0 ? ['*'] : domains, precedence: 0, routes } };
  };

/** A RouteTable is for hosts that its parent knows. */
export const GLOO: { readonly [kind: string]: Reader } = {
  'gateway.solo.io/VirtualService': fronting('virtualHost'),
  'gateway.solo.io/RouteTable': fronting(),
  'gloo.solo.io/UpstreamGroup': object => ({
    ways: sentToAll(at(object, 'spec', 'destinations'), namespace(object)),
  }),
  'gloo.solo.io/Upstream': object => {
    const kube = at(object, 'spec', 'kube');
    const to = service(String(at(kube, 'serviceNamespace')), at(kube, 'serviceName'));
    return { ways: [{ to, ...portOf(at(kube, 'servicePort')), share: 1, copies: false }] };
  },
};
