import type { KubeObject } from '../../model/kubernetes.ts';
import type { Ask, Links, ReadLinks } from '../../model/links.ts';
import { readIngress } from '../../model/reading-ingress.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import type { TargetGroup } from './recover-action.ts';
import { DOMAIN, rulesOf } from './recover-rules.ts';

/** Reads what Ingresses and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'networking.k8s.io/Ingress':
      return ingressLinks(object);
    default:
      return undefined;
  }
};

function ingressLinks(object: KubeObject): Links {
  const ingress = readIngress(object, [], DOMAIN);
  if (ingress === undefined) return { doors: [] };
  const { hosts, rules } = rulesOf(ingress);
  const [host = '*', ...also] = hosts;
  const entry = {
    host,
    ...(also.length === 0 ? {} : { also }),
    precedence: 0,
    rules: rules.map(({ matches, groups }) => ({ matches, asks: asksOf(groups, ingress.namespace) })),
  };
  return { entry, doors: [] };
}

/** A target group at weight 0 is asked for nothing: while its Service is missing, the load balancer only stays as it was. */
function asksOf(groups: readonly TargetGroup[], namespace: string): readonly Ask[] {
  const shares = sharesOf(
    groups.map(({ weight }) => weight),
    WHOLE,
  );
  return groups.map(({ service, port }, i) => {
    const door = serviceDoor(namespace, service);
    return {
      doors: [door, port === undefined ? `${door} port` : portDoor(door, port)],
      share: shares[i]!,
      copies: false,
    };
  });
}
