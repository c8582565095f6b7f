import type { Clause, Precedence } from '../../model/traffic.ts';

/**
 * APISIX looks a path up in a tree: an exact path goes first, then the longest prefix; numbers of priority count between equal
 * paths only. https://github.com/api7/lua-resty-radixtree/blob/v2.9.2/lib/resty/radixtree.lua
 */
export const precedence: Precedence = (a, b) => {
  const [left, right] = [placeOf(a), placeOf(b)];
  // A path with all below it is exact for itself, and a prefix for the rest.
  if (left.exact !== undefined && right.whole === left.exact) return 0;
  if (right.exact !== undefined && left.whole === right.exact) return 0;
  if ((left.exact === undefined) !== (right.exact === undefined)) return left.exact === undefined ? 1 : -1;
  return left.exact === undefined ? right.prefix.length - left.prefix.length : 0;
};

interface Place {
  readonly exact?: string;
  /** The path itself, where it is taken with all below it. */
  readonly whole?: string;
  readonly prefix: string;
}

function placeOf({ path }: Clause): Place {
  switch (path?.kind) {
    case 'exact':
      return { exact: path.value, prefix: path.value };
    case 'segments':
      return { whole: path.value, prefix: `${path.value}/` };
    case 'prefix':
      return { prefix: path.value };
    default:
      return { prefix: '/' };
  }
}
