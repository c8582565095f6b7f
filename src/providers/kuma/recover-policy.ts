import type { KubeObject } from '../../model/kubernetes.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';

/** A policy about what callers send to one MeshService. */
export interface Policy {
  readonly namespace: string;
  readonly mesh: string;
  /** Name of the MeshService, in the namespace; empty where it is not named. */
  readonly service: string;
  /** What stands beside the reference to it. */
  readonly about: Fields;
  /** The place of `about`. */
  readonly at: Spot;
  readonly spot: Spot;
}

const MESH = 'kuma.io/mesh';
const KUMA = { apiVersions: ['kuma.io/v1alpha1'], labels: new Set([MESH]) };
const SPEC = new Set(['targetRef', 'to']);
const CALLERS = new Set(['kind']);

/** Reads a policy up to its settings; undefined, with a problem, where it cannot be named. */
export function readPolicy(object: KubeObject, problems: string[], keys: readonly string[]): Policy | undefined {
  const head = headOf(object, problems, KUMA);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, SPEC);
  const inCallers = into(spot, '.targetRef');
  onlyOf(into(inCallers, '.kind'), fieldsOf(inCallers, spec['targetRef'], CALLERS)['kind'], 'Mesh');
  const items = itemsOf(into(spot, '.to'), spec['to']);
  if (items.length !== 1) strange(into(spot, '.to'), 'one Service is read here');
  const at = into(into(spot, '.to'), 0);
  const about = fieldsOf(at, items[0], new Set(['targetRef', ...keys]));
  const mesh = head.labels[MESH] ?? 'default';
  if (typeof mesh !== 'string' || mesh === '') strange(head.spot, `${show(mesh)} is no mesh`);
  const { namespace } = head;
  const service = serviceOf(into(at, '.targetRef'), about['targetRef'], { namespace, keys: TARGET }).name;
  return { namespace, mesh: String(mesh), service, about, at, spot: head.spot };
}

const TARGET = ['sectionName'];

/** A reference to a MeshService of the namespace, with the fields that its place allows besides. */
export function serviceOf(
  spot: Spot,
  tree: Tree,
  { namespace, keys }: { readonly namespace: string; readonly keys: readonly string[] },
): { readonly name: string; readonly fields: Fields } {
  const fields = fieldsOf(spot, tree, new Set(['kind', 'name', 'namespace', ...keys]));
  if (fields['kind'] !== 'MeshService') strange(into(spot, '.kind'), `${show(fields['kind'])} is no MeshService`);
  onlyOf(into(spot, '.namespace'), fields['namespace'], namespace);
  const name = textOf(into(spot, '.name'), fields['name']) ?? '';
  if (name === '') strange(spot, 'it names no Service');
  return { name, fields };
}
