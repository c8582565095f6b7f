import { at, fields, items, namespace, number, type Tree, text } from './objects.ts';
import { portOf, type Reader, type Sent, service, weighed } from './ways.ts';

function sentBy(rule: Tree, home: string): readonly Sent[] {
  const backends = weighed(at(rule, 'backendRefs'), one => at(one, 'weight'), 1).map(([one, weight]) => ({
    to: service(text(at(one, 'namespace')) ?? home, at(one, 'name')),
    ...portOf(at(one, 'port')),
    share: weight,
    copies: false,
  }));
  const copied = items(at(rule, 'filters')).flatMap((filter): readonly Sent[] => {
    const mirror = at(filter, 'requestMirror');
    if (mirror === undefined) return [];
    const backend = at(mirror, 'backendRef');
    const share = number(at(mirror, 'percent')) ?? number(at(mirror, 'fraction', 'numerator')) ?? 100;
    return [{ to: service(home, at(backend, 'name')), ...portOf(at(backend, 'port')), share, copies: true }];
  });
  return [...backends, ...copied];
}

/** Each match of a rule is tried by itself. */
const route: Reader = object => {
  const home = namespace(object);
  const routes = items(at(object, 'spec', 'rules')).flatMap(rule => {
    const matches = items(at(rule, 'matches'));
    return (matches.length === 0 ? [{}] : matches).map(match => ({
      conditions: JSON.stringify(fields(match)),
      sent: sentBy(rule, home),
    }));
  });
  const parents = items(at(object, 'spec', 'parentRefs'));
  const services = parents
    .filter(parent => at(parent, 'kind') === 'Service')
    .map(parent => service(text(at(parent, 'namespace')) ?? home, at(parent, 'name')));
  const named = items(at(object, 'spec', 'hostnames')).map(String);
  const hosts = services.length > 0 ? services : named.length > 0 ? named : ['*'];
  return { front: { hosts, precedence: 1, routes } };
};

/** Linkerd reads them too, for callers of a Service. */
export const GATEWAY: { readonly [kind: string]: Reader } = {
  'gateway.networking.k8s.io/HTTPRoute': route,
  'gateway.networking.k8s.io/GRPCRoute': route,
};
