import { podsIn, type Stand, servedBy, versionBehind, versionsIn } from '../check-hop.ts';
import { naturally } from '../model/order.ts';
import type { Obligation } from '../model/plan.ts';
import type { PlanRecord } from './plan-record.ts';

/** Two stands, and what the plan of the second one says about hops. */
export interface Between {
  readonly before: Stand;
  readonly after: Stand;
  /** The step in which the first one stands; absent: nobody knows. */
  readonly from?: string;
  readonly record: PlanRecord;
}

/**
 * What must be seen before a hop is taken: that every version that gets more requests is there, that one whose pods go gets none,
 * and what the plan itself asks for where the hop is one of its own.
 */
export function obligationsBetween({ before, after, from, record }: Between): readonly Obligation[] {
  const planned = record.hops.find(hop => hop.from === from && hop.to === record.step)?.obligations ?? [];
  const known = new Set(planned.map(keyOf));
  return [...planned, ...derived(before, after).filter(one => !known.has(keyOf(one)))];
}

/** A version that was seen is reachable, and the other way round. */
const keyOf = (obligation: Obligation): string =>
  'version' in obligation ? `${obligation.kind === 'idle'} ${obligation.version}` : JSON.stringify(obligation);

function derived(before: Stand, after: Stand): readonly Obligation[] {
  const [pods, later] = [podsIn(before), podsIn(after)];
  const [had, gets] = [requestsTo(before), requestsTo(after)];
  // One that comes with the very hop cannot be seen before it; where that loses requests, the proof says so.
  const there = versionsIn(before);
  const gaining = [...new Set(gets.map(({ version }) => version))].filter(
    version => there.has(version) && gains(version, had, gets),
  );
  const seen = gaining.map((version): Obligation => {
    const replicas = pods.get(version) ?? 0;
    return replicas > 0 ? { kind: 'available', version, replicas } : { kind: 'reachable', version };
  });
  const asked = new Set(had.filter(({ share }) => share > 0).map(({ version }) => version));
  const leaving = [...pods.keys()].filter(version => !later.has(version) && !asked.has(version));
  return [
    ...seen.sort(byVersion),
    ...leaving.sort(naturally).map((version): Obligation => ({ kind: 'idle', version })),
  ];
}

const byVersion = (a: Obligation, b: Obligation): number =>
  'version' in a && 'version' in b ? naturally(a.version, b.version) : 0;

/** Part of the requests of a rule that a version gets. */
interface Portion {
  readonly version: string;
  readonly rule: string;
  /** The host that is called, and whether the answers are dropped. */
  readonly callers: string;
  readonly share: number;
}

const requestsTo = (stand: Stand): readonly Portion[] =>
  servedBy(stand).map(({ requests: { host, matches, copies, share }, version, door }) => ({
    version: version === '' ? versionBehind(stand, door) : version,
    rule: JSON.stringify([host, matches, copies]),
    callers: JSON.stringify([host, copies]),
    share,
  }));

/** Requests that had no rule of their own were those of some other rule. Sums of shares are not exact. */
const gains = (version: string, had: readonly Portion[], gets: readonly Portion[]): boolean =>
  gets
    .filter(one => one.version === version)
    .some(({ rule, callers }) => {
      const rules = new Set(had.filter(one => one.callers === callers).map(one => one.rule));
      const before = rules.has(rule) ? [rule] : [...rules];
      const least = before.length === 0 ? 0 : Math.min(...before.map(one => shareOf(version, one, had)));
      return shareOf(version, rule, gets) > least + 1e-6;
    });

const shareOf = (version: string, rule: string, portions: readonly Portion[]): number =>
  portions.filter(one => one.version === version && one.rule === rule).reduce((sum, { share }) => sum + share, 0);
