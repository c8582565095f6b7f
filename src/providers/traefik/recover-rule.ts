import type { Spot } from '../../model/reading.ts';
import { show, strange } from '../../model/reading.ts';
import type { Match } from '../../model/traffic.ts';
import { type Asked, askedOf } from './recover-questions.ts';
import { waysOf } from './recover-rule-parser.ts';

/** The requests of a route: those of some hosts that meet one of some matches. */
export interface RouteRule {
  /** Sorted out of the rule; empty: every host. */
  readonly hosts: readonly string[];
  /** The same for each host. Empty: every request. */
  readonly matches: readonly Match[];
}

const NOBODY: RouteRule = { hosts: [], matches: [] };

/** Reads the rule of a route; what cannot be read is written down, and asks for nothing. */
export function ruleOf(spot: Spot, rule: string): RouteRule {
  const ways = waysOf(rule);
  if (ways === undefined) {
    strange(spot, `${show(rule)} is no rule that is read here`);
    return NOBODY;
  }
  const asked = ways.map(way => askedOf(spot, way));
  const byHost = new Map<string | undefined, Match[]>();
  for (const { host, match } of asked) byHost.set(host, [...(byHost.get(host) ?? []), match]);
  const [matches = []] = byHost.values();
  const same = JSON.stringify(matches);
  if ([...byHost.values()].some(others => JSON.stringify(others) !== same))
    strange(spot, 'its matches are not the same for each host');
  if (byHost.size > 1 && byHost.has(undefined)) strange(spot, 'it names hosts for a part of its matches only');
  return {
    hosts: [...byHost.keys()].filter(host => host !== undefined),
    matches: matches.length === 1 && isEverything(matches[0]!) ? [] : matches,
  };
}

const isEverything = ({ path, method, headers, cookies, query }: Asked['match']): boolean =>
  path === undefined && method === undefined && [headers, cookies, query].every(list => list.length === 0);
