import { quote } from '../../diagnostics/wording.ts';
import type { LoadBalancing, Retries } from '../../model/plan.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf } from '../../model/reading.ts';
import type { Match, Share } from '../../model/traffic.ts';
import { type Named, referenceOf } from './recover-destination.ts';
import { percentOf, timeOf, uint32Of } from './recover-values.ts';

const RETRIES = new Set(['retryOn', 'numRetries', 'perTryTimeout']);

/** What a route's `retries` ask for; undefined: none. A number that is left out, or 0, is 1. */
export function retriesOf(spot: Spot, tree: Tree): Retries | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, RETRIES);
  const attempts = uint32Of(into(spot, '.numRetries'), fields.numRetries) || 1;
  if (fields.numRetries === 0) strange(into(spot, '.numRetries'), 'Gloo reads 0 as 1');
  const perTryTimeout = timeOf(into(spot, '.perTryTimeout'), fields.perTryTimeout);
  const words = (textOf(into(spot, '.retryOn'), fields.retryOn) ?? '').split(',');
  if (words.some(word => !/^[a-z0-9-]+$/.test(word)))
    strange(into(spot, '.retryOn'), `${show(fields.retryOn)} is no list of words with commas and no spaces`);
  return { attempts, ...(perTryTimeout === undefined ? {} : { perTryTimeout }), retryOn: words };
}

const SHADOWING = new Set(['upstream', 'percentage']);

/** Where some requests are copied to. */
export interface Copied {
  readonly upstream: Named;
  readonly share: Share;
}

/** Reads the copies that a route makes; undefined: none. */
export function copiedOf(spot: Spot, tree: Tree): Copied | undefined {
  if (tree === undefined) return undefined;
  const { upstream, percentage } = fieldsOf(spot, tree, SHADOWING);
  const share = percentOf(into(spot, '.percentage'), percentage);
  return share === 0 ? undefined : { upstream: referenceOf(into(spot, '.upstream'), upstream), share };
}

const HASH = new Set(['hashPolicies']);
const POLICY = new Set(['header', 'cookie']);
const COOKIE = new Set(['name', 'path', 'ttl']);

/** What of a request chooses the pod. */
export type Hash = Extract<LoadBalancing, { kind: 'hash' }>;

/** Reads by what the requests of a route are hashed; undefined: by nothing. */
export function hashOf(spot: Spot, tree: Tree): Hash | undefined {
  if (tree === undefined) return undefined;
  const inPolicies = into(spot, '.hashPolicies');
  const policies = itemsOf(inPolicies, fieldsOf(spot, tree, HASH).hashPolicies);
  const at = into(inPolicies, 0);
  const { header, cookie } = fieldsOf(at, policies[0], POLICY);
  if (policies.length !== 1 || (header === undefined) === (cookie === undefined))
    strange(inPolicies, 'it wants one header or cookie');
  if (header !== undefined) return { kind: 'hash', by: 'header', name: textOf(into(at, '.header'), header) ?? '' };
  const inCookie = into(at, '.cookie');
  const { name, path, ttl } = fieldsOf(inCookie, cookie, COOKIE);
  if (ttl !== '0s') strange(into(inCookie, '.ttl'), `${show(ttl)} is not the "0s" of a session`);
  if (path !== '/') strange(into(inCookie, '.path'), `${show(path)} is not the path of every request`);
  return { kind: 'hash', by: 'cookie', name: textOf(into(inCookie, '.name'), name) ?? '' };
}

/**
 * Envoy puts the text in place of the very characters that a prefix matched, and of the whole path for the other
 * kinds, so a slash that only one of the two ends with is lost or doubled.
 */
export function rewriteOf(spot: Spot, fields: Fields, matches: readonly Match[]): string | undefined {
  const at = into(spot, '.prefixRewrite');
  const text = textOf(at, fields.prefixRewrite);
  if (text === undefined) return undefined;
  if (!text.startsWith('/')) strange(at, `${quote(text)} is no path`);
  const paths = matches.length === 0 ? [undefined] : matches.map(({ path }) => path);
  for (const path of paths) {
    const prefix = path === undefined ? '/' : path.kind === 'prefix' ? path.value : undefined;
    if (prefix !== undefined && prefix.endsWith('/') !== text.endsWith('/'))
      strange(at, `${quote(text)} and the matched prefix do not both end with a slash`);
    if (path?.kind === 'regex') strange(at, 'an expression has the whole path replaced');
  }
  return text;
}
