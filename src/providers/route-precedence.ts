import type { Clause, Precedence } from '../model/traffic.ts';

/**
 * The order in which a route of the Gateway API tries its matches: the exact path, the longest prefix, the method, the number of headers,
 * of query parameters; not a number where nobody can tell. https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export const routePrecedence: Precedence = (a, b) => {
  if (!isSayable(a) || !isSayable(b)) return Number.NaN;
  const [left, right] = [ranks(a), ranks(b)];
  const at = left.findIndex((rank, i) => rank !== right[i]);
  return at < 0 ? 0 : right[at]! - left[at]!;
};

/** All cookies are one header, and a header has one condition. */
const isSayable = ({ cookies }: Clause): boolean => cookies.length <= 1;

const ranks = ({ path, method, headers, cookies, query }: Clause): readonly number[] => [
  path?.kind === 'exact' ? 1 : 0,
  path?.kind === 'prefix' || path?.kind === 'segments' ? path.value.length : 0,
  method === undefined ? 0 : 1,
  headers.length + cookies.length,
  query.length,
];
