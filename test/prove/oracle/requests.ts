import { at, fields, items, type Tree, text } from './objects.ts';

/** One HTTP request. */
export interface Sample {
  readonly path: string;
  readonly method: string;
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
}

export const PLAIN: Sample = { path: '/', method: 'GET', headers: {}, query: {} };

/** Whether a request meets an HTTPMatchRequest of Istio: all of its conditions. */
export function meets(sample: Sample, match: Tree): boolean {
  const named = (conditions: Tree, values: { readonly [name: string]: string }): boolean =>
    Object.entries(fields(conditions)).every(
      ([name, condition]) => values[name] !== undefined && accepts(condition, values[name]),
    );
  const given = (condition: Tree, value: string): boolean => condition === undefined || accepts(condition, value);
  return (
    given(at(match, 'uri'), sample.path) &&
    given(at(match, 'method'), sample.method) &&
    named(at(match, 'headers'), sample.headers) &&
    named(at(match, 'queryParams'), sample.query)
  );
}

function accepts(condition: Tree, value: string): boolean {
  const [exact, prefix, regex] = ['exact', 'prefix', 'regex'].map(key => text(at(condition, key)));
  if (exact !== undefined) return value === exact;
  if (prefix !== undefined) return value.startsWith(prefix);
  return regex === undefined || patternOf(regex).test(value);
}

const patterns = new Map<string, RegExp>();

function patternOf(regex: string): RegExp {
  const known = patterns.get(regex) ?? new RegExp(`^(?:${regex})$`, 'u');
  patterns.set(regex, known);
  return known;
}

/** A request that meets a match, tried by hand; undefined where none of those at hand does. */
export function sampleOf(match: Tree): Sample | undefined {
  const values = (conditions: Tree): { readonly [name: string]: string } =>
    Object.fromEntries(Object.entries(fields(conditions)).map(([name, one]) => [name, valueFor(one)]));
  const sample = {
    path: at(match, 'uri') === undefined ? '/' : valueFor(at(match, 'uri')),
    method: at(match, 'method') === undefined ? 'GET' : valueFor(at(match, 'method')),
    headers: values(at(match, 'headers')),
    query: values(at(match, 'queryParams')),
  };
  return meets(sample, match) ? sample : undefined;
}

const VALUES = ['', 'abc', 'a', 'b', '123', 'canary', '/v1/x', 'x.y', 'jason', '1'];
const WORDS = ['on', '0o14', '1_000', '.*', 'ü', 'x=y', '(?:)', "it's", '"q"', 'null', '12:30:45', '^$'];
const COOKIES = ['beta', 'a.b', 'y'].flatMap(name => [...VALUES, ...WORDS].map(value => `${name}=${value}`));

const tried = new Map<string, string>();

function valueFor(condition: Tree): string {
  const [exact, prefix, regex] = ['exact', 'prefix', 'regex'].map(key => text(at(condition, key)));
  if (exact !== undefined || prefix !== undefined) return exact ?? prefix ?? '';
  if (regex === undefined) return 'anything';
  const known = tried.get(regex) ?? [...VALUES, ...COOKIES].find(value => patternOf(regex).test(value)) ?? '';
  tried.set(regex, known);
  return known;
}

/** Requests that meet the matches that a VirtualService writes; of a route without any, the plain one. */
export const samplesOf = (routes: readonly Tree[]): readonly Sample[] =>
  routes.flatMap(route => {
    const matches = items(at(route, 'match'));
    return matches.length === 0 ? [PLAIN] : matches.flatMap(match => sampleOf(match) ?? []);
  });
