import type { KubeObject } from '../../model/kubernetes.ts';
import type { Ask, EntryRule, Links, ReadLinks } from '../../model/links.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { besideLinks, portDoor, serviceDoor } from '../../model/reading-links.ts';
import { kindOf } from '../../model/reading-objects.ts';
import { sharesOf } from '../../model/reading-shares.ts';
import { type Match, WHOLE } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { type Route, readHttpProxy } from './recover-http-proxy.ts';

/** Reads what HTTPProxies and Services say about each other, each by itself. */
export const links: ReadLinks = (object, root) => {
  switch (kindOf(object)) {
    case '/Service':
      return besideLinks(object, root);
    case 'projectcontour.io/HTTPProxy':
      return proxyLinks(object);
    default:
      return undefined;
  }
};

/** A host outside of the cluster, whose requests are sent to Services. */
function proxyLinks(object: KubeObject): Links {
  const read = readHttpProxy(object, []);
  if (read === undefined) return { doors: [] };
  return { entry: { host: `host ${read.fqdn}`, precedence: 1, rules: read.routes.map(ruleOf) }, doors: [] };
}

const ruleOf = ({ match, services }: Route): EntryRule => ({ matches: matchesOf(match), asks: asksOf(services) });

const matchesOf = (match: Match): readonly Match[] =>
  JSON.stringify(match) === JSON.stringify(EVERYTHING) ? [] : [match];

function asksOf({ sent, copied }: Route['services']): readonly Ask[] {
  const shares = sharesOf(
    sent.map(({ weight }) => weight),
    WHOLE,
  );
  return [
    ...sent.map(({ to }, i) => ({ doors: doorsTo(to), share: shares[i]!, copies: false })),
    ...copied.map(({ to, share }) => ({ doors: doorsTo(to), share, copies: true })),
  ];
}

function doorsTo({ namespace, name, port }: BackendRef): readonly string[] {
  const service = serviceDoor(namespace, name);
  return port === undefined ? [service] : [service, portDoor(service, port)];
}
