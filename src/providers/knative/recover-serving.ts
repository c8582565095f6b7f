import type { KubeObject } from '../../model/kubernetes.ts';
import { show, strange } from '../../model/reading.ts';
import type { Head } from '../../model/reading-objects.ts';
import { headOf, keepFirst, kindOf, noteStray } from '../../model/reading-objects.ts';

/** Objects of Knative by `namespace/name`. */
export interface Serving {
  readonly services: ReadonlyMap<string, Head>;
  readonly routes: ReadonlyMap<string, Head>;
  readonly configurations: ReadonlyMap<string, Head>;
  readonly problems: string[];
}

const VISIBILITY = 'networking.knative.dev/visibility';
const KNATIVE = { apiVersions: ['serving.knative.dev/v1'], labels: new Set([VISIBILITY]) };

/** Sorts objects by what they are to Knative. */
export function servingOf(objects: readonly KubeObject[]): Serving {
  const [services, routes, configurations] = [
    new Map<string, Head>(),
    new Map<string, Head>(),
    new Map<string, Head>(),
  ];
  const problems: string[] = [];
  const kinds = new Map([
    ['serving.knative.dev/Service', services],
    ['serving.knative.dev/Route', routes],
    ['serving.knative.dev/Configuration', configurations],
  ]);
  for (const object of objects) {
    const kind = kindOf(object);
    const known = kind === undefined ? undefined : kinds.get(kind);
    const head = known === undefined ? undefined : headOf(object, problems, KNATIVE);
    if (known === undefined) noteStray(object, kind, problems);
    else if (head !== undefined) keepFirst(known, `${head.namespace}/${head.name}`, head);
  }
  return { services, routes, configurations, problems };
}

/** The label keeps the host inside the cluster: https://knative.dev/docs/serving/services/private-services/ */
export function gatewaysOf({ labels, spot }: Head): readonly string[] {
  const visibility = labels[VISIBILITY];
  if (visibility === undefined) return [];
  if (visibility !== 'cluster-local')
    strange(spot, `the label ${VISIBILITY} knows cluster-local, not ${show(visibility)}`);
  return typeof visibility === 'string' ? [visibility] : [];
}
