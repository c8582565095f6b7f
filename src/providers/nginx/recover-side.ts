import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { LoadBalancing, PortProtocol, Retries } from '../../model/plan.ts';
import { strange } from '../../model/reading.ts';
import type { Ingress, IngressPath } from '../../model/reading-ingress.ts';
import { readIngress, sameForHosts } from '../../model/reading-ingress.ts';
import type { Match, Share } from '../../model/traffic.ts';
import { WHOLE } from '../../model/traffic.ts';

/** Domain of the annotations that ingress-nginx reads. */
const DOMAIN = 'nginx.ingress.kubernetes.io';

/** One of the two Ingresses, not followed yet. */
export interface Side {
  readonly ingress: Ingress;
  readonly hosts: readonly string[];
  readonly path: IngressPath | undefined;
  /** Of the path; none: every request. */
  readonly matches: readonly Match[];
  readonly loadBalancing: LoadBalancing;
  /** Absent: it is the main Ingress. */
  readonly canary?: Canary;
  /** Of the main Ingress. */
  readonly protocol?: PortProtocol;
  /** Of the main Ingress. Absent: none. */
  readonly retries?: Retries;
}

/** When requests go to the canary: by the header first, else by weight. */
export interface Canary {
  readonly weight: Share;
  readonly header?: { readonly name: string; readonly value: string };
}

const COMMON = ['load-balance', 'upstream-hash-by'];
const MAIN = new Set([...COMMON, 'backend-protocol', 'proxy-next-upstream', 'canary']);
const CANARY = new Set([
  ...[...COMMON, 'canary', 'canary-weight', 'canary-weight-total', 'canary-by-header', 'canary-by-header-value'],
]);

/** Reads an Ingress up to its backend; undefined, with a problem, where it cannot be named. */
export function readSide(object: KubeObject, problems: string[]): Side | undefined {
  const ingress = readIngress(object, problems, DOMAIN);
  if (ingress === undefined) return undefined;
  const { orders, spot } = ingress;
  const mark = orders['canary'] ?? 'false';
  if (!/^(?:true|false)$/.test(mark)) strange(spot, `canary ${quote(mark)} is neither true nor false`);
  const isCanary = mark === 'true';
  for (const name of Object.keys(orders))
    if (!(isCanary ? CANARY : MAIN).has(name)) strange(spot, `the annotation ${quote(name)} is not read here`);
  const { hosts, paths } = sameForHosts(ingress);
  const [path] = paths;
  if (paths.length > 1) strange(spot, 'it has more than one path');
  const side = {
    ...{ ingress, hosts, path, matches: path === undefined ? [] : matchesOf(path) },
    loadBalancing: balancingOf(ingress),
  };
  return isCanary
    ? { ...side, canary: canaryOf(ingress) }
    : { ...side, protocol: protocolOf(ingress), ...retriesOf(ingress) };
}

/** A prefix goes by whole segments: https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types */
function matchesOf({ path, type, spot }: IngressPath): readonly Match[] {
  const rest = { headers: [], cookies: [], query: [] };
  if (!/^\/[-A-Za-z0-9._/]*$/.test(path)) strange(spot, `${quote(path)} is no path that nginx compares as it stands`);
  if (type === 'ImplementationSpecific') strange(spot, 'the type of its path leaves open what it takes');
  if (type === 'Exact') return [{ path: { kind: 'exact', value: path }, ...rest }];
  const home = path.replace(/\/$/, '');
  if (home === '') return [];
  return [
    { path: { kind: 'exact', value: home }, ...rest },
    { path: { kind: 'prefix', value: `${home}/` }, ...rest },
  ];
}

/** https://github.com/kubernetes/ingress-nginx/blob/main/rootfs/etc/nginx/lua/balancer.lua (`route_to_alternative_balancer`) */
function canaryOf({ orders, spot }: Ingress): Canary {
  const number = (name: string, absent: number): number => {
    const text = orders[name];
    if (text === undefined) return absent;
    if (!/^\d{1,9}$/.test(text)) strange(spot, `${name} ${quote(text)} is no whole number`);
    return /^\d{1,9}$/.test(text) ? Number(text) : absent;
  };
  // A total of 100 or less counts as 100.
  const total = Math.max(100, number('canary-weight-total', 100));
  const weight = Math.round((Math.min(number('canary-weight', 0), total) * WHOLE) / total);
  const [name, value] = [orders['canary-by-header'], orders['canary-by-header-value']];
  if (name === undefined && value === undefined) return { weight };
  if (name === undefined || value === undefined || name === '' || value === '') {
    strange(spot, 'a header without a value decides by the words always and never');
    return { weight };
  }
  // nginx drops such headers: https://nginx.org/en/docs/http/ngx_http_core_module.html#ignore_invalid_headers
  if (!/^[-A-Za-z0-9]+$/.test(name)) strange(spot, `nginx sees no header called ${quote(name)}`);
  return { weight, header: { name: name.toLowerCase(), value } };
}

const PROTOCOLS: ReadonlyMap<string, PortProtocol> = new Map([
  ['HTTP', 'http'],
  ['GRPC', 'grpc'],
]);

function protocolOf({ orders, spot }: Ingress): PortProtocol {
  const word = orders['backend-protocol'] ?? 'HTTP';
  const protocol = PROTOCOLS.get(word);
  if (protocol === undefined) strange(spot, `${quote(word)} is no protocol that is read here`);
  return protocol ?? 'tcp';
}

/** Tries again twice unless told: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#proxy-next-upstream */
function retriesOf({ orders, spot }: Ingress): { readonly retries?: Retries } {
  const text = orders['proxy-next-upstream'] ?? 'error timeout';
  if (text === 'off') return {};
  if (!/^[a-z_0-9 ]+$/.test(text)) strange(spot, `proxy-next-upstream ${quote(text)} is not understood`);
  return { retries: { attempts: 2, retryOn: text.split(' ') } };
}

function balancingOf({ orders, spot }: Ingress): LoadBalancing {
  const hash = orders['upstream-hash-by'];
  const word = orders['load-balance'] ?? 'round_robin';
  if (word !== 'round_robin') strange(spot, `load-balance ${quote(word)} is not read here`);
  if (hash === undefined) return { kind: 'round-robin' };
  const found = /^\$(http|cookie)_([A-Za-z0-9_]+)$/.exec(hash);
  if (found === null) strange(spot, `upstream-hash-by ${quote(hash)} is not read here`);
  const name = found?.[2] ?? '';
  return found?.[1] === 'cookie'
    ? { kind: 'hash', by: 'cookie', name }
    : { kind: 'hash', by: 'header', name: name.replaceAll('_', '-').toLowerCase() };
}
