import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject, Labels } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, labelsOf, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { RecoveredPolicy } from '../../model/recovered.ts';
import { serviceKey } from './recover-host.ts';
import { policyOf } from './recover-policy.ts';

/** What holds for requests to one Service, and its named parts. */
export interface DestinationRule {
  readonly identity: string;
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly subsets: ReadonlyMap<string, Subset>;
  readonly policy: RecoveredPolicy;
  readonly spot: Spot;
}

/** Pods of a Service with these labels; `policy` is complete, what the subset leaves open taken from the rule. */
export interface Subset {
  readonly labels: Labels;
  readonly policy: RecoveredPolicy;
}

/** Versions of the API that mean the same: https://istio.io/latest/blog/2024/v1-apis/ */
export const ISTIO = {
  apiVersions: ['networking.istio.io/v1', 'networking.istio.io/v1beta1'],
};

const SPEC = new Set(['host', 'trafficPolicy', 'subsets']);

/** Reads a DestinationRule; undefined, with a problem, where it cannot be named or is for no Service of the cluster. */
export function readDestinationRule(object: KubeObject, problems: string[]): DestinationRule | undefined {
  const head = headOf(object, problems, ISTIO);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, SPEC);
  const host = textOf(into(spot, '.host'), spec.host) ?? '';
  const service = serviceKey(host, head.namespace);
  if (service === undefined) return void strange(into(spot, '.host'), `${quote(host)} is no Service of this cluster`);
  // Clients look in their own namespace and in the Service's: https://istio.io/latest/docs/ops/best-practices/traffic-management/
  if (!service.startsWith(`${head.namespace}/`))
    strange(spot, `clients outside of ${quote(head.namespace)} do not see it`);
  const policy = policyOf(into(spot, '.trafficPolicy'), spec.trafficPolicy);
  const subsets = subsetsOf(into(spot, '.subsets'), spec.subsets, policy);
  return { identity: head.identity, service, subsets, policy, spot: head.spot };
}

const SUBSET = new Set(['name', 'labels', 'trafficPolicy']);

function subsetsOf(spot: Spot, tree: Tree, base: RecoveredPolicy): ReadonlyMap<string, Subset> {
  const subsets = new Map<string, Subset>();
  for (const [i, item] of itemsOf(spot, tree).entries()) {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, SUBSET);
    const name = textOf(into(at, '.name'), fields.name) ?? '';
    const labels = labelsOf(into(at, '.labels'), fields.labels);
    const own = policyOf(into(at, '.trafficPolicy'), fields.trafficPolicy);
    if (name === '' || subsets.has(name)) strange(at, `the name ${quote(name)} is empty or taken by another subset`);
    if (Object.keys(labels).length === 0) strange(at, 'without labels it holds every version');
    // Istio replaces load balancing, connection pool and outlier detection whole, each by itself, and keeps the first of a name.
    if (!subsets.has(name)) subsets.set(name, { labels, policy: { ...base, ...own } });
  }
  return subsets;
}
