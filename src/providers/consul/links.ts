import type { KubeObject } from '../../model/kubernetes.ts';
import { kubeIdentity } from '../../model/kubernetes.ts';
import type { Ask, Door, Entry, Links, ReadLinks } from '../../model/links.ts';
import { NO_LINKS } from '../../model/links.ts';
import { serviceDoor, serviceLinks } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { WHOLE } from '../../model/traffic.ts';
import { readDefaults } from './recover-defaults.ts';
import { readRouter } from './recover-router.ts';
import { readSplitter } from './recover-splitter.ts';

/** Reads what config entries of Consul and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return serviceLinks(object, root);
    case 'consul.hashicorp.com/ServiceDefaults':
      return defaultsLinks(object);
    case 'consul.hashicorp.com/ServiceSplitter':
      return splitterLinks(object);
    case 'consul.hashicorp.com/ServiceRouter':
      return routerLinks(object);
    case 'consul.hashicorp.com/ServiceResolver':
      return NO_LINKS;
    default:
      return undefined;
  }
};

const GROUP = 'consul.hashicorp.com';
const defaultsDoor = (namespace: string, name: string): string =>
  kubeIdentity(GROUP, 'ServiceDefaults', namespace, name);
const splitterDoor = (namespace: string, name: string): string =>
  kubeIdentity(GROUP, 'ServiceSplitter', namespace, name);

/** A door that leaves requests as they are: Consul takes no entry that names a service before it is open. */
function defaultsLinks(object: KubeObject): Links {
  const read = readDefaults(object, []);
  if (read?.protocol === undefined) return NO_LINKS;
  const { name, namespace } = read;
  const door: Door = { name: defaultsDoor(namespace, name), behind: { kind: 'pods', namespace, labels: {} } };
  return { doors: [door] };
}

/** Behind it are the services that it names; alone, it takes the requests of its own. */
function splitterLinks(object: KubeObject): Links {
  const read = readSplitter(object, []);
  if (read === undefined) return NO_LINKS;
  const { name, namespace, splits } = read;
  const told = toldOf(namespace, [name, ...splits.map(({ service }) => service)]);
  const shares = sharesOf(
    splits.map(({ weight }) => weight),
    WHOLE,
  );
  const asks = splits.map(
    ({ service }, i): Ask => ({ doors: [...told, serviceDoor(namespace, service)], share: shares[i]!, copies: false }),
  );
  const entry: Entry = { host: serviceDoor(namespace, name), precedence: 1, rules: [{ matches: [], asks }] };
  return { entry, doors: [{ name: splitterDoor(namespace, name), behind: { kind: 'ways', asks } }] };
}

/** What goes on to the service itself meets its splitter. */
function routerLinks(object: KubeObject): Links {
  const read = readRouter(object, []);
  if (read === undefined) return NO_LINKS;
  const { name, namespace, routes } = read;
  const told = toldOf(namespace, [name, ...routes.map(({ service }) => service)]);
  const rules = routes.map(({ matches, service }) => {
    const door = service === name ? splitterDoor(namespace, name) : serviceDoor(namespace, service);
    return { matches, asks: [{ doors: [...told, door], share: WHOLE, copies: false }] };
  });
  return { entry: { host: serviceDoor(namespace, name), precedence: 2, rules }, doors: [] };
}

const toldOf = (namespace: string, names: readonly string[]): readonly string[] =>
  [...new Set(names)].map(name => defaultsDoor(namespace, name));
