import { quote } from '../diagnostics/wording.ts';
import type { Fields, Spot, Tree } from './reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, wholeOf } from './reading.ts';
import type { BackendRef } from './reading-backends.ts';
import { type Home, refOf } from './reading-http-route-backends.ts';
import type { Share } from './traffic.ts';
import { WHOLE } from './traffic.ts';

/** Where some requests are copied to; a text says why nothing is there. */
export interface Copied {
  readonly to: BackendRef | string;
  readonly share: Share;
}

/** What the filters of a rule do. */
export interface Filters {
  readonly copies: readonly Copied[];
  /** Absent: the path stays as it came. */
  readonly rewrite?: string;
}

const FILTER = new Set(['type', 'requestMirror', 'urlRewrite']);

/** Reads mirrors and the rewrite; every other filter changes requests in ways that no Rollout asks for. */
export function filtersOf(spot: Spot, tree: Tree, home: Home): Filters {
  const copies: Copied[] = [];
  const rewrites: string[] = [];
  itemsOf(spot, tree).forEach((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, FILTER);
    const type = textOf(into(at, '.type'), fields['type']) ?? '';
    if (type === 'RequestMirror') copies.push(...copyOf(into(at, '.requestMirror'), fields['requestMirror'], home));
    else if (type === 'URLRewrite') rewrites.push(...rewriteOf(into(at, '.urlRewrite'), fields['urlRewrite']));
    else strange(at, `the filter ${quote(type)} is not read here`);
  });
  if (rewrites.length > 1) strange(spot, 'the API refuses two rewrites');
  return { copies, ...(rewrites[0] === undefined ? {} : { rewrite: rewrites[0] }) };
}

const MIRROR = new Set(['backendRef', 'percent', 'fraction']);
const BACKEND = new Set(['group', 'kind', 'namespace', 'name', 'port']);

function copyOf(spot: Spot, tree: Tree, home: Home): readonly Copied[] {
  const fields = fieldsOf(spot, tree, MIRROR);
  const at = into(spot, '.backendRef');
  const copied = { to: refOf(at, fieldsOf(at, fields['backendRef'], BACKEND), home), share: shareOf(spot, fields) };
  return copied.share > 0 ? [copied] : [];
}

/** All requests where neither is written: https://gateway-api.sigs.k8s.io/reference/spec/#httprequestmirrorfilter */
function shareOf(spot: Spot, { percent, fraction }: Fields): Share {
  if (percent !== undefined && fraction !== undefined) strange(spot, 'the API takes one of percent and fraction');
  if (percent !== undefined) return inShares(spot, wholeOf(into(spot, '.percent'), percent) ?? 0, 100);
  if (fraction === undefined) return WHOLE;
  const at = into(spot, '.fraction');
  const { numerator, denominator } = fieldsOf(at, fraction, new Set(['numerator', 'denominator']));
  return inShares(at, wholeOf(at, numerator) ?? 0, denominator === undefined ? 100 : (wholeOf(at, denominator) ?? 0));
}

function inShares(spot: Spot, part: number, whole: number): Share {
  if (whole === 0 || part > whole) strange(spot, `${part} of ${whole} is no part`);
  const share = whole === 0 ? 0 : Math.min(WHOLE, Math.round((part * WHOLE) / whole));
  if (share * whole !== part * WHOLE) strange(spot, `${part} of ${whole} is finer than a hundredth of a percent`);
  return share;
}

const REWRITE = new Set(['path']);
const REPLACED = new Set(['type', 'replacePrefixMatch']);

function rewriteOf(spot: Spot, tree: Tree): readonly string[] {
  const at = into(spot, '.path');
  const path = fieldsOf(at, fieldsOf(spot, tree, REWRITE)['path'], REPLACED);
  const type = textOf(into(at, '.type'), path['type']);
  const value = textOf(into(at, '.replacePrefixMatch'), path['replacePrefixMatch']);
  if (type !== 'ReplacePrefixMatch' || value === undefined) {
    strange(at, `${show(type)} is no rewrite that is read here`);
    return [];
  }
  if (value !== '' && !value.startsWith('/')) strange(at, `${quote(value)} is no path`);
  return [value === '' ? '/' : value];
}
