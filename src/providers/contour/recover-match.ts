import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Spot } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';
import { cookieOf } from '../../model/reading-cookies.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import type { Asked, Conditions } from './recover-conditions.ts';

/** The requests that conditions let through. */
export function matchOf(spot: Spot, { path, headers, query }: Conditions): Match {
  const cookies = headers.map(asCookie);
  const plain = headers.filter((_, i) => cookies[i] === undefined);
  const methods = plain.filter(({ name }) => name === ':method');
  const match: Draft<Match> = {
    headers: sorted(
      plain
        .filter(({ name }) => name !== ':method')
        .map(({ name, ...asked }) => ({ name: name.toLowerCase(), text: textOf(asked) })),
    ),
    cookies: sorted(cookies.filter(cookie => cookie !== undefined)),
    query: sorted(query.map(({ name, ...asked }) => ({ name, text: textOf(asked) }))),
  };
  if (path.kind !== 'prefix' || path.value !== '/') match.path = path;
  const [method] = methods;
  if (method !== undefined && method.kind !== 'present') match.method = textOf(method);
  if (methods.length > 1) strange(spot, 'it asks for two methods');
  for (const list of [match.headers, match.cookies, match.query]) refuseSeveral(spot, list);
  for (const { name } of plain) {
    if (name.startsWith(':') && name !== ':method') strange(spot, `${quote(name)} is no header that is read here`);
  }
  return match;
}

const asCookie = ({ name, kind, value }: Asked): NamedMatch | undefined =>
  name.toLowerCase() === 'cookie' && kind === 'regex' ? cookieOf(value) : undefined;

const textOf = ({ kind, value }: Pick<Asked, 'kind' | 'value'>): TextMatch =>
  kind === 'present' ? { kind } : { kind, value };

const sorted = (list: readonly NamedMatch[]): readonly NamedMatch[] =>
  [...list].sort((a, b) => naturally(a.name, b.name));

function refuseSeveral(spot: Spot, list: readonly NamedMatch[]): void {
  const twice = list.find(({ name }, i) => list.findIndex(other => other.name === name) < i);
  if (twice !== undefined) strange(spot, `it asks for ${quote(twice.name)} twice`);
}
