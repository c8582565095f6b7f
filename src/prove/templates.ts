import type { Json, KubeObject } from '../model/kubernetes.ts';
import type { Plan, State, TemplateVersion } from '../model/plan.ts';
import type { ScopedObject } from '../model/template.ts';
import { type Difference, firstDifference } from './difference.ts';
import { expectedName, expectedObject } from './template-expected.ts';
import { get, namedPlaces } from './template-places.ts';

/** What of a state's objects comes from templates, held against them; the other objects are left for other proofs. */
export interface TemplateProof {
  readonly rest: readonly KubeObject[];
  readonly difference?: Difference;
}

/**
 * Each running version of a template has every object of it, the same but for the places that are its own, and every
 * name among them leads to an object of the same state. Gives the first difference.
 */
export function proveTemplates(plan: Plan, state: State, objects: readonly KubeObject[]): TemplateProof {
  const wanted = wantedObjects(plan, state);
  const byName = new Map(objects.map(object => [keyOf(object.apiVersion, object.kind, object.metadata.name), object]));
  const rest = objects.filter(object => !wanted.has(keyOf(object.apiVersion, object.kind, object.metadata.name)));
  for (const [key, { version, one, replicas }] of wanted) {
    const found = byName.get(key);
    const expected = expectedObject(plan, version, one, replicas);
    const difference = firstDifference(expected, found, `${one.object.kind} ${expectedName(plan, version, one)}`);
    if (difference !== undefined) return { rest, difference };
  }
  const difference = openName(plan, state, wanted, byName);
  return difference === undefined ? { rest } : { rest, difference };
}

interface Wanted {
  readonly version: TemplateVersion;
  readonly one: ScopedObject;
  readonly replicas: number;
}

const keyOf = (apiVersion: string, kind: string, name: string): string => `${apiVersion} ${kind} ${name}`;

function wantedObjects(plan: Plan, { running }: State): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const { version: name, replicas } of running) {
    const version = plan.versions.find(one => one.name === name);
    if (version?.kind !== 'template') continue;
    for (const one of version.template.objects) {
      const key = keyOf(one.object.apiVersion, one.object.kind, expectedName(plan, version, one));
      if (!wanted.has(key)) wanted.set(key, { version, one, replicas });
    }
  }
  return wanted;
}

/** A name that leads nowhere: to an object that another state has, or to the template's own name of what each version has for itself. */
function openName(
  plan: Plan,
  state: State,
  wanted: ReadonlyMap<string, Wanted>,
  found: ReadonlyMap<string, KubeObject>,
): Difference | undefined {
  const present = new Set([...found.values()].map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  const ours = new Set(plan.versions.flatMap(version => namesOf(plan, version)));
  for (const [key, { version }] of wanted) {
    const object = found.get(key)!;
    for (const { kind, name, place } of namedPlaces(object)) {
      const target = `${kind} ${name}`;
      const isOwn = version.template.objects.some(o => `${o.object.kind} ${o.object.metadata.name}` === target);
      const space = get(object as unknown as Json, [...place.slice(0, -1), 'namespace']);
      const isElsewhere = space !== undefined && space !== plan.namespace;
      if (isElsewhere || present.has(target) || !(isOwn || ours.has(target))) continue;
      const path = `${object.kind} ${object.metadata.name}.${place.join('.')}`;
      return { path, wanted: `the name of an object of the state ${state.name}`, found: target };
    }
  }
  return undefined;
}

const namesOf = (plan: Plan, version: Plan['versions'][number]): readonly string[] =>
  version.kind === 'template'
    ? version.template.objects.map(one => `${one.object.kind} ${expectedName(plan, version, one)}`)
    : [];
