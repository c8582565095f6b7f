import { quote } from '../../diagnostics/wording.ts';
import type { Retries } from '../../model/plan.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, strange, textOf, wholeOf } from '../../model/reading.ts';
import { durationOf } from './recover-values.ts';

/** https://github.com/istio/istio/blob/1.30.3/pilot/pkg/networking/core/route/retry/retry.go */
const DEFAULT_RETRY_ON: readonly string[] = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  'retriable-status-codes',
];

/** What Istio does where nobody says anything, unless the mesh's own configuration says otherwise. */
export const DEFAULT_RETRIES: Retries = {
  attempts: 2,
  retryOn: DEFAULT_RETRY_ON,
};

const RETRIES = new Set(['attempts', 'perTryTimeout', 'retryOn']);

/** What a route's `retries` ask for; undefined: none. */
export function retriesOf(spot: Spot, tree: Tree): Retries | undefined {
  if (tree === undefined) {
    strange(spot, 'Istio would retry twice by its own default; attempts: 0 switches that off');
    return DEFAULT_RETRIES;
  }
  const fields = fieldsOf(spot, tree, RETRIES);
  const attempts = wholeOf(into(spot, '.attempts'), fields.attempts) ?? 0;
  if (fields.attempts === undefined) strange(spot, 'without attempts Istio does not retry');
  if (attempts === 0) {
    if (Object.keys(fields).length > 1) strange(spot, 'attempts: 0 allows no other field');
    return undefined;
  }
  const perTryTimeout = durationOf(into(spot, '.perTryTimeout'), fields.perTryTimeout);
  const retryOn = retryOnOf(into(spot, '.retryOn'), fields.retryOn);
  return perTryTimeout === undefined ? { attempts, retryOn } : { attempts, perTryTimeout, retryOn };
}

function retryOnOf(spot: Spot, tree: Tree): readonly string[] {
  const text = textOf(spot, tree);
  if (text === undefined || text === '') {
    strange(spot, 'what is retried is left to the installation');
    return DEFAULT_RETRY_ON;
  }
  const words = text.split(',');
  if (words.some(word => !/^[a-z0-9-]+$/.test(word)))
    strange(spot, `${quote(text)} is no list of words with commas and no spaces`);
  return words;
}
