import { quote } from '../../diagnostics/wording.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, textOf } from '../../model/reading.ts';
import type { RecoveredRule } from '../../model/recovered.ts';
import type { Match } from '../../model/traffic.ts';
import type { Origin } from './recover-destination.ts';
import { faultOf } from './recover-fault.ts';
import { matchesOf } from './recover-match.ts';
import { mirrorOf } from './recover-mirror.ts';
import { retriesOf } from './recover-retries.ts';
import { routeSplitOf } from './recover-split.ts';
import { durationOf } from './recover-values.ts';

const ROUTE = new Set([
  'name',
  'match',
  'route',
  'mirror',
  'mirrorPercentage',
  'mirrors',
  'fault',
  'timeout',
  'retries',
  'rewrite',
]);

/** One entry of a VirtualService's `http`. */
export function readRoute(spot: Spot, tree: Tree, origin: Origin): RecoveredRule {
  const fields = fieldsOf(spot, tree, ROUTE);
  textOf(into(spot, '.name'), fields.name);
  const matches = matchesOf(into(spot, '.match'), fields.match);
  const rule: Draft<RecoveredRule> = {
    matches,
    split: routeSplitOf(into(spot, '.route'), fields.route, origin),
    mirror: mirrorOf(spot, fields, origin),
  };
  const fault = faultOf(into(spot, '.fault'), fields.fault);
  const timeout = durationOf(into(spot, '.timeout'), fields.timeout);
  const retries = retriesOf(into(spot, '.retries'), fields.retries);
  const rewrite = rewriteOf(into(spot, '.rewrite'), fields.rewrite, matches);
  if (fault !== undefined) rule.fault = fault;
  if (timeout !== undefined) rule.timeout = timeout;
  if (retries !== undefined) rule.retries = retries;
  if (rewrite !== undefined) rule.rewrite = rewrite;
  return rule;
}

const REWRITE = new Set(['uri']);

/**
 * Envoy puts `uri` in place of the very characters that a prefix matched, and of the whole path for the other kinds,
 * so a slash that only one of the two ends with is lost or doubled.
 */
function rewriteOf(spot: Spot, tree: Tree, matches: readonly Match[]): string | undefined {
  if (tree === undefined) return undefined;
  const uri = textOf(into(spot, '.uri'), fieldsOf(spot, tree, REWRITE).uri);
  if (uri === undefined || !uri.startsWith('/')) strange(spot, `${show(uri)} is no path`);
  if (uri === undefined) return undefined;
  const prefixes =
    matches.length === 0 ? ['/'] : matches.map(({ path }) => (path === undefined ? '/' : prefixIn(path)));
  if (prefixes.some(prefix => prefix !== undefined && prefix.endsWith('/') !== uri.endsWith('/'))) {
    strange(spot, `${quote(uri)} and the matched prefix do not both end with a slash`);
  }
  if (matches.some(({ path }) => path?.kind === 'regex')) strange(spot, 'a regex has the whole path replaced');
  return uri;
}

const prefixIn = (path: NonNullable<Match['path']>): string | undefined =>
  path.kind === 'prefix' ? path.value : undefined;
