import { ownEntry } from '../model/once.ts';
import type { Match, NamedMatch, TextMatch } from '../model/traffic.ts';
import { regexTakes } from './regex.ts';

/** One request, as far as rules look at it. The path has no query; header names are lower-case. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [lowerCaseName: string]: string };
  readonly cookies: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
}

/** The first rule that takes a request; undefined where none does. A rule without matches takes every request. */
export const ruleFor = <R extends { readonly matches: readonly Match[] }>(
  rules: readonly R[],
  request: Request,
): R | undefined =>
  rules.find(({ matches }) => matches.length === 0 || matches.some(match => matchesRequest(match, request)));

/** Whether every condition of a match holds for a request. */
export const matchesRequest = (match: Match, request: Request): boolean =>
  (match.path === undefined || takesText(match.path, request.path)) &&
  (match.method === undefined || takesText(match.method, request.method)) &&
  haveAll(match.headers, request.headers) &&
  haveAll(match.cookies, request.cookies) &&
  haveAll(match.query, request.query);

const haveAll = (conditions: readonly NamedMatch[], texts: { readonly [name: string]: string }): boolean =>
  conditions.every(({ name, text }) => {
    const found = ownEntry(texts, name);
    return found !== undefined && takesText(text, found);
  });

/** Whether a text reads as a condition asks; regular expressions take the whole text. */
export function takesText(condition: TextMatch, text: string): boolean {
  switch (condition.kind) {
    case 'exact':
      return text === condition.value;
    case 'prefix':
      return text.startsWith(condition.value);
    case 'regex':
      return regexTakes(condition.value, text);
    case 'present':
      return true;
  }
}
