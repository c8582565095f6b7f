import type { Clause, Precedence, Rule } from '../model/traffic.ts';
import { clauseCovers, clausesOf, meetOf } from '../traffic/clauses.ts';

/** A rule and the clauses under which a provider must list it, so that the stated order holds in its own order. */
export interface Placed {
  readonly rule: Rule;
  readonly clauses: readonly Clause[];
}

/** Two rules whose common requests would go to the later one, and no further clause helps. */
export interface Misplaced {
  readonly earlier: Rule;
  readonly later: Rule;
}

/** Clauses beyond which no provider takes them anyway. */
const MOST = 256;

/**
 * Gives each rule the clauses that keep the stated order: where a later rule would be tried first, the earlier one also
 * gets the requests that both take, which are at least as particular. Of the rules that cannot be kept in order, the first pair is told.
 */
export function inOrder(rules: readonly Rule[], precedence: Precedence): readonly Placed[] | Misplaced {
  const placed = rules.map(rule => ({ rule, clauses: [...clausesOf(rule.matches)] }));
  for (let settled = false; !settled; ) {
    settled = true;
    for (const [at, later] of placed.entries())
      for (const earlier of placed.slice(0, at)) {
        const missing = missingIn(earlier.clauses, later.clauses, precedence);
        const total = placed.reduce((sum, { clauses }) => sum + clauses.length, 0);
        if (missing === 'unsayable' || total > MOST) return { earlier: earlier.rule, later: later.rule };
        if (missing.length > 0) settled = false;
        earlier.clauses.push(...missing);
      }
  }
  return placed;
}

/** Whether `inOrder` found an order. */
export const isPlaced = (found: readonly Placed[] | Misplaced): found is readonly Placed[] => Array.isArray(found);

/** Clauses that an earlier rule lacks to be tried before a later one; those of the earlier rule are listed first. */
function missingIn(
  earlier: readonly Clause[],
  later: readonly Clause[],
  precedence: Precedence,
): readonly Clause[] | 'unsayable' {
  const missing: Clause[] = [];
  for (const b of later)
    for (const a of earlier) {
      if (precedence(b, a) >= 0) continue;
      const meets = meetOf(a, b);
      if (meets === 'unknown') return 'unsayable';
      for (const meet of meets) {
        const all = [...earlier, ...missing];
        if (all.some(one => clauseCovers(one, meet) && precedence(one, b) <= 0)) continue;
        if (!(precedence(meet, b) <= 0)) return 'unsayable';
        missing.push(meet);
      }
    }
  return missing;
}
