import { type Cluster, type Failure, failuresOfPods } from './cluster.ts';
import { at, items, type Labels, labels, namespace, number, remembered, type Tree } from './objects.ts';

interface Service {
  readonly namespace: string;
  readonly selector: Labels;
  readonly ports: ReadonlySet<number | undefined>;
}

const serviceOf = remembered(
  (service: Tree): Service => ({
    namespace: namespace(service),
    selector: labels(at(service, 'spec', 'selector')),
    ports: new Set(items(at(service, 'spec', 'ports')).map(port => number(at(port, 'port')))),
  }),
);

/** What a request to a Service asks for. */
export interface Call {
  readonly service: string;
  readonly port?: number;
  /** Subset of Istio, by its name, and its labels where a DestinationRule has it. */
  readonly subset?: { readonly name: string; readonly labels?: Labels };
  readonly copies: boolean;
}

/** The most particular thing that a call names. */
function lastOf({ service, port, subset }: Call): string {
  if (subset !== undefined) return `${service} subset ${subset.name}`;
  return port === undefined ? service : `${service} port ${port}`;
}

/** Which pods a call is for; undefined where it does not come as far as that. */
export function podsFor(cluster: Cluster, call: Call): { namespace: string; asked: readonly Labels[] } | undefined {
  const held = cluster.held.get(call.service);
  if (held === undefined || failuresOfCall(cluster, call).some(({ kind }) => kind === 'closed')) return undefined;
  const { namespace: home, selector } = serviceOf(held);
  return { namespace: home, asked: [selector, ...(call.subset?.labels ? [call.subset.labels] : [])] };
}

/** kube-proxy and sidecars: the name, the port, the pods that the selector finds, and of those the ones of the subset. */
export function failuresOfCall(cluster: Cluster, call: Call): readonly Failure[] {
  const { service, port, subset, copies } = call;
  const closed = (thing: string): readonly Failure[] => [{ kind: 'closed', thing, copies }];
  const held = cluster.held.get(service);
  const isForeign = held === undefined && cluster.foreign.has(service);
  if (held === undefined && !isForeign) return closed(service);
  const read = held === undefined ? undefined : serviceOf(held);
  if (read !== undefined && port !== undefined && !read.ports.has(port)) return closed(`${service} port ${port}`);
  if (subset !== undefined && subset.labels === undefined) return closed(`${service} subset ${subset.name}`);
  if (read === undefined) return [];
  if (read.selector.size === 0) return closed(`${lastOf(call)} selector`);
  return failuresOfPods(cluster, read.namespace, [read.selector, ...(subset?.labels ? [subset.labels] : [])], copies);
}
