import type { LoadBalancing, Retries } from '../../model/plan.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import { durationOf } from './recover-values.ts';

/** What Envoy does where no response timeout is written: https://projectcontour.io/docs/main/config/request-routing/ */
const DEFAULT_TIMEOUT = 15_000;

const TIMEOUT = new Set(['response']);

/** Milliseconds until a request is given up; undefined: never. */
export function timeoutOf(spot: Spot, tree: Tree): number | undefined {
  const { response } = fieldsOf(spot, tree, TIMEOUT);
  if (response === undefined || response === '') return DEFAULT_TIMEOUT;
  if (response === 'infinity' || response === 'infinite') return undefined;
  return durationOf(into(spot, '.response'), response) ?? DEFAULT_TIMEOUT;
}

const RETRY = new Set(['count', 'perTryTimeout', 'retryOn']);

/** What a `retryPolicy` asks for; undefined: none. */
export function retriesOf(spot: Spot, tree: Tree): Retries | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, RETRY);
  const words = textsOf(into(spot, '.retryOn'), fields['retryOn']);
  const retries: Draft<Retries> = {
    attempts: countOf(into(spot, '.count'), fields['count']),
    retryOn: words.length === 0 ? ['5xx'] : words,
  };
  for (const word of words)
    if (!/^[a-z0-9-]+$/.test(word)) strange(into(spot, '.retryOn'), `${show(word)} is no reason`);
  const perTry = fields['perTryTimeout'];
  const perTryTimeout = perTry === undefined ? undefined : durationOf(into(spot, '.perTryTimeout'), perTry);
  if (perTryTimeout !== undefined) retries.perTryTimeout = perTryTimeout;
  return retries;
}

/** Nothing at all means one, and so does 0, which nobody means by it; -1 means none, and one to releases before https://github.com/projectcontour/contour/issues/5944. */
function countOf(spot: Spot, tree: Tree): number {
  if (tree === undefined) return 1;
  if (typeof tree === 'number' && Number.isSafeInteger(tree) && tree > 0) return tree;
  strange(spot, `${show(tree)} is no number of retries that every release understands`);
  return 1;
}

const BALANCING = new Set(['strategy', 'requestHashPolicies']);
const STRATEGIES: ReadonlyMap<string, LoadBalancing> = new Map([
  ['RoundRobin', { kind: 'round-robin' }],
  ['Random', { kind: 'random' }],
  ['WeightedLeastRequest', { kind: 'least-request' }],
]);

/** How pods of one Service are chosen; Contour goes round where nobody says anything, and where it does not know the word. */
export function balancingOf(spot: Spot, tree: Tree): LoadBalancing {
  const fields = fieldsOf(spot, tree, BALANCING);
  const strategy = textOf(into(spot, '.strategy'), fields['strategy']) ?? 'RoundRobin';
  const hashes = itemsOf(into(spot, '.requestHashPolicies'), fields['requestHashPolicies']);
  if (strategy === 'RequestHash') return hashOf(into(spot, '.requestHashPolicies'), hashes);
  if (hashes.length > 0) strange(spot, 'Contour hashes only with the strategy RequestHash');
  const known = STRATEGIES.get(strategy);
  if (known === undefined) strange(spot, `${show(strategy)} is no way of balancing that is read here`);
  return known ?? { kind: 'round-robin' };
}

const HASH = new Set(['headerHashOptions']);
const BY_HEADER = new Set(['headerName']);

function hashOf(spot: Spot, hashes: readonly Tree[]): LoadBalancing {
  if (hashes.length !== 1) strange(spot, 'one header is hashed, no more and no less');
  const options = into(into(spot, 0), '.headerHashOptions');
  const { headerHashOptions } = fieldsOf(into(spot, 0), hashes[0], HASH);
  const name = textOf(into(options, '.headerName'), fieldsOf(options, headerHashOptions, BY_HEADER)['headerName']);
  if (name === undefined || name === '') strange(options, 'it names no header');
  return { kind: 'hash', by: 'header', name: (name ?? '').toLowerCase() };
}

const REWRITE = new Set(['replacePrefix']);
const REPLACE = new Set(['replacement']);

/** What stands for the prefix of a path; undefined: paths stay. */
export function rewriteOf(spot: Spot, tree: Tree, prefix: string | undefined): string | undefined {
  const at = into(spot, '.replacePrefix');
  const items = itemsOf(at, fieldsOf(spot, tree, REWRITE)['replacePrefix']);
  if (items.length === 0) return undefined;
  if (items.length > 1) strange(at, 'one replacement is read here');
  if (prefix !== '/')
    strange(spot, 'Contour replaces prefixes of characters, and those of other paths than "/" are not read here');
  const text = textOf(into(at, 0), fieldsOf(into(at, 0), items[0], REPLACE)['replacement']);
  if (text === undefined || !text.startsWith('/') || !text.endsWith('/'))
    strange(at, `${show(text)} does not begin and end with a slash`);
  return text;
}
