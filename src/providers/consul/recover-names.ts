import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';

/** A config entry up to its spec. It is about the Consul service whose name it bears. */
export interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly identity: string;
  readonly spec: { readonly [key: string]: Tree };
  /** Of the spec. */
  readonly spot: Spot;
}

const CONSUL = { apiVersions: ['consul.hashicorp.com/v1alpha1'] };

/** Reads the head of a config entry; undefined, with a problem, where it cannot be named. */
export function namedOf(object: KubeObject, problems: string[], known: ReadonlySet<string>): Named | undefined {
  const head = headOf(object, problems, CONSUL);
  if (head === undefined) return undefined;
  const { name, namespace, identity } = head;
  const spot = into(head.spot, ' spec');
  return { name, namespace, identity, spot, spec: fieldsOf(spot, head.spec, known) };
}

/** The service that an entry of `own` names; absent: its own. */
export function serviceOf(spot: Spot, tree: Tree, own: string): string {
  const service = textOf(spot, tree);
  if (service === '') strange(spot, 'an empty name says nothing');
  return service || own;
}
