import type { KubeObject, Labels } from './kubernetes.ts';
import type { Match, Share } from './traffic.ts';

/**
 * What one object opens to others and asks of them, read from the object alone. Because nothing else was looked at, it
 * holds whatever part of a hop has been applied, and proofs about order need to know nothing more about any kind.
 */
export interface Links {
  /** Absent: no requests come in here. */
  readonly entry?: Entry;
  /** Where one object holds several entries, the others. Absent: none. */
  readonly entries?: readonly Entry[];
  readonly doors: readonly Door[];
  /** Absent: it keeps no pods. */
  readonly keeps?: Keeper;
  /** Absent: it scales nothing. */
  readonly scales?: Scaler;
}

/** Where requests come in. Of the entries to one host only those of the highest precedence count. */
export interface Entry {
  /** Name of a door, or a host name that is no Service of the cluster. */
  readonly host: string;
  /** Other hosts that the same rules hold for. Absent: none. */
  readonly also?: readonly string[];
  readonly precedence: number;
  /** Whether nobody knows how many requests come this way, so that no load is judged: those that pass the route by, or that a header picks. Absent: no. */
  readonly aside?: true;
  /** In the order in which they are tried. */
  readonly rules: readonly EntryRule[];
  /** Where several objects divide the same requests: this one's part of them. Absent: it takes all of them. */
  readonly part?: Part;
}

/** What one of several objects takes of requests that they divide between them. */
export interface Part {
  /** The same text for all that divide the same requests. */
  readonly group: string;
  /** Share of the group's requests. Absent: what the others leave. */
  readonly weight?: Share;
  /** What it takes where no other of its group is there. */
  readonly alone: 'everything' | 'nothing';
  /** Settings that must be the same text in the whole group, or one of it is refused. */
  readonly agreed: string;
}

/** Requests of one rule and everywhere they may go. */
export interface EntryRule {
  /** Empty: every request. */
  readonly matches: readonly Match[];
  readonly asks: readonly Ask[];
}

/** Some of the requests of a rule, on their way to pods. */
export interface Ask {
  /** Names of doors that must all be open; requests end at the pods that carry the labels behind all of them. */
  readonly doors: readonly string[];
  /** 0: no request goes there; that it is named tells only that the doors were open before. */
  readonly share: Share;
  /** Whether they are copies, whose answers are dropped. */
  readonly copies: boolean;
  /** Whether the doors may have been opened by an object that has changed since. Absent: no. */
  readonly lasting?: true;
}

/**
 * A thing that is referred to by name. Names are identities as `identityOf` gives them, with a part of the object behind a
 * blank where the reference is to that part: `/Service/bookinfo/reviews port 9080`.
 */
export interface Door {
  readonly name: string;
  readonly behind: Behind;
  /** Whether it stays open when the object that opened it changes, as a revision of Knative does. Absent: no. */
  readonly lasting?: true;
}

/** What is behind a door. */
export type Behind =
  /** Pods that carry these labels, beside those that other doors of the way ask for. */
  | {
      readonly kind: 'pods';
      readonly namespace: string;
      readonly labels: Labels;
      /** Ports that requests come in at, and those of the pods that they go on to. Absent: the door leaves them as they are. */
      readonly ports?: readonly PortWay[];
    }
  /** Pods that the provider keeps itself, and the identities of what they cannot start without. */
  | { readonly kind: 'kept'; readonly version: string; readonly mounts: readonly string[] }
  /** Further ways, in shares of what comes through. */
  | { readonly kind: 'ways'; readonly asks: readonly Ask[] }
  /** Nothing: a name and an address only. */
  | { readonly kind: 'nothing' };

/** A port of a door, the door that is this port alone, and the port of the pods behind it. */
export interface PortWay {
  readonly door: string;
  readonly target: number;
}

/** Pods of a version, and the identities of what they cannot start without. */
export interface Keeper {
  readonly namespace: string;
  readonly version: string;
  readonly labels: Labels;
  /** Absent: left to an autoscaler. */
  readonly replicas?: number;
  readonly mounts: readonly string[];
  /** Ports that its containers say they listen on. Absent, or none: nobody knows. */
  readonly ports?: readonly number[];
}

/** Sets the number of pods of a keeper. */
export interface Scaler {
  /** Identity of the keeper. */
  readonly keeper: string;
  readonly min: number;
}

/** An object that opens nothing, asks for nothing and keeps no pods: only that it exists counts. */
export const NO_LINKS: Links = { doors: [] };

/** Everywhere that requests come in at an object. */
export const entriesOf = ({ entry, entries = [] }: Links): readonly Entry[] =>
  entry === undefined ? entries : [entry, ...entries];

/** The rollout whose objects are read: what tells the Service that clients call from those of versions. */
export interface Root {
  readonly rollout: string;
  readonly namespace: string;
}

/** Reads what an object says about others; undefined where its kind is not the reader's. Never throws. */
export type ReadLinks = (object: KubeObject, root: Root) => Links | undefined;
