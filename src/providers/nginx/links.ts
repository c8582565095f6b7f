import type { KubeObject } from '../../model/kubernetes.ts';
import type { Ask, EntryRule, Links, ReadLinks } from '../../model/links.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { WHOLE } from '../../model/traffic.ts';
import { withHeader } from './recover-header.ts';
import { readSide, type Side } from './recover-side.ts';

/** Reads what the two Ingresses and Services say about each other, each by itself. */
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

/**
 * The canary takes its weight of the group that is a host and a path, the main Ingress takes the rest. The main Service must be there even
 * where nothing is left to it, because the canary is looked for behind it.
 */
function ingressLinks(object: KubeObject): Links {
  const side = readSide(object, []);
  if (side === undefined) return { doors: [] };
  const [host = '*', ...also] = side.hosts;
  const way = { host, ...(also.length === 0 ? {} : { also }), precedence: 0 };
  const group = JSON.stringify([host, side.path?.path]);
  const rules = rulesOf(side);
  if (side.canary === undefined) {
    const part = { group, alone: 'everything', agreed: '' } as const;
    return { entry: { ...way, rules, part }, entries: [{ ...way, rules, aside: true }], doors: [] };
  }
  const part = { group, weight: side.canary.weight, alone: 'nothing', agreed: '' } as const;
  return { entry: { ...way, rules, part }, doors: [] };
}

function rulesOf({ matches, canary, path, ingress }: Side): readonly EntryRule[] {
  const service = serviceDoor(ingress.namespace, path?.service ?? '');
  // A name of a port is known to the Service alone.
  const doors = typeof path?.port === 'number' ? [service, portDoor(service, path.port)] : [service];
  const ask: Ask = { doors, share: WHOLE, copies: false };
  if (canary === undefined) return [{ matches, asks: [ask] }];
  const rest = { matches, asks: canary.weight === 0 ? [] : [ask] };
  return canary.header === undefined ? [rest] : [{ matches: withHeader(matches, canary.header), asks: [ask] }, rest];
}
