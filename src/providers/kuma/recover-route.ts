import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { type Match, type Share, WHOLE } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { matchOf, type ReadMatch } from './recover-match.ts';
import { type Policy, readPolicy, serviceOf } from './recover-policy.ts';

/** Requests of one entry of `matches`, and where they and their copies are sent. */
export interface RouteRule {
  /** Empty: every request. */
  readonly matches: readonly Match[];
  readonly sent: readonly { readonly to: BackendRef; readonly weight: number }[];
  readonly copied: readonly { readonly to: BackendRef; readonly share: Share }[];
  readonly rewrite?: string;
}

/** A MeshHTTPRoute, its rules in the order in which sidecars try them. */
export interface Route extends Policy {
  readonly rules: readonly RouteRule[];
}

const RULE = new Set(['matches', 'default']);

/** Reads a MeshHTTPRoute; undefined, with a problem, where it cannot be named. */
export function readRoute(object: KubeObject, problems: string[]): Route | undefined {
  const policy = readPolicy(object, problems, ['rules']);
  if (policy === undefined) return undefined;
  const spot = into(policy.at, '.rules');
  const found = itemsOf(spot, policy.about['rules']).flatMap((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, RULE);
    const entries = itemsOf(into(at, '.matches'), fields['matches']);
    if (entries.length === 0) strange(at, 'it matches nothing');
    const matches = entries.map((entry, j) => matchOf(into(into(at, '.matches'), j), entry));
    const action = actionOf(into(at, '.default'), fields['default'], { policy, matches });
    return matches.map(match => ({ match, rule: { ...action, matches: match.matches.filter(isCondition) } }));
  });
  if (found.length === 0) strange(spot, 'it has no rules');
  const rules = found.sort((a, b) => compare(a.match.rank, b.match.rank)).map(({ rule }) => rule);
  return { ...policy, rules };
}

const isCondition = (match: Match): boolean => JSON.stringify(match) !== JSON.stringify(EVERYTHING);

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

interface Scope {
  readonly policy: Policy;
  readonly matches: readonly ReadMatch[];
}

const DEFAULT = new Set(['filters', 'backendRefs']);

function actionOf(spot: Spot, tree: Tree, scope: Scope): Omit<RouteRule, 'matches'> {
  const { namespace, service } = scope.policy;
  const fields = fieldsOf(spot, tree, DEFAULT);
  const inRefs = into(spot, '.backendRefs');
  const refs = itemsOf(inRefs, fields['backendRefs']).map((item, i) => sentOf(into(inRefs, i), item, namespace));
  if (refs.length > 0 && refs.every(({ weight }) => weight === 0)) strange(inRefs, 'no request has a destination');
  // Without any, requests go where they would without the route.
  const sent = refs.length === 0 ? [{ to: { namespace, name: service, port: undefined }, weight: 1 }] : refs;
  const lone = refs.length === 1 && refs[0]!.weight !== 100 && refs[0]!.weight !== 1;
  if (lone) strange(inRefs, 'the weight of a lone Service counts for nothing');
  return {
    sent: sent.filter(({ weight }) => weight > 0),
    ...filtersOf(into(spot, '.filters'), fields['filters'], scope),
  };
}

const REF = ['port', 'weight'];

function sentOf(spot: Spot, tree: Tree, namespace: string): RouteRule['sent'][number] {
  const { name, fields } = serviceOf(spot, tree, { namespace, keys: REF });
  const port = wholeOf(into(spot, '.port'), fields['port']);
  if (port === undefined || port === 0) strange(spot, 'Kuma wants a port');
  return { to: { namespace, name, port }, weight: wholeOf(into(spot, '.weight'), fields['weight']) ?? 1 };
}

const FILTER = new Set(['type', 'requestMirror', 'urlRewrite']);
const MIRROR = new Set(['percentage', 'backendRef']);
const REWRITE = new Set(['path']);
const REWRITE_PATH = new Set(['type', 'replacePrefixMatch']);

function filtersOf(spot: Spot, tree: Tree, { policy, matches }: Scope): Pick<RouteRule, 'copied' | 'rewrite'> {
  const copied: RouteRule['copied'][number][] = [];
  const rewrites: string[] = [];
  itemsOf(spot, tree).forEach((item, i) => {
    const at = into(spot, i);
    const { type, requestMirror, urlRewrite } = fieldsOf(at, item, FILTER);
    if (type === 'RequestMirror') {
      const mirror = fieldsOf(into(at, '.requestMirror'), requestMirror, MIRROR);
      const { to } = sentOf(into(at, '.requestMirror.backendRef'), mirror['backendRef'], policy.namespace);
      copied.push({ to, share: percentageOf(into(at, '.requestMirror.percentage'), mirror['percentage']) });
    } else if (type === 'URLRewrite') {
      const path = fieldsOf(into(at, '.urlRewrite'), urlRewrite, REWRITE)['path'];
      const fields = fieldsOf(into(at, '.urlRewrite.path'), path, REWRITE_PATH);
      const text = textOf(at, fields['replacePrefixMatch']) ?? '';
      if (fields['type'] !== 'ReplacePrefixMatch' || !text.startsWith('/') || !text.endsWith('/'))
        strange(at, 'only what puts another prefix with a slash at its end is read here');
      if (matches.some(({ prefix }) => prefix === undefined)) strange(at, 'Kuma replaces prefixes only');
      rewrites.push(text);
    } else strange(into(at, '.type'), `${show(type)} is not read here`);
  });
  if (copied.length > 1 || rewrites.length > 1) strange(spot, 'one filter of each type is read here');
  const [rewrite] = rewrites;
  return { copied: copied.filter(({ share }) => share > 0), ...(rewrite === undefined ? {} : { rewrite }) };
}

/** A whole number, or a text with decimals; absent: all. */
function percentageOf(spot: Spot, tree: Tree): Share {
  if (tree === undefined) return WHOLE;
  const percent = typeof tree === 'string' && /^\d+(?:\.\d+)?$/.test(tree) ? Number(tree) : tree;
  if (typeof percent === 'number' && percent >= 0 && percent <= 100) {
    const share = Math.round(percent * 100);
    if (Math.abs(share - percent * 100) > 1e-6) strange(spot, `${percent} is finer than a hundredth of a percent`);
    if (typeof tree === 'number' && !Number.isInteger(tree)) strange(spot, 'Kuma takes decimals in a text only');
    return share;
  }
  strange(spot, `${show(tree)} is no percentage`);
  return 0;
}
