import { podsIn, type Stand, servedBy, versionBehind, versionsIn } from '../check-hop.ts';
import { naturally } from '../model/order.ts';
import type { Obligation } from '../model/plan.ts';
import type { PlanRecord } from '../plan-record.ts';

/** Two stands, and what is known of the plans around them. */
export interface Between extends Way {
  readonly before: Stand;
  readonly after: Stand;
}

/** A way from one step to another. */
export interface Way {
  /** The step in which the first stand is; absent: nobody knows. */
  readonly from?: string;
  /** The plan of the second one, and of the first one. */
  readonly record: PlanRecord;
  readonly old: PlanRecord;
}

/**
 * What must be seen before a hop is taken: that every version that gets more requests is there, that one whose pods go gets none,
 * what the plan itself asks for where the hop is one of its own, and else the pause of the state that is left. An abort waits for nothing.
 */
export function obligationsBetween({ before, after, ...way }: Between): readonly Obligation[] {
  if (isAbort(way.record)) return [];
  const planned = plannedHop(way)?.obligations ?? pauseBefore(way);
  const known = new Set(planned.map(keyOf));
  return [...planned, ...derived(before, after).filter(one => !known.has(keyOf(one)))];
}

/** Whether a plan stands in an abort. */
export const isAbort = ({ step, aborts }: PlanRecord): boolean => step !== undefined && aborts.includes(step);

const plannedHop = ({ from, record }: Way) => record.hops.find(hop => hop.from === from && hop.to === record.step);

/** Going back waits for nothing; a state that the plan no longer has is left for good. */
function pauseBefore({ from = '', record, old }: Way): readonly Obligation[] {
  const [start, end] = placesOf(from, record);
  if (start >= 0 && end <= start) return [];
  const duration = (start >= 0 ? record : old).pauses.get(from);
  return duration === undefined ? [] : [{ kind: 'paused', duration }];
}

/** States of the tape that a way leaves out, in their order. */
export function skippedBetween(way: Way): readonly string[] {
  const [start, end] = placesOf(way.from ?? '', way.record);
  if (start < 0 || end < 0 || isAbort(way.record) || plannedHop(way) !== undefined) return [];
  return tapeOf(way.record).slice(start + 1, end);
}

const tapeOf = ({ states, aborts }: PlanRecord): readonly string[] => states.filter(name => !aborts.includes(name));

const placesOf = (from: string, record: PlanRecord): readonly [number, number] => {
  const tape = tapeOf(record);
  return [tape.indexOf(from), tape.indexOf(record.step ?? '')];
};

/** Each obligation once, where it is first. */
export const eachOnce = (obligations: readonly Obligation[]): readonly Obligation[] => [
  ...new Map([...obligations].map(one => [JSON.stringify(one), one])).values(),
];

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
