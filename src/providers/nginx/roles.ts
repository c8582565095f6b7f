import type { State } from '../../model/plan.ts';
import { type Rule, type Share, WHOLE } from '../../model/traffic.ts';
import { versionOfOwnName } from '../../traffic/own-name.ts';

/** Who answers in a state: the main version, and the canary beside it. */
export interface Roles {
  readonly main: string;
  /** The main version again, where no other gets requests. */
  readonly canary: string;
  /** Of the requests that no header decides. */
  readonly weight: Share;
  /** A header and its value that decide for the canary. Absent: none. */
  readonly header?: { readonly name: string; readonly value: string };
}

/**
 * Roles such that a move between two states, of which one gives all requests to one version, is safe whichever of its two
 * Ingresses is updated first: where one version has everything, each of the two leads there by itself.
 */
export function rolesOf(state: Pick<State, 'rules' | 'stable'>): Roles {
  const main = versionOfOwnName(state);
  const [named] = state.rules.slice(0, -1);
  const portion = state.rules.at(-1)?.split.find(({ version }) => version !== main);
  const canary = portion?.version ?? named?.split[0]?.version ?? main;
  if (canary === main) return { main, canary, weight: WHOLE };
  const header = named === undefined ? undefined : headerOf(named);
  return { main, canary, weight: portion?.share ?? 0, ...(header === undefined ? {} : { header }) };
}

/** The one header that a rule asks for by its whole value; undefined where it asks for anything else. */
export function headerOf({ matches }: Rule): Roles['header'] {
  const [first] = matches;
  const [header] = first?.headers ?? [];
  const alike = matches.every(match => JSON.stringify(asked(match)) === JSON.stringify(first && asked(first)));
  if (first?.headers.length !== 1 || header?.text.kind !== 'exact' || !alike) return undefined;
  return { name: header.name, value: header.text.value };
}

/** Everything but the path, which is the route's. */
const asked = ({ path: _, ...rest }: Rule['matches'][number]): object => rest;
