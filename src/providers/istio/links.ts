import type { KubeObject } from '../../model/kubernetes.ts';
import type { Ask, Door, Entry, EntryRule, Links, ReadLinks, Root } from '../../model/links.ts';
import type { Fields, Tree } from '../../model/reading.ts';
import { into, isMap, itemsOf, mapOf } from '../../model/reading.ts';
import { portDoor, serviceDoor, serviceLinks } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import { readDestinationRule } from './recover-destination-rule.ts';
import { serviceKey } from './recover-host.ts';
import { matchesOf } from './recover-match.ts';
import type { Destination } from './recover-mesh.ts';
import { copiedOf } from './recover-mirror.ts';
import { sentOf } from './recover-split.ts';
import { readVirtualService, type VirtualService } from './recover-virtual-service.ts';

/** Reads what VirtualServices, DestinationRules and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return serviceLinks(object, root);
    case 'networking.istio.io/DestinationRule':
      return destinationRuleLinks(object);
    case 'networking.istio.io/VirtualService':
      return virtualServiceLinks(object, root);
    default:
      return undefined;
  }
};

const subsetDoor = (service: string, subset: string): string => `${service} subset ${subset}`;

/** A subset is a door of the Service, whatever name the DestinationRule bears. */
function destinationRuleLinks(object: KubeObject): Links {
  const rule = readDestinationRule(object, []);
  if (rule === undefined) return { doors: [] };
  const [namespace = '', name = ''] = rule.service.split('/');
  const service = serviceDoor(namespace, name);
  const doors = [...rule.subsets].map(
    ([subset, { labels }]): Door => ({
      name: subsetDoor(service, subset),
      behind: { kind: 'pods', namespace, labels },
    }),
  );
  return { doors };
}

/** It goes before what sidecars do with the Service alone. */
function virtualServiceLinks(object: KubeObject, root: Root): Links {
  const read = readVirtualService(object, []);
  if (read === undefined) return { doors: [] };
  const own = serviceDoor(root.namespace, root.rollout);
  const hosts = read.hosts.map(host => hostName(host, read.namespace));
  const host = hosts.includes(own) ? own : (hosts[0] ?? '');
  const also = hosts.filter(other => other !== host);
  let rules: readonly EntryRule[] | undefined;
  const entry: Entry = {
    host,
    ...(also.length === 0 ? {} : { also }),
    precedence: 1,
    // Most routes are never followed.
    get rules() {
      rules ??= rulesOf(read);
      return rules;
    },
  };
  return { entry, doors: [] };
}

/** The name of a door, where the host is a Service of the cluster. */
function hostName(host: string, namespace: string): string {
  const [home = '', name = ''] = serviceKey(host, namespace)?.split('/') ?? [];
  return name === '' ? host : serviceDoor(home, name);
}

const rulesOf = ({ spot, http, namespace }: VirtualService): readonly EntryRule[] =>
  itemsOf(into(spot, '.http'), http).map(item => {
    const fields = mapOf(spot, item);
    return { matches: matchesOf(spot, fields['match']), asks: asksOf(fields, namespace, spot) };
  });

function asksOf(fields: Fields, namespace: string, spot: VirtualService['spot']): readonly Ask[] {
  const sent = sentOf(spot, listed(fields['route']));
  const shares = sharesOf(
    sent.map(({ weight = 0 }) => weight),
    WHOLE,
  );
  return [
    ...sent.map(({ destination }, i) => ({ doors: doorsTo(destination, namespace), share: shares[i]!, copies: false })),
    ...copiedOf(spot, fields).map(({ destination, share }) => ({
      doors: doorsTo(destination, namespace),
      share,
      copies: true,
    })),
  ];
}

const listed = (tree: Tree): Tree => (isMap(tree) ? undefined : tree);

/** A destination without a host that is a Service of the cluster has a door that nothing opens. */
function doorsTo(destination: Destination | undefined, namespace: string): readonly string[] {
  if (destination === undefined) return ['a host that is not named'];
  const { host, subset, port } = destination;
  const key = serviceKey(host, namespace);
  if (key === undefined) return [`host ${host}`];
  const [home = '', name = ''] = key.split('/');
  const service = serviceDoor(home, name);
  return [
    service,
    ...(port === undefined ? [] : [portDoor(service, port)]),
    ...(subset === undefined ? [] : [subsetDoor(service, subset)]),
  ];
}
