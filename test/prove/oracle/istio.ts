import type { Cluster, Failure } from './cluster.ts';
import { at, items, type Labels, labels, namespace, number, remembered, type Tree, text } from './objects.ts';
import { meets, type Sample, samplesOf } from './requests.ts';
import { type Call, failuresOfCall } from './services.ts';

/** A route of a VirtualService: what it matches and everywhere it sends requests or copies of them. */
interface Route {
  readonly matches: readonly Tree[];
  readonly sent: readonly Sent[];
}

interface Sent {
  /** Identity of the Service, or the host where it is none of the cluster. */
  readonly service: string;
  readonly port?: number;
  readonly subset?: string;
  readonly share: number;
  readonly copies: boolean;
}

interface VirtualService {
  readonly hosts: readonly string[];
  readonly routes: readonly Route[];
  readonly samples: readonly Sample[];
}

/** A short name is a Service of the namespace, `name.namespace.svc.cluster.local` one of any. */
function hostOf(host: string, home: string): string {
  if (!host.includes('.')) return `/Service/${home}/${host}`;
  const [name, other, ...domain] = host.split('.');
  return domain.join('.') === 'svc.cluster.local' ? `/Service/${other}/${name}` : `host ${host}`;
}

export const virtualServiceOf = remembered((object: Tree): VirtualService => {
  const home = namespace(object);
  const http = items(at(object, 'spec', 'http'));
  return {
    hosts: items(at(object, 'spec', 'hosts')).map(host => hostOf(String(host), home).replace('host ', '')),
    routes: http.map(route => ({ matches: items(at(route, 'match')), sent: sentBy(route, home) })),
    samples: samplesOf(http),
  };
});

function sentBy(route: Tree, home: string): readonly Sent[] {
  const to = (destination: Tree, share: number, copies: boolean): Sent => {
    const [port, subset] = [number(at(destination, 'port', 'number')), text(at(destination, 'subset'))];
    return {
      service: hostOf(String(at(destination, 'host')), home),
      ...(port === undefined ? {} : { port }),
      ...(subset === undefined ? {} : { subset }),
      share,
      copies,
    };
  };
  const entries = items(at(route, 'route'));
  const weights = entries.map(entry => (entries.length === 1 ? 1 : (number(at(entry, 'weight')) ?? 0)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mirrors = items(at(route, 'mirrors')).map(one =>
    to(at(one, 'destination'), (number(at(one, 'percentage', 'value')) ?? 100) / 100, true),
  );
  const mirror = at(route, 'mirror');
  const single =
    mirror === undefined ? [] : [to(mirror, (number(at(route, 'mirrorPercentage', 'value')) ?? 100) / 100, true)];
  return [
    ...entries.map((entry, i) => to(at(entry, 'destination'), weights[i]! / total, false)),
    ...single,
    ...mirrors,
  ].filter(({ share }) => share > 0);
}

/** Subsets by the identity of the Service and their name. */
const subsetsOf = remembered((object: Tree): ReadonlyMap<string, Labels> => {
  const service = hostOf(String(at(object, 'spec', 'host')), namespace(object));
  return new Map(
    items(at(object, 'spec', 'subsets')).map(subset => [
      `${service} ${String(at(subset, 'name'))}`,
      labels(at(subset, 'labels')),
    ]),
  );
});

/** Which of its routes takes a request; undefined: none does. Kept for a VirtualService, because samples are few. */
const takers = new WeakMap<VirtualService, Map<Sample, Route | undefined>>();

function takerOf(virtualService: VirtualService, sample: Sample): Route | undefined {
  const known = takers.get(virtualService) ?? new Map<Sample, Route | undefined>();
  takers.set(virtualService, known);
  if (!known.has(sample))
    known.set(
      sample,
      virtualService.routes.find(({ matches }) => matches.length === 0 || matches.some(match => meets(sample, match))),
    );
  return known.get(sample);
}

/** Whether each of its matches is what some sample is for, and each of its routes takes one. */
export const isReached = (virtualService: VirtualService, samples: readonly Sample[]): boolean =>
  virtualService.routes.every(
    route =>
      samples.some(sample => takerOf(virtualService, sample) === route) &&
      route.matches.every(match => samples.some(sample => meets(sample, match))),
  );

/** The VirtualService that holds for a host at this moment, if any. */
export function virtualServiceFor(cluster: Cluster, host: string): VirtualService | undefined {
  for (const object of cluster.virtualServices) {
    const read = virtualServiceOf(object);
    if (read.hosts.includes(host)) return read;
  }
  return undefined;
}

/** Where a sidecar or a gateway sends a request by a VirtualService: the first route that matches. */
export function failuresByRoute(cluster: Cluster, virtualService: VirtualService, sample: Sample): readonly Failure[] {
  const route = takerOf(virtualService, sample);
  // A VirtualService may be for some paths only; those who call others are not of this service.
  if (route === undefined) return [];
  return route.sent.flatMap(({ service, port, subset, copies }) =>
    failuresOfCall(cluster, {
      service,
      ...(port === undefined ? {} : { port }),
      ...(subset === undefined ? {} : { subset: namedSubset(cluster, service, subset) }),
      copies,
    }),
  );
}

/** What the last route of a VirtualService sends, and to whom; copies do not count. */
export const callsOfLast = (
  cluster: Cluster,
  virtualService: VirtualService,
): readonly (readonly [call: Call, share: number])[] =>
  (virtualService.routes.at(-1)?.sent ?? []).flatMap(({ service, port, subset, share, copies }) =>
    copies
      ? []
      : [
          [
            {
              service,
              ...(port === undefined ? {} : { port }),
              ...(subset === undefined ? {} : { subset: namedSubset(cluster, service, subset) }),
              copies,
            },
            share,
          ] as const,
        ],
  );

function namedSubset(cluster: Cluster, service: string, name: string): { name: string; labels?: Labels } {
  for (const object of cluster.destinationRules) {
    const found = subsetsOf(object).get(`${service} ${name}`);
    if (found !== undefined) return { name, labels: found };
  }
  return { name };
}
