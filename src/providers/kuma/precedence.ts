import type { Clause } from '../../model/traffic.ts';
import { type RouteMatch, routeMatch } from './match.ts';

const TYPES = ['Exact', 'PathPrefix', 'RegularExpression'];

/**
 * How Kuma sorts two clauses: exact paths, then prefixes, then expressions, the longer one first, and none at all last; a
 * method; more headers; more parameters. https://github.com/kumahq/kuma/blob/master/pkg/plugins/policies/meshhttproute/api/v1alpha1/compare.go
 */
export function precedence(one: Clause, other: Clause): number {
  // One condition per header: a clause with two cookies is none that could be listed.
  if (one.cookies.length > 1 || other.cookies.length > 1) return Number.NaN;
  const [a, b] = [routeMatch(one), routeMatch(other)];
  return (
    rank(a) - rank(b) ||
    (a.path?.type === 'Exact' ? 0 : bytes(b.path?.value) - bytes(a.path?.value)) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    b.headers.length - a.headers.length ||
    b.query.length - a.query.length
  );
}

const rank = ({ path }: RouteMatch): number => (path === undefined ? TYPES.length : TYPES.indexOf(path.type));
const bytes = (text = ''): number => new TextEncoder().encode(text).length;
