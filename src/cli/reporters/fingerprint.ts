import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/**
 * A mark for each result, in their order, by which a later report knows it again: made of code, file and what is
 * wrong, never of the line, which moves with every edit above. Equal results are told apart by their count.
 */
export function fingerprints(results: readonly Diagnostic[]): readonly string[] {
  const met = new Map<string, number>();
  return results.map(({ code, file, what }) => {
    const key = JSON.stringify([code, file, what]);
    const before = met.get(key) ?? 0;
    met.set(key, before + 1);
    return createHash('sha256').update(`${key}${before}`).digest('hex');
  });
}
