import type { Labels } from './kubernetes.ts';
import type { Match, Share } from './traffic.ts';

/** Some requests, as a person would describe them. */
export interface Requests {
  /** What callers call: a door, or a host name. */
  readonly host: string;
  /** Any of these; empty: every request. */
  readonly matches: readonly Match[];
  /** Part of those requests. */
  readonly share: Share;
  readonly copies: boolean;
}

/** What goes wrong while a hop is under way. Objects are named by their identities. */
export type Trouble =
  /** Nothing answers to the host any more. */
  | { readonly kind: 'unanswered'; readonly host: string }
  /** Requests are sent to something that is not there: see `Door`. */
  | { readonly kind: 'closed'; readonly requests: Requests; readonly door: string }
  /** Requests are sent to pods that nothing keeps. */
  | { readonly kind: 'no-pods'; readonly requests: Requests; readonly labels: Labels }
  /** Requests are sent to pods that cannot start any more. */
  | { readonly kind: 'cannot-start'; readonly requests: Requests; readonly keeper: string; readonly mount: string }
  /** Requests are sent to a port that pods listened on before, or do after, and not now. */
  | { readonly kind: 'not-listening'; readonly requests: Requests; readonly keeper: string; readonly port: number }
  /** Requests are sent to fewer pods than they need; `needed` is a whole number of pods of that version. */
  | {
      readonly kind: 'overloaded';
      readonly requests: Requests;
      readonly version: string;
      readonly pods: number;
      readonly needed: number;
    }
  /** Objects that divide these requests leave them to nobody. */
  | { readonly kind: 'unclaimed'; readonly requests: Requests }
  /** Weights of the objects that divide these requests total more than all of them, so that none of them counts. */
  | { readonly kind: 'overfull'; readonly requests: Requests; readonly total: Share }
  /** Two objects that divide these requests differ in settings that they must share, so that one of them is refused. */
  | { readonly kind: 'disagree'; readonly requests: Requests; readonly one: string; readonly other: string }
  /** The cluster refuses another value of this field; `why` is a sentence. */
  | { readonly kind: 'immutable'; readonly object: string; readonly field: string; readonly why: string }
  /** Two objects of different kinds fight over one name. */
  | { readonly kind: 'same-name'; readonly from: string; readonly to: string; readonly why: string };

/** One step of an agent. */
export interface Operation {
  readonly verb: 'create' | 'update' | 'delete';
  /** Identity. */
  readonly object: string;
}

/** The shortest way to break a hop: what is done, and what goes wrong then. */
export interface Counterexample {
  /** Where the hop starts from a mixture of states: objects that are not as in the first of them, and the name of the state. */
  readonly start: readonly { readonly object: string; readonly state: string }[];
  /** In any order. */
  readonly operations: readonly Operation[];
  readonly trouble: Trouble;
}
