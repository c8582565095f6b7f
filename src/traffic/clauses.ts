import type { Clause, Match, NamedMatch, TextMatch } from '../model/traffic.ts';
import { coversSurely } from './covers.ts';
import { impliesText, mayMeet } from './texts.ts';

/** Every request. */
export const EVERYTHING: Match = { headers: [], cookies: [], query: [] };

/** The matches of a rule as clauses: a path and what is below it, two matches otherwise alike, are one clause. */
export function clausesOf(matches: readonly Match[]): readonly Clause[] {
  if (matches.length === 0) return [EVERYTHING];
  const joined = new Set<Match>();
  return matches.flatMap((match): readonly Clause[] => {
    if (joined.has(match)) return [];
    const twin = match.path?.kind === 'exact' ? matches.find(other => isBelow(match, other)) : undefined;
    if (twin !== undefined) joined.add(twin);
    const early = match.path?.kind === 'prefix' && matches.some(other => isBelow(other, match));
    if (early) return [];
    return twin === undefined ? [match] : [{ ...match, path: { kind: 'segments', value: pathOf(match) } }];
  });
}

/** Whether `below` takes what is below the path that `match` takes, and asks for nothing else. */
const isBelow = (match: Match, below: Match): boolean =>
  match.path?.kind === 'exact' &&
  below.path?.kind === 'prefix' &&
  below.path.value === `${match.path.value}/` &&
  sameBesides(match, below);

const pathOf = ({ path }: Match): string => (path === undefined || path.kind === 'present' ? '' : path.value);

const sameBesides = ({ path: _a, ...a }: Match, { path: _b, ...b }: Match): boolean =>
  JSON.stringify([a.method, a.headers, a.cookies, a.query]) ===
  JSON.stringify([b.method, b.headers, b.cookies, b.query]);

/** The matches that a clause stands for. */
export function matchesOf(clause: Clause): readonly Match[] {
  const { path, ...rest } = clause;
  if (path === undefined) return [rest];
  if (path.kind !== 'segments') return [{ ...rest, path }];
  return [
    { ...rest, path: { kind: 'exact', value: path.value } },
    { ...rest, path: { kind: 'prefix', value: `${path.value}/` } },
  ];
}

/** Whether every request of `b` is one of `a`, for certain. */
export const clauseCovers = (a: Clause, b: Clause): boolean => {
  const parts = matchesOf(a);
  return matchesOf(b).every(match => parts.some(part => coversSurely(part, match)));
};

/** The requests that two clauses share. `unknown`: there may be some, and no clause says which. */
export function meetOf(a: Clause, b: Clause): readonly Clause[] | 'unknown' {
  const found: Match[] = [];
  for (const one of matchesOf(a))
    for (const other of matchesOf(b)) {
      const meet = meetOfMatches(one, other);
      if (meet === 'unknown') return 'unknown';
      if (meet !== 'none') found.push(meet);
    }
  return found.length === 0 ? [] : clausesOf(found);
}

/** The requests that two matches share, where one match can say it. */
export function meetOfMatches(a: Match, b: Match): Match | 'none' | 'unknown' {
  const path = meetOfTexts(a.path, b.path);
  const method = meetOfTexts(a.method, b.method);
  const named = [meetOfNamed(a.headers, b.headers), meetOfNamed(a.cookies, b.cookies), meetOfNamed(a.query, b.query)];
  const all = [path, method, ...named];
  if (all.includes('none')) return 'none';
  if (all.includes('unknown')) return 'unknown';
  const [headers, cookies, query] = named as NamedMatch[][];
  return {
    ...(path === undefined ? {} : { path: path as TextMatch }),
    ...(method === undefined ? {} : { method: method as TextMatch }),
    ...{ headers: headers!, cookies: cookies!, query: query! },
  };
}

type Meet = TextMatch | 'none' | 'unknown';

function meetOfTexts(a: TextMatch | undefined, b: TextMatch | undefined): Meet | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (impliesText(a, b)) return a;
  if (impliesText(b, a)) return b;
  return mayMeet(a, b) ? 'unknown' : 'none';
}

function meetOfNamed(a: readonly NamedMatch[], b: readonly NamedMatch[]): readonly NamedMatch[] | 'none' | 'unknown' {
  const found: NamedMatch[] = [...a.filter(one => !b.some(other => other.name === one.name))];
  let unsure = false;
  for (const other of b) {
    const text = meetOfTexts(a.find(one => one.name === other.name)?.text, other.text);
    if (text === 'none') return 'none';
    if (text === 'unknown') unsure = true;
    else found.push({ name: other.name, text: text! });
  }
  return unsure ? 'unknown' : found.sort((x, y) => (x.name < y.name ? -1 : 1));
}
