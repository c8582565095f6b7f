import type { Share } from './traffic.ts';

/** What a hop does not rule out although it is safe in any order: a fact that the proofs cannot change. */
export type Risk =
  /** Callers that pass the route by reach versions that get no requests through it. */
  | { readonly kind: 'bypass'; readonly host: string; readonly versions: readonly string[] }
  /** While one of these versions is not ready, nothing of the new split is applied. */
  | { readonly kind: 'held'; readonly versions: readonly string[] }
  /** On the way the share of a version leaves the range between the two states. */
  | { readonly kind: 'wanders'; readonly version: string; readonly min: Share; readonly max: Share }
  /** Several objects move the split, and on the way the share of a version may be anything between that of the two states. */
  | { readonly kind: 'between'; readonly version: string; readonly min: Share; readonly max: Share }
  /** The split counts connections, and those that are open stay where they are. */
  | { readonly kind: 'connections' }
  /** Doors that the hop, or the way back, needs, and that the cluster may have collected because nothing used them. */
  | { readonly kind: 'collected'; readonly doors: readonly string[] };
