import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import type { HopKind } from '../model/plan.ts';

/** A state's objects, those that route apart from those that keep pods. */
export interface StateObjects {
  readonly routing: readonly KubeObject[];
  readonly workloads: readonly KubeObject[];
}

/** Objects that exist on one side of a hop only, or on both with other contents. */
export interface Changes {
  readonly created: readonly KubeObject[];
  readonly updated: readonly KubeObject[];
  readonly deleted: readonly KubeObject[];
}

const NOTHING: Changes = { created: [], updated: [], deleted: [] };

/** What changes between two lists of objects; unchanged objects, and lists of them, are one and the same (`===`). */
export function changesBetween(from: readonly KubeObject[], to: readonly KubeObject[]): Changes {
  if (from === to) return NOTHING;
  const before = new Map(from.map(object => [identityOf(object), object]));
  const created: KubeObject[] = [];
  const updated: KubeObject[] = [];
  for (const object of to) {
    const old = before.get(identityOf(object));
    before.delete(identityOf(object));
    if (old === undefined) created.push(object);
    else if (old !== object) updated.push(object);
  }
  return { created, updated, deleted: [...before.values()] };
}

/** The changes of two lists together. */
export const joined = (a: Changes, b: Changes): Changes => ({
  created: [...a.created, ...b.created],
  updated: [...a.updated, ...b.updated],
  deleted: [...a.deleted, ...b.deleted],
});

const ONE_KIND: {
  readonly [kind in HopKind]: (routing: Changes, workloads: Changes) => boolean;
} = {
  provision: (routing, workloads) => none(routing.deleted, workloads.deleted, workloads.updated),
  scale: (routing, workloads) => isEmpty(routing) && none(workloads.created, workloads.deleted),
  shift: (routing, workloads) => isEmpty(workloads) && none(routing.created, routing.deleted),
  abort: (routing, workloads) => isEmpty(workloads) && none(routing.created, routing.deleted),
  resume: (routing, workloads) => isEmpty(workloads) && none(routing.created, routing.deleted),
  retire: (routing, workloads) => none(routing.created, workloads.created),
};

const none = (...lists: readonly (readonly KubeObject[])[]): boolean => lists.every(list => list.length === 0);
const isEmpty = (changes: Changes): boolean => none(changes.created, changes.updated, changes.deleted);

/** Whether a hop does one kind of thing only: a shift touches no pods, a scale no route, and so on. */
export const doesOneKind = (kind: HopKind, routing: Changes, workloads: Changes): boolean =>
  ONE_KIND[kind](routing, workloads);
