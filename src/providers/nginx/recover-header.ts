import type { Match } from '../../model/traffic.ts';
import type { Canary } from './recover-side.ts';

/** Matches, and a header that must read so besides; no match: every request. */
export const withHeader = (matches: readonly Match[], header: NonNullable<Canary['header']>): readonly Match[] => {
  const { name, value } = header;
  const headers = [{ name, text: { kind: 'exact', value } as const }];
  return (matches.length === 0 ? [{ headers: [], cookies: [], query: [] }] : matches).map(match => ({
    ...match,
    headers,
  }));
};
