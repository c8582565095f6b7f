import type { Json } from '../../model/kubernetes.ts';
import type { Match } from '../../model/traffic.ts';
import { meetOfMatches } from '../../traffic/clauses.ts';
import { matchFields } from './match.ts';

/** One match of a rule, in the stated order of all. */
export interface Line {
  readonly match: Match;
  /** Its conditions as fields of a Mapping. */
  readonly fields: { readonly [field: string]: Json };
  /** What `precedence` must say; 0 where Emissary would try it in its stated place anyway. */
  readonly precedence: number;
}

/**
 * Gives each match the least precedence that keeps the stated order. Emissary compares precedences first, then how long
 * the prefix is, then the headers, then the query parameters; what is equally long is left to no one here.
 * https://emissary-ingress.dev/docs/latest/topics/using/mappings/#mapping-evaluation-order
 */
export function inPrecedence(matches: readonly Match[]): readonly Line[] {
  const placed: (Line & { readonly lengths: readonly number[] })[] = [];
  for (const match of [...matches].reverse()) {
    const fields = matchFields(match);
    const lengths = lengthsOf(fields);
    const needed = placed.flatMap(later => {
      if (sameText(fields, later.fields)) return [later.precedence + 1];
      if (meetOfMatches(match, later.match) === 'none') return [];
      return [isLonger(lengths, later.lengths) ? later.precedence : later.precedence + 1];
    });
    placed.push({ match, fields, lengths, precedence: Math.max(0, ...needed) });
  }
  return placed.reverse();
}

const isLonger = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((length, i) => length !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
};

/** Lengths that Emissary compares; a regular expression counts one more. */
function lengthsOf(fields: Line['fields']): readonly number[] {
  const of = (field: string, more: number): number =>
    Object.entries((fields[field] ?? {}) as { [name: string]: string }).reduce(
      (sum, [name, text]) => sum + [...name].length + [...text].length + more,
      0,
    );
  const { prefix, method, method_regex: regex } = fields;
  const inMethod = typeof method === 'string' ? ':method'.length + [...method].length + (regex === true ? 1 : 0) : 0;
  return [
    [...String(prefix)].length,
    of('headers', 0) + of('regex_headers', 1) + inMethod,
    of('query_parameters', 0) + of('regex_query_parameters', 1),
  ];
}

/** Mappings of the same texts would be one group, whatever kind of comparison each asks for. */
const sameText = (a: Line['fields'], b: Line['fields']): boolean => textOf(a) === textOf(b);

const textOf = ({ prefix, method, ...named }: Line['fields']): string =>
  [
    prefix,
    ...['headers', 'regex_headers'].map(field => flat(named[field])),
    method ?? '',
    ...['query_parameters', 'regex_query_parameters'].map(field => flat(named[field])),
  ].join('');

const flat = (map: Json | undefined): string =>
  Object.entries((map ?? {}) as { [name: string]: string })
    .map(([name, text]) => name + text)
    .join('');
