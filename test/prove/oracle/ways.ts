import { items, number, type Tree } from './objects.ts';

/** What an object does with requests. */
export interface Read {
  /** Absent: no requests come in here. */
  readonly front?: Front;
  /** Where it passes on what other objects send to it. Absent: it takes nothing from others. */
  readonly ways?: readonly Sent[];
  /** Whether those who need it have it. Absent: yes. */
  readonly isOpen?: boolean;
}

export type Reader = (object: object) => Read;

/** Where requests come in. */
export interface Front {
  readonly hosts: readonly string[];
  /** The greatest of a host counts. */
  readonly precedence: number;
  readonly routes: readonly Route[];
}

/** Requests that meet some conditions, in one text, and everywhere they go. */
export interface Route {
  readonly conditions: string;
  readonly sent: readonly Sent[];
}

export interface Sent {
  /** Identity of a Service or of an object that passes them on. */
  readonly to: string;
  readonly port?: number;
  /** Identities of what must be there besides. */
  readonly needs?: readonly string[];
  /** 0: none goes there. */
  readonly share: number;
  readonly copies: boolean;
}

/** Objects with a weight each, one alone taking all. */
export const weighed = (
  entries: Tree,
  weightOf: (entry: Tree) => Tree,
  absent: number,
): readonly (readonly [entry: Tree, weight: number])[] => {
  const list = items(entries);
  return list.map(entry => [entry, list.length === 1 ? 1 : (number(weightOf(entry)) ?? absent)] as const);
};

export const service = (namespace: string, name: Tree): string => `/Service/${namespace}/${String(name)}`;

/** A number of a port, where it is one. */
export const portOf = (port: Tree): { readonly port?: number } => (typeof port === 'number' ? { port } : {});
