import type { TextMatch } from '../model/traffic.ts';

const sameText = (a: TextMatch, b: TextMatch): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The paths of a prefix that ends at a slash or at the end, in plain character comparisons:
 * `/api` is exactly `/api`, or anything that begins with `/api/`. No condition for `/`.
 */
export function segmentPrefix(path: string): readonly (TextMatch | undefined)[] {
  const bare = path.replace(/\/+$/, '');
  if (bare === '') return [undefined];
  if (path.endsWith('/')) return [{ kind: 'prefix', value: path }];
  return [
    { kind: 'exact', value: bare },
    { kind: 'prefix', value: `${bare}/` },
  ];
}

/**
 * The paths that two conditions leave, where that can be said in one condition. Undefined conditions hold for every path.
 * `none`: no path is left. `unknown`: a regex cannot be combined with another condition.
 */
export function bothPaths(
  a: TextMatch | undefined,
  b: TextMatch | undefined,
): TextMatch | undefined | 'none' | 'unknown' {
  if (a === undefined) return b;
  if (b === undefined || sameText(a, b)) return a;
  if (a.kind === 'present' || b.kind === 'present') return a.kind === 'present' ? b : a;
  if (a.kind === 'regex' || b.kind === 'regex') return 'unknown';
  if (a.kind === 'exact') return b.kind === 'prefix' && a.value.startsWith(b.value) ? a : 'none';
  if (b.kind === 'exact') return b.value.startsWith(a.value) ? b : 'none';
  if (a.value.startsWith(b.value)) return a;
  return b.value.startsWith(a.value) ? b : 'none';
}
