import type { Path } from '../diagnostics/finding.ts';
import type { PortSpec, WorkloadSpec } from '../model/rollout.ts';

/** What a first Rollout is made of. */
export interface Draft {
  readonly name: string;
  /** Absent: none is written, which means `default`. */
  readonly namespace?: string;
  readonly provider: string;
  /** The host that clients call; absent: none is written. */
  readonly host?: string;
  readonly image: string;
  /** The image of a second version; absent: there is nothing to release yet. */
  readonly newImage?: string;
  readonly replicas?: number;
  /** Most pods of a revision, of Knative alone; absent: no limit. */
  readonly maxScale?: number;
  /** Absent or empty: none are written, which means http, 80 to 8080. */
  readonly ports?: readonly PortSpec[];
  /** All else about the pods. */
  readonly workload?: WorkloadSpec;
}

/** What a person is asked for, by the flag that answers it. */
export const ANSWERS = ['name', 'namespace', 'provider', 'host', 'image', 'new-image', 'replicas', 'port'] as const;

export type Answer = (typeof ANSWERS)[number];

/** Answers without which there is no Rollout. */
export const REQUIRED: readonly Answer[] = ['name', 'provider', 'image'];

/** Which answer a value of the composed Rollout comes from; undefined: none. */
export function answerAt([top, second, third]: Path): Answer | undefined {
  if (top === 'metadata') return second === 'namespace' ? 'namespace' : 'name';
  switch (second) {
    case 'provider':
      return 'provider';
    case 'route':
      return 'host';
    case 'versions':
      return third === 'v2' ? 'new-image' : 'image';
    case 'ports':
      return 'port';
    case 'workload':
      return third === 'replicas' ? 'replicas' : undefined;
    default:
      return undefined;
  }
}

/** A draft that lacks a part, and what that part is called. */
export interface Shorter {
  readonly draft: Draft;
  readonly what: string;
}

/** A draft without the part at a place of the composed Rollout; undefined where a Rollout cannot do without it. */
export function without(draft: Draft, [top, second, third, ...deeper]: Path): Shorter | undefined {
  if (top !== 'spec') return undefined;
  if (second === 'ports') return withoutPort(draft, third);
  if (second === 'knative') return { draft: withoutKey(draft, 'maxScale'), what: 'maxScale' };
  if (second !== 'workload' || typeof third !== 'string') return undefined;
  if (third === 'replicas') return { draft: withoutKey(draft, 'replicas'), what: third };
  const workload = draft.workload ?? {};
  if (third === 'command' || third === 'args') {
    // arguments of another command mean something else
    const rest = withoutKey(withoutKey(workload, 'command'), 'args');
    return { draft: { ...draft, workload: rest }, what: 'command and args' };
  }
  const part = [third, ...deeper].filter(step => typeof step === 'string').slice(0, DEPTHS[third] ?? 1);
  return { draft: { ...draft, workload: withoutPath(workload, part) }, what: part.join(' ') };
}

function withoutPort(draft: Draft, index: string | number | undefined): Shorter {
  const port = draft.ports?.find((_, at) => at === index);
  if (port === undefined) return { draft: withoutKey(draft, 'ports'), what: 'ports' };
  return { draft: { ...draft, ports: draft.ports?.filter(other => other !== port) ?? [] }, what: `port ${port.name}` };
}

/** Places of the parts that can be left out, in the composed Rollout. */
export function partsOf({ workload = {}, ports = [] }: Draft): readonly Path[] {
  const fields = Object.entries(workload).flatMap(([field, value]) =>
    (DEPTHS[field] ?? 1) > 1 ? Object.keys(value).map(key => [field, key]) : [[field]],
  );
  return [...fields.map(field => ['spec', 'workload', ...field]), ...ports.map((_, index) => ['spec', 'ports', index])];
}

/** How many keys lead to a part of the workload that can be left out by itself; absent: the field is one part. */
const DEPTHS: { readonly [field: string]: number } = { env: 2, labels: 2, annotations: 2, autoscale: 2, resources: 3 };

function withoutPath(object: object, [key = '', ...rest]: readonly string[]): object {
  if (rest.length === 0) return withoutKey(object, key);
  const inner = Object.getOwnPropertyDescriptor(object, key)?.value;
  return { ...object, [key]: withoutPath(typeof inner === 'object' && inner !== null ? inner : {}, rest) };
}

function withoutKey<T extends object>(object: T, key: string): T {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)) as T;
}
