/** What the members of a group really get, in percent. */
export interface Normalised {
  readonly parts: readonly number[];
  /** What no member takes: it goes to the next group that matches, or to nobody. */
  readonly left: number;
  /** Why Emissary refuses the weights; absent: it does not. */
  readonly fault?: string;
}

/**
 * Divides the requests of a group; absent weights share what the others leave. One member alone takes everything.
 * https://github.com/emissary-ingress/emissary/blob/v4.1.0/python/ambassador/ir/irbasemappinggroup.py
 */
export function normalised(weights: readonly (number | undefined)[]): Normalised {
  if (weights.length === 1) return { parts: [100], left: 0 };
  const tooMuch = weights.findIndex((weight = 0) => weight > 100);
  const counted = tooMuch < 0 ? weights : weights.slice(0, tooMuch);
  const parts = weights.map(() => 0);
  let sum = 0;
  counted.forEach((weight = 0, i) => {
    parts[i] = Math.max(0, Math.min(weight, 100 - sum));
    sum += weight;
  });
  const left = Math.max(0, 100 - sum);
  if (tooMuch >= 0) return { parts, left, fault: `a weight of ${weights[tooMuch]} is above 100` };
  if (sum > 100) return { parts, left, fault: `the weights total ${sum}, more than 100` };
  const weightless = [...weights.keys()].filter(i => weights[i] === undefined);
  const each = Math.min(left, halfToEven(left / Math.max(1, weightless.length)));
  weightless.forEach((member, i) => {
    parts[member] = i === weightless.length - 1 ? left - each * i : each;
  });
  return { parts, left: weightless.length === 0 ? left : 0 };
}

/** As Python rounds. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
