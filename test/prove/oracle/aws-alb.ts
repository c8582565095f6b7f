import { at, items, namespace, type Tree, text } from './objects.ts';
import { portOf, type Reader, type Route, service, weighed } from './ways.ts';

const DOMAIN = 'alb.ingress.kubernetes.io';

/** Whether an Ingress is one for a load balancer of AWS. */
const isOfAws = (object: Tree): boolean =>
  Object.keys((at(object, 'metadata', 'annotations') ?? {}) as object).some(key => key.startsWith(`${DOMAIN}/`));

/** A path of an Ingress leads to a Service, or to an annotation that says how requests are shared. */
function routeOf(path: Tree, object: Tree): Route {
  const home = namespace(object);
  const backend = at(path, 'backend', 'service');
  const [name, port] = [String(at(backend, 'name')), at(backend, 'port')];
  const said = (what: string): string => text(at(object, 'metadata', 'annotations', `${DOMAIN}/${what}.${name}`)) ?? '';
  const conditions = `${String(at(path, 'path'))} ${said('conditions')}`;
  if (at(port, 'name') !== 'use-annotation')
    return {
      conditions,
      sent: [{ to: service(home, name), ...portOf(at(port, 'number')), share: 1, copies: false }],
    };
  const groups = at(JSON.parse(said('actions') || '{}'), 'forwardConfig', 'targetGroups');
  const sent = weighed(groups, one => at(one, 'weight'), 0).map(([one, share]) => ({
    to: service(home, at(one, 'serviceName')),
    ...portOf(Number(at(one, 'servicePort'))),
    share,
    copies: false,
  }));
  return { conditions, sent };
}

/** All hosts of an Ingress have the same paths. */
export const ALB: { readonly [kind: string]: Reader } = {
  'networking.k8s.io/Ingress': object => {
    if (!isOfAws(object)) return {};
    const rules = items(at(object, 'spec', 'rules'));
    const routes = items(at(rules[0], 'http', 'paths')).map(path => routeOf(path, object));
    return { front: { hosts: rules.map(rule => text(at(rule, 'host')) ?? '*'), precedence: 0, routes } };
  },
};
