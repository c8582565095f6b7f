import { naturally } from './order.ts';
import type { RecoveredPortion, Target } from './recovered.ts';
import type { Share } from './traffic.ts';
import { WHOLE } from './traffic.ts';

/** Where one door leads: more than one end where it is open to several versions, each by its number of pods. */
export type Ends = readonly { readonly target: Target; readonly parts: number }[];

/** A door and its weight among others. */
export interface Drawn {
  readonly ends: Ends;
  readonly weight: number;
}

/** A door that leads nowhere. */
export const nowhere = (missing: string): Ends => [{ target: { missing }, parts: 1 }];

/** The door's one version; where there is none or more than one, the reason. */
export function targetOf(ends: Ends): Target {
  if (ends.length === 1) return ends[0]!.target;
  return { missing: `pods of several versions: ${ends.map(end => nameOf(end.target)).join(', ')}` };
}

/** Portions that weights really give, equal ends added up, in natural order, what is missing last. */
export function splitOf(drawn: readonly Drawn[], whole: Share = WHOLE): readonly RecoveredPortion[] {
  if (drawn.length === 1 && drawn[0]!.ends.length === 1 && drawn[0]!.weight > 0) {
    return whole > 0 ? [{ target: drawn[0]!.ends[0]!.target, share: whole }] : [];
  }
  const ends = addUp(drawn).sort((a, b) => byTarget(a.target, b.target));
  const shares = sharesOf(
    ends.map(end => end.parts),
    whole,
  );
  return ends.map(({ target }, i) => ({ target, share: shares[i]! })).filter(portion => portion.share > 0);
}

/** Parts of `whole` in proportion to the weights; what does not divide goes to the largest remainders, ties to the first. */
export function sharesOf(weights: readonly number[], whole: Share): readonly Share[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return weights.map(() => 0);
  const shares = weights.map(weight => Math.floor((weight * whole) / total));
  const rest = whole - shares.reduce((sum, share) => sum + share, 0);
  const remainders = weights.map((weight, i) => ({ i, remainder: (weight * whole) % total }));
  if (rest > 0) remainders.sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of remainders.slice(0, Math.max(0, rest))) shares[i]! += 1;
  return shares;
}

/** Weights of the ends over all doors, made whole by a common measure of the doors' pods. */
function addUp(drawn: readonly Drawn[]): { readonly target: Target; parts: number }[] {
  const sums = drawn.map(({ ends }) => ends.reduce((sum, end) => sum + end.parts, 0));
  const measure = sums.reduce(leastCommonMultiple, 1);
  const found = new Map<string, { readonly target: Target; parts: number }>();
  drawn.forEach(({ ends, weight }, i) => {
    for (const { target, parts } of ends) {
      const add = weight * parts * (measure / sums[i]!);
      const key = 'version' in target ? `+${target.version}` : `-${target.missing}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { target, parts: add });
      else known.parts += add;
    }
  });
  return [...found.values()];
}

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest !== 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}

const nameOf = (target: Target): string => ('version' in target ? target.version : target.missing);

const byTarget = (a: Target, b: Target): number =>
  'version' in a === 'version' in b ? naturally(nameOf(a), nameOf(b)) : 'version' in a ? -1 : 1;
