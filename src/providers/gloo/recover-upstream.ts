import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import type { Dialect } from '../../model/reading-objects.ts';
import { headOf } from '../../model/reading-objects.ts';
import { type Weighed, weighedOf } from './recover-destination.ts';
import { type Policy, policyOf } from './recover-policy.ts';
import { uint32Of } from './recover-values.ts';

/** The one version of Gloo's own API. */
const GLOO: Dialect = { apiVersions: ['gloo.solo.io/v1'] };

/** A Service as Gloo calls it. */
export interface Upstream {
  readonly identity: string;
  readonly namespace: string;
  readonly name: string;
  readonly service: BackendRef;
  /** Whether it is spoken to in HTTP/2 rather than HTTP/1.1. */
  readonly http2: boolean;
  readonly policy: Policy;
  readonly spot: Spot;
}

const UPSTREAM = new Set(['kube', 'useHttp2', 'loadBalancerConfig', 'circuitBreakers', 'outlierDetection']);
const KUBE = new Set(['serviceName', 'serviceNamespace', 'servicePort']);

/** Reads an Upstream; undefined, with a problem, where it cannot be named. */
export function readUpstream(object: KubeObject, problems: string[]): Upstream | undefined {
  const head = headOf(object, problems, GLOO);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, UPSTREAM);
  const { identity, namespace, name } = head;
  const { useHttp2 } = spec;
  if (useHttp2 !== undefined && typeof useHttp2 !== 'boolean')
    strange(into(spot, '.useHttp2'), `${show(useHttp2)} stands where true or false is read`);
  return {
    ...{ identity, namespace, name, http2: useHttp2 === true, spot: head.spot },
    service: kubeOf(into(spot, '.kube'), spec.kube),
    policy: policyOf(spot, spec),
  };
}

function kubeOf(spot: Spot, tree: Tree): BackendRef {
  const fields = fieldsOf(spot, tree, KUBE);
  const port = uint32Of(into(spot, '.servicePort'), fields.servicePort);
  if (port === undefined || port === 0) strange(spot, 'it names no port');
  return {
    name: textOf(into(spot, '.serviceName'), fields.serviceName) ?? '',
    namespace: textOf(into(spot, '.serviceNamespace'), fields.serviceNamespace) ?? '',
    port: port ?? 0,
  };
}

/** Upstreams that share requests by weight. */
export interface UpstreamGroup {
  readonly identity: string;
  readonly namespace: string;
  readonly name: string;
  readonly destinations: readonly Weighed[];
  readonly spot: Spot;
}

const GROUP = new Set(['destinations']);

/** Reads an UpstreamGroup; undefined, with a problem, where it cannot be named. */
export function readGroup(object: KubeObject, problems: string[]): UpstreamGroup | undefined {
  const head = headOf(object, problems, GLOO);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const { destinations } = fieldsOf(spot, head.spec, GROUP);
  const at = into(spot, '.destinations');
  const { identity, namespace, name } = head;
  return { identity, namespace, name, destinations: weighedOf(at, itemsOf(at, destinations)), spot: head.spot };
}
