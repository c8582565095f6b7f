import { isEqual, type LeafChange, leafChanges } from '../leaves.ts';
import type { Json } from '../model/kubernetes.ts';
import { naturally } from '../model/order.ts';
import type { Recovered, RecoveredPortion, RecoveredRule, Target } from '../model/recovered.ts';
import type { Fault, Match, Share } from '../model/traffic.ts';

/** What happens to requests differently; empty lists: nothing does. */
export interface RoutingDifference {
  /** Every rule of either side, in the order of the after side, removed ones last. */
  readonly rules: readonly RuleDifference[];
  /** Whether rules that both sides have are tried in another order. */
  readonly reordered: boolean;
  /** Whether both sides tell requests apart by the same matches in the same order. */
  readonly matchesUnchanged: boolean;
  /** Hosts, gateways, ports, addresses of versions, and policies of versions. */
  readonly settings: readonly LeafChange[];
  /** What cannot be read on either side, in words. */
  readonly problems: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** A rule before and after, told apart by its matches. */
export interface RuleDifference {
  /** Empty: every request that is left. */
  readonly matches: readonly Match[];
  readonly change: 'added' | 'removed' | 'changed' | 'unchanged';
  /** Versions that get requests on either side. */
  readonly split: readonly ShareChange[];
  /** Versions that get copies on either side. */
  readonly mirror: readonly ShareChange[];
  /** Absent: none on either side, or the same. */
  readonly fault?: { readonly before?: Fault; readonly after?: Fault };
  /** Timeout, retries, rewrite. */
  readonly settings: readonly LeafChange[];
}

/** Basis points of a version before and after; 0 where it gets none. */
export interface ShareChange {
  /** A version, or `nowhere` with the reason. */
  readonly target: string;
  readonly before: Share;
  readonly after: Share;
}

/** Compares what two sets of objects say about requests. */
export function routingDifference(before: Recovered, after: Recovered): RoutingDifference {
  const [old, now] = [keyed(before.rules), keyed(after.rules)];
  const rules = [
    ...[...now].map(([key, rule]) => ruleDifference(old.get(key), rule)),
    ...[...old].filter(([key]) => !now.has(key)).map(([, rule]) => ruleDifference(rule, undefined)),
  ];
  const common = (keys: Iterable<string>, other: ReadonlyMap<string, unknown>) => [...keys].filter(k => other.has(k));
  return {
    rules,
    reordered: !isEqual(common(old.keys(), now), common(now.keys(), old)),
    matchesUnchanged: isEqual([...old.keys()], [...now.keys()]),
    settings: leafChanges(settingsOf(before), settingsOf(after)),
    problems: { before: before.problems, after: after.problems },
  };
}

/** Whether requests are treated the same, as far as both sides can be read. */
export const isRoutingUnchanged = ({ rules, reordered, settings, problems }: RoutingDifference): boolean =>
  rules.every(rule => rule.change === 'unchanged') &&
  !reordered &&
  settings.length === 0 &&
  isEqual(problems.before, problems.after);

/** Rules by their matches; of two with the same the second one has a key of its own. */
function keyed(rules: readonly RecoveredRule[]): ReadonlyMap<string, RecoveredRule> {
  const known = new Map<string, RecoveredRule>();
  for (const rule of rules) {
    let key = JSON.stringify(rule.matches);
    while (known.has(key)) key += '+';
    known.set(key, rule);
  }
  return known;
}

function ruleDifference(before: RecoveredRule | undefined, after: RecoveredRule | undefined): RuleDifference {
  const split = shareChanges(before?.split ?? [], after?.split ?? []);
  const mirror = shareChanges(before?.mirror ?? [], after?.mirror ?? []);
  const settings = leafChanges(treatmentOf(before), treatmentOf(after));
  const isFaultChanged = !isEqual(jsonOf(before?.fault), jsonOf(after?.fault));
  const isChanged = isFaultChanged || settings.length > 0 || [...split, ...mirror].some(isMoved);
  const kept = isChanged ? 'changed' : 'unchanged';
  return {
    matches: (after ?? before)?.matches ?? [],
    change: before === undefined ? 'added' : after === undefined ? 'removed' : kept,
    split,
    mirror,
    ...(isFaultChanged ? { fault: faultOf(before, after) } : {}),
    settings,
  };
}

/** Whether a version gets another share. */
export const isMoved = ({ before, after }: ShareChange): boolean => before !== after;

const faultOf = (before: RecoveredRule | undefined, after: RecoveredRule | undefined) => ({
  ...(before?.fault === undefined ? {} : { before: before.fault }),
  ...(after?.fault === undefined ? {} : { after: after.fault }),
});

const treatmentOf = (rule: RecoveredRule | undefined): Json => {
  if (rule === undefined) return {};
  const { timeout, retries, rewrite } = rule;
  return jsonOf({ timeout, retries, rewrite }) ?? {};
};

function shareChanges(before: readonly RecoveredPortion[], after: readonly RecoveredPortion[]): readonly ShareChange[] {
  const [old, now] = [sharesOf(before), sharesOf(after)];
  const targets = [...new Set([...old.keys(), ...now.keys()])].sort(naturally);
  return targets.map(target => ({ target, before: old.get(target) ?? 0, after: now.get(target) ?? 0 }));
}

function sharesOf(portions: readonly RecoveredPortion[]): ReadonlyMap<string, Share> {
  const shares = new Map<string, Share>();
  for (const { target, share } of portions) {
    if (share > 0) shares.set(targetWords(target), (shares.get(targetWords(target)) ?? 0) + share);
  }
  return shares;
}

const targetWords = (target: Target): string => ('version' in target ? target.version : `nowhere (${target.missing})`);

const settingsOf = ({ hosts, gateways, ports, addresses, policies }: Recovered): Json =>
  jsonOf({
    hosts,
    gateways,
    ports,
    addresses: Object.fromEntries(addresses.map(({ promised, target }) => [promised, targetWords(target)])),
    policies,
  }) ?? {};

/** Plain data without keys that are undefined. */
const jsonOf = (value: unknown): Json | undefined =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
