import type { Condition, Conditions } from './recover-match.ts';

/** What Emissary tells groups of Mappings apart by, and sorts them by. */
export interface Placing extends Conditions {
  readonly host: string;
  readonly precedence: number;
}

/**
 * Mappings with the same text are one group. Whether a condition is a regular expression is no part of it, nor where one text ends and the next begins.
 * https://github.com/emissary-ingress/emissary/blob/v4.1.0/python/ambassador/ir/irhttpmapping.py `_group_id`
 */
export const groupId = ({ prefix, precedence, ...placing }: Placing): string =>
  [
    'HTTP-GET',
    prefix,
    ...[...headersOf(placing), ...placing.query].map(({ name, value = '' }) => name + value),
    precedence === 0 ? '' : String(precedence),
  ].join('');

/** The host and the method are conditions on headers to Emissary. */
const headersOf = ({ headers, host, method }: Omit<Placing, 'prefix' | 'precedence'>): readonly Condition[] => [
  ...headers,
  { name: ':authority', value: host, regex: false },
  ...(method === undefined ? [] : [method]),
];

/** Negative where Emissary tries the first one first: the greater key does. `_route_weight` of the same file. */
export function inOrder(a: Placing, b: Placing): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    return x === undefined || (y !== undefined && x < y) ? 1 : -1;
  }
  return 0;
}

function keyOf(placing: Placing): readonly (string | number)[] {
  const headers = headersOf(placing);
  const length = (conditions: readonly Condition[]): number =>
    conditions.reduce((sum, one) => sum + one.name.length + starred(one).length + (one.regex ? 1 : 0), 0);
  return [
    placing.precedence,
    placing.prefix.length,
    length(headers),
    length(placing.query),
    placing.prefix,
    ...[...headers, ...placing.query].map(one => `${one.name}-${starred(one)}`),
  ];
}

const starred = ({ value }: Condition): string => (value === undefined || value === '' ? '*' : value);
