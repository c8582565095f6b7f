import type { Path } from '../diagnostics/finding.ts';
import type { Capabilities } from '../model/capabilities.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { readDuration } from '../model/duration.ts';
import { naturally } from '../model/order.ts';
import type { LoadBalancing, OutlierDetection, Port, PortProtocol, Retries, Route } from '../model/plan.ts';
import type { PortSpec, RolloutSpec, RouteSpec } from '../model/rollout.ts';
import { milliseconds } from './durations.ts';
import { duplicatePort, longTry, unknownProtocol } from './messages.ts';
import type { Report } from './report.ts';

const ROUTE: Path = ['spec', 'route'];
const PROTOCOLS: readonly PortProtocol[] = ['http2', 'http', 'grpc', 'tcp'];

/** The ports of the service; one plain HTTP port where none is written. */
export function planPorts(specs: readonly PortSpec[] | undefined, report: Report): readonly Port[] {
  if (specs === undefined || specs.length === 0) return [DEFAULTS.port];
  for (const key of ['name', 'port'] as const) {
    specs.forEach((spec, index) => {
      if (specs.findIndex(other => other[key] === spec[key]) < index) {
        report(duplicatePort({ path: ['spec', 'ports', index, key] }, { what: key === 'name' ? 'name' : 'number' }));
      }
    });
  }
  return specs.map((spec, index) => ({
    name: spec.name,
    port: spec.port,
    targetPort: spec.targetPort ?? spec.port,
    protocol: spec.protocol ?? protocolOf(spec, index, report),
  }));
}

function protocolOf({ name }: PortSpec, index: number, report: Report): PortProtocol {
  const word = name.startsWith('grpc-web') ? name : name.split('-')[0];
  const protocol = PROTOCOLS.find(known => known === word);
  if (protocol === undefined) report(unknownProtocol({ path: ['spec', 'ports', index, 'name'] }, { name }));
  return protocol ?? 'tcp';
}

/** The route with every value stated; what the provider would do by itself is stated too. */
export function planRoute(
  spec: RolloutSpec,
  owner: { name: string; namespace: string },
  offer: Capabilities,
  report: Report,
): Route {
  const route: RouteSpec = spec.route ?? {};
  const timeout =
    route.timeout === undefined ? offer.defaultTimeout : milliseconds(route.timeout, [...ROUTE, 'timeout'], report);
  const loadBalancing =
    planLoadBalancing(route) ?? (offer.defaultLoadBalancing && { kind: offer.defaultLoadBalancing });
  const ownName = planOwnName(route.gateways, offer);
  return {
    hosts: ownName === 'route' ? planHosts(route.hosts ?? [], owner) : unique(route.hosts ?? []),
    ownName,
    gateways: offer.ownName === 'route' ? planGateways(route.gateways) : callers(route.gateways),
    ...(route.rewrite === undefined ? {} : { rewrite: withSlash(route.rewrite) }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(route.retries === undefined || route.retries.attempts === 0 ? {} : { retries: planRetries(route, report) }),
    ...(route.outlierDetection === undefined ? {} : { outlierDetection: planOutliers(route.outlierDetection, report) }),
    ...(Object.keys(route.circuitBreaker ?? {}).length === 0 || route.circuitBreaker === undefined
      ? {}
      : { circuitBreaker: route.circuitBreaker }),
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
  };
}

/** A prefix `/api/` is replaced whole, so its replacement ends at a slash too: `/api/x` becomes `/v2/x`, not `/v2x`. */
const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

function planOwnName(gateways: readonly string[] | undefined, { ownName }: Capabilities): Route['ownName'] {
  if (ownName !== 'gateways') return ownName;
  return gateways === undefined || gateways.length === 0 || gateways.includes('mesh') ? 'route' : 'beside';
}

/** `mesh` alone is what no gateways mean. */
const callers = (gateways: readonly string[] = []): readonly string[] =>
  gateways.every(gateway => gateway === 'mesh') ? [] : unique(gateways);

/** `mesh` alone is what no gateways mean; with others it is always added, so that no caller passes the route by. */
const planGateways = (gateways: readonly string[] = []): readonly string[] =>
  gateways.every(gateway => gateway === 'mesh') ? [] : unique([...gateways, 'mesh']);

/** The own name is always among them: callers that use it must meet the route too, not the bare Service. */
const planHosts = (hosts: readonly string[], owner: { name: string; namespace: string }): readonly string[] =>
  unique([owner.name, ...hosts.map(host => shortHost(host, owner.namespace))]);

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(naturally);

/** A Service of the own namespace by its short name, however it was written. */
function shortHost(host: string, namespace: string): string {
  for (const suffix of [`.${namespace}.svc.cluster.local`, `.${namespace}.svc`, `.${namespace}`]) {
    if (host.endsWith(suffix)) return host.slice(0, -suffix.length);
  }
  return host;
}

function planRetries({ retries, timeout }: RouteSpec, report: Report): Retries {
  const { attempts = 0, perTryTimeout, retryOn = DEFAULTS.retryOn } = retries ?? {};
  if (perTryTimeout === undefined) return { attempts, retryOn };
  const path: Path = [...ROUTE, 'retries', 'perTryTimeout'];
  const perTry = milliseconds(perTryTimeout, path, report);
  if (timeout !== undefined && perTry > (readDuration(timeout) ?? 0))
    report(longTry({ path }, { perTryTimeout, timeout }));
  return { attempts, perTryTimeout: perTry, retryOn };
}

function planOutliers(spec: NonNullable<RouteSpec['outlierDetection']>, report: Report): OutlierDetection {
  const defaults = DEFAULTS.outlierDetection;
  const time = (key: 'interval' | 'baseEjectionTime'): number => {
    const text = spec[key];
    return text === undefined
      ? (readDuration(defaults[key]) ?? 0)
      : milliseconds(text, [...ROUTE, 'outlierDetection', key], report);
  };
  return {
    consecutiveErrors: spec.consecutiveErrors ?? defaults.consecutiveErrors,
    interval: time('interval'),
    baseEjectionTime: time('baseEjectionTime'),
    maxEjectionPercent: spec.maxEjectionPercent ?? defaults.maxEjectionPercent,
  };
}

function planLoadBalancing(route: RouteSpec): LoadBalancing | undefined {
  const spec = route.loadBalancing;
  if (spec === undefined) return undefined;
  if (typeof spec === 'string') return { kind: spec };
  const { header, cookie } = spec.hash;
  if (header !== undefined) return { kind: 'hash', by: 'header', name: header.toLowerCase() };
  return { kind: 'hash', by: 'cookie', name: cookie ?? '' };
}
