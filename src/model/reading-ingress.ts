import { quote } from '../diagnostics/wording.ts';
import type { KubeObject, Labels } from './kubernetes.ts';
import type { Spot, Tree } from './reading.ts';
import { fieldsOf, into, isMap, itemsOf, show, strange, textOf, wholeOf } from './reading.ts';
import { headOf } from './reading-objects.ts';

/** A networking.k8s.io/v1 Ingress, not followed yet. */
export interface Ingress {
  readonly identity: string;
  readonly name: string;
  readonly namespace: string;
  /** Absent: the default class of the cluster. */
  readonly className: string | undefined;
  /** Annotations of the reader's own domain, without the domain. */
  readonly orders: Labels;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly IngressTls[];
  readonly spot: Spot;
}

/** Paths of one host. */
export interface IngressRule {
  /** Absent: every host. */
  readonly host: string | undefined;
  readonly paths: readonly IngressPath[];
}

/** A path, and the port of a Service that it leads to. */
export interface IngressPath {
  readonly path: string;
  readonly type: PathType;
  readonly service: string;
  /** A number, or a name; absent: it cannot be read. */
  readonly port: number | string | undefined;
  readonly spot: Spot;
}

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** Hosts that are served with the certificate of a Secret. */
export interface IngressTls {
  readonly hosts: readonly string[];
  /** Absent: the controller's own certificate. */
  readonly secret: string | undefined;
}

const SPEC = new Set(['ingressClassName', 'rules', 'tls']);
const API = ['networking.k8s.io/v1'];

/** Reads an Ingress whose orders are annotations of `domain`; undefined, with a problem, where it cannot be named. */
export function readIngress(object: KubeObject, problems: string[], domain: string): Ingress | undefined {
  const marks = ordersOf(object, `${domain}/`);
  const head = headOf(object, problems, { apiVersions: API, labels: new Set(marks.keys()) });
  if (head === undefined) return undefined;
  const { identity, name, namespace, spot: at } = head;
  const spot = into(at, ' spec');
  const fields = fieldsOf(spot, head.spec, SPEC);
  const orders = Object.fromEntries([...marks].map(([key, value]) => [key.slice(domain.length + 1), value]));
  const inRules = into(spot, '.rules');
  const rules = itemsOf(inRules, fields['rules']).map((item, i) => ruleOf(into(inRules, i), item));
  if (rules.length === 0) strange(spot, 'it has no rules');
  const tls = tlsOf(into(spot, '.tls'), fields['tls']);
  const className = textOf(into(spot, '.ingressClassName'), fields['ingressClassName']);
  return { identity, name, namespace, className, orders, rules, tls, spot: at };
}

function ordersOf({ metadata }: KubeObject, prefix: string): ReadonlyMap<string, string> {
  const annotations: Tree = isMap(metadata) ? metadata.annotations : undefined;
  const texts = isMap(annotations) ? Object.entries(annotations) : [];
  return new Map(
    texts.flatMap(([key, value]) => (key.startsWith(prefix) && typeof value === 'string' ? [[key, value]] : [])),
  );
}

const RULE = new Set(['host', 'http']);
const HTTP = new Set(['paths']);

function ruleOf(spot: Spot, tree: Tree): IngressRule {
  const { host, http } = fieldsOf(spot, tree, RULE);
  const inPaths = into(spot, '.http.paths');
  const paths = itemsOf(inPaths, fieldsOf(into(spot, '.http'), http, HTTP)['paths']);
  if (paths.length === 0) strange(spot, 'it has no paths');
  return {
    host: textOf(into(spot, '.host'), host) || undefined,
    paths: paths.map((item, i) => pathOf(into(inPaths, i), item)),
  };
}

const PATH = new Set(['path', 'pathType', 'backend']);
const BACKEND = new Set(['service']);
const SERVICE = new Set(['name', 'port']);
const PORT = new Set(['name', 'number']);
const TYPES: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

function pathOf(spot: Spot, tree: Tree): IngressPath {
  const fields = fieldsOf(spot, tree, PATH);
  const type = TYPES.find(known => known === fields['pathType']);
  if (type === undefined) strange(into(spot, '.pathType'), `${show(fields['pathType'])} is no type of a path`);
  const at = into(spot, '.backend.service');
  const service = fieldsOf(at, fieldsOf(into(spot, '.backend'), fields['backend'], BACKEND)['service'], SERVICE);
  const port = fieldsOf(into(at, '.port'), service['port'], PORT);
  const name = textOf(into(at, '.port.name'), port['name']);
  const number = wholeOf(into(at, '.port.number'), port['number']);
  if ((name === undefined) === (number === undefined)) strange(at, 'it does not name one port');
  return {
    path: textOf(into(spot, '.path'), fields['path']) ?? '',
    type: type ?? 'ImplementationSpecific',
    service: textOf(into(at, '.name'), service['name']) ?? '',
    port: number ?? name,
    spot,
  };
}

const TLS = new Set(['hosts', 'secretName']);

const tlsOf = (spot: Spot, tree: Tree): readonly IngressTls[] =>
  itemsOf(spot, tree).map((item, i) => {
    const at = into(spot, i);
    const { hosts, secretName } = fieldsOf(at, item, TLS);
    const inHosts = into(at, '.hosts');
    return {
      hosts: itemsOf(inHosts, hosts).flatMap((host, n) => textOf(into(inHosts, n), host) ?? []),
      secret: textOf(into(at, '.secretName'), secretName),
    };
  });

/** The hosts of an Ingress, and the paths that hold for every one of them; empty hosts: every host. */
export function sameForHosts({ rules, spot }: Ingress): {
  readonly hosts: readonly string[];
  readonly paths: readonly IngressPath[];
} {
  const hosts = rules.flatMap(({ host }) => host ?? []);
  const [first] = rules;
  const same = new Set(rules.map(({ paths }) => JSON.stringify(paths.map(({ spot: _, ...path }) => path))));
  if (same.size > 1) strange(spot, 'its hosts have different paths');
  if (hosts.length > 0 && hosts.length < rules.length) strange(spot, 'some of its rules are for every host');
  if (rules.length > 1 && new Set(hosts).size < hosts.length) strange(spot, 'one host has two rules');
  const bad = hosts.find(host => !/^(?:\*\.)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/.test(host));
  if (bad !== undefined) strange(spot, `${quote(bad)} is no host of an Ingress`);
  return { hosts, paths: first?.paths ?? [] };
}
