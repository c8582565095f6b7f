import type { Fields, Spot } from './reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf } from './reading.ts';
import type { Route, RouteDialect } from './reading-http-route.ts';
import { type RouteBackend, routeBackends } from './reading-http-route-backends.ts';
import { type Copied, filtersOf } from './reading-http-route-filters.ts';
import { type Ranked, rankedMatches } from './reading-http-route-matches.ts';
import { type RouteTiming, timingOf } from './reading-http-route-timing.ts';
import type { Match } from './traffic.ts';

/** What happens to the requests of some matches of a route. */
export interface RouteRule {
  /** Empty: every request. */
  readonly matches: readonly Match[];
  readonly backends: readonly RouteBackend[];
  readonly copies: readonly Copied[];
  readonly timing: RouteTiming;
  /** What the matched prefix is replaced with; absent: it stays. */
  readonly rewrite?: string;
}

/** The rules of a route, one for each match, in the order in which they are tried: the most particular first, then as listed. */
export function rulesOfRoute(route: Route, dialect: RouteDialect): readonly RouteRule[] {
  const spot = into(route.spot, '.rules');
  const items = itemsOf(spot, route.rules);
  if (items.length === 0) strange(route.spot, 'it has no rules');
  const tried = items.flatMap((item, i) => {
    const at = into(spot, i);
    return ruleOf(at, fieldsOf(at, item, dialect.fields), { route, dialect });
  });
  return tried.sort((a, b) => byRank(a.rank, b.rank)).map(({ rule }) => rule);
}

function byRank(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at < 0 ? 0 : b[at]! - a[at]!;
}

interface Scope {
  readonly route: Route;
  readonly dialect: RouteDialect;
}

function ruleOf(
  spot: Spot,
  fields: Fields,
  { route, dialect }: Scope,
): readonly { readonly rank: readonly number[]; readonly rule: RouteRule }[] {
  textOf(into(spot, '.name'), fields['name']);
  const ranked = rankedMatches(into(spot, '.matches'), fields['matches'], route.kind);
  const { copies, rewrite } = filtersOf(into(spot, '.filters'), fields['filters'], { ...dialect, ...route });
  if (rewrite !== undefined && !(ranked.length === 1 && ranked[0]!.isPrefix)) {
    strange(spot, 'the API refuses to replace the prefix of a rule that has not one match by a prefix');
  }
  const rest = {
    backends: routeBackends(into(spot, '.backendRefs'), fields['backendRefs'], { ...dialect, ...route }),
    copies,
    timing: timingOf(spot, fields),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
  return ranked.map(({ rank, matches }: Ranked) => ({ rank, rule: { matches, ...rest } }));
}
