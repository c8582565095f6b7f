import type { Rule, Share, Split } from '../model/traffic.ts';

/** What a version works on in a state, in basis points of all requests. */
export interface Load {
  /** Requests that it answers. */
  readonly share: Share;
  /** Requests that it gets a copy of. */
  readonly copies: Share;
}

/** What the default rule, the last one, sends to a version. How many requests the other rules take, nobody knows. */
export function loadOf(rules: readonly Rule[], version: string): Load {
  const { split, mirror } = rules[rules.length - 1]!;
  const share = (portions: Split): Share => portions.find(p => p.version === version)?.share ?? 0;
  return { share: share(split), copies: share(mirror) };
}
