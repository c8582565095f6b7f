import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';

/** Some requests of a route, on their way to a Service. */
export interface Sent {
  readonly to: BackendRef;
  readonly weight: number;
}

const BACKEND = new Set(['serviceName', 'servicePort', 'weight']);
/** https://github.com/apache/apisix-ingress-controller/blob/2.2.0/api/v2/shared_types.go */
const DEFAULT_WEIGHT = 100;

/** Where requests of a route are sent; weights are relative. */
export function sentOf(spot: Spot, tree: Tree, namespace: string): readonly Sent[] {
  const sent = itemsOf(spot, tree).map((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, BACKEND);
    const name = textOf(into(at, '.serviceName'), fields['serviceName']) ?? '';
    if (name === '') strange(at, 'it names no Service');
    const port = wholeOf(into(at, '.servicePort'), fields['servicePort']);
    if (port === undefined) strange(at, 'it names no port by its number');
    return {
      to: { namespace, name, port },
      weight: wholeOf(into(at, '.weight'), fields['weight']) ?? DEFAULT_WEIGHT,
    };
  });
  const [lone] = sent;
  if (sent.length === 1 && lone!.weight !== DEFAULT_WEIGHT) strange(spot, 'the weight of a lone Service says nothing');
  if (sent.every(({ weight }) => weight === 0)) strange(spot, 'requests have no destination');
  return sent;
}
