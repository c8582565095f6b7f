import type { Finding } from '../../diagnostics/finding.ts';
import { type Plan, stateOf } from '../../model/plan.ts';
import { WHOLE } from '../../model/traffic.ts';
import { twoMoves } from './messages.ts';
import { type Roles, rolesOf } from './roles.ts';

/** Moves that change both Ingresses such that, with one of them updated, a version gets less or more than before and after. */
export function checkMoves(plan: Plan): readonly Finding[] {
  return plan.hops.flatMap(({ from, to }) => {
    const [one, other] = [stateOf(plan, from), stateOf(plan, to)];
    const version = strayed(rolesOf(one), rolesOf(other));
    return version === undefined ? [] : [twoMoves({ path: other.origin, on: 'key' }, { from, to, version })];
  });
}

/** A version whose share is out of bounds in one of the two mixtures. */
function strayed(one: Roles, other: Roles): string | undefined {
  const mixtures = [
    { ...other, main: one.main },
    { ...one, main: other.main },
  ];
  const headers = [undefined, one.header, other.header].map(header => JSON.stringify(header));
  const versions = [...new Set([one.main, one.canary, other.main, other.canary])];
  for (const header of headers)
    for (const version of versions) {
      const [a, b, ...between] = [one, other, ...mixtures].map(roles => shareOf(version, roles, header));
      if (between.some(share => share < Math.min(a!, b!) || share > Math.max(a!, b!))) return version;
    }
  return undefined;
}

/** What a version gets of the requests that carry a header. */
function shareOf(version: string, { main, canary, weight, header }: Roles, sent: string | undefined): number {
  const drawn = sent !== undefined && JSON.stringify(header) === sent ? WHOLE : weight;
  return (version === canary ? drawn : 0) + (version === main ? WHOLE - drawn : 0);
}
