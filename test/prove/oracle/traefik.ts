import { at, items, namespace, number, type Tree, text } from './objects.ts';
import { portOf, type Reader, type Sent, service, weighed } from './ways.ts';

function sentTo(reference: Tree, share: number, copies: boolean, home: string): Sent {
  const [own = home, name] = [text(at(reference, 'namespace')), at(reference, 'name')];
  if (at(reference, 'kind') === 'TraefikService')
    return { to: `traefik.io/TraefikService/${own}/${String(name)}`, share, copies };
  return { to: service(own, name), ...portOf(at(reference, 'port')), share, copies };
}

const sentToAll = (references: Tree, home: string): readonly Sent[] =>
  weighed(references, one => at(one, 'weight'), 1).map(([one, weight]) => sentTo(one, weight, false, home));

/** Hosts that a rule names; an expression for all below a domain is written with a star. */
function hostsIn(rule: string): readonly string[] {
  const found = [...rule.matchAll(/\b(Host|HostRegexp)\(`([^`]*)`\)/g)].map(([, word, host = '']) =>
    word === 'Host' ? host : `*.${host.replace('^.+\\.', '').replace('$', '').replaceAll('\\', '')}`,
  );
  return found.length === 0 ? ['*'] : [...new Set(found)];
}

export const TRAEFIK: { readonly [kind: string]: Reader } = {
  'traefik.io/IngressRoute': object => {
    const routes = items(at(object, 'spec', 'routes')).map(route => ({
      conditions: String(at(route, 'match')),
      sent: sentToAll(at(route, 'services'), namespace(object)),
    }));
    return { front: { hosts: hostsIn(routes[0]?.conditions ?? ''), precedence: 1, routes } };
  },
  'traefik.io/TraefikService': object => {
    const [home, mirroring] = [namespace(object), at(object, 'spec', 'mirroring')];
    if (mirroring === undefined) return { ways: sentToAll(at(object, 'spec', 'weighted', 'services'), home) };
    const copied = items(at(mirroring, 'mirrors')).map(one => sentTo(one, number(at(one, 'percent')) ?? 0, true, home));
    return { ways: [sentTo(mirroring, 1, false, home), ...copied] };
  },
};
