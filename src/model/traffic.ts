import type { Path } from '../diagnostics/finding.ts';

/** Part of the requests in whole basis points: 10000 is all of them, 1 is 0.01 %. */
export type Share = number;

/** All requests. */
export const WHOLE: Share = 10_000;

/** A version and the part of the requests it gets. */
export interface Portion {
  readonly version: string;
  readonly share: Share;
}

/** Portions in the natural order of their versions; versions without a share are left out. */
export type Split = readonly Portion[];

/** How one text is matched; `prefix` compares characters, `regex` is RE2 over the whole text. */
export type TextMatch =
  | { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string }
  | { readonly kind: 'present' };

/** A named text, such as a header, and how it must read. Header names are lower-case. */
export interface NamedMatch {
  readonly name: string;
  readonly text: TextMatch;
}

/** A set of requests: every condition given must hold. Lists are sorted by name. */
export interface Match {
  readonly path?: TextMatch;
  readonly method?: TextMatch;
  readonly headers: readonly NamedMatch[];
  readonly cookies: readonly NamedMatch[];
  readonly query: readonly NamedMatch[];
}

/** A path by whole segments: `/api` takes `/api` itself and everything below `/api/`, never `/apix`. */
export interface Segments {
  readonly kind: 'segments';
  readonly value: string;
}

/** A set of requests as one route of a provider may say it: a match whose path may be taken by segments. */
export interface Clause extends Omit<Match, 'path'> {
  readonly path?: TextMatch | Segments;
}

/**
 * How a provider that does not go by the order of a list sorts two clauses: negative where it tries the first one first, 0
 * where the order of the list decides, NaN where nobody can tell.
 */
export type Precedence = (a: Clause, b: Clause) => number;

/** A failure put in on purpose; each part hits its own share of the requests. */
export interface Fault {
  /** `duration` in milliseconds. */
  readonly delay?: { readonly duration: number; readonly share: Share };
  /** `status` is an HTTP status code. */
  readonly abort?: { readonly status: number; readonly share: Share };
}

/** Requests that match any of `matches` (none given: every request) and what happens to them. Rules are tried in order. */
export interface Rule {
  /** `default` for the last rule of a state. */
  readonly name: string;
  readonly matches: readonly Match[];
  readonly split: Split;
  /** Copies whose answers are dropped; each share stands alone, they need not total 100 %. */
  readonly mirror: Split;
  readonly fault?: Fault;
  /** Where in the Rollout this rule was written. */
  readonly origin: Path;
}
