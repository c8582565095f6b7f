import { breakStandHop, type Stand, servedBy } from '../check-hop.ts';
import type { Finding } from '../diagnostics/finding.ts';
import { type Edited, isAsWritten } from '../layout/edited.ts';
import { objectWords, traceSentence, troubleWords } from '../layout/trouble-words.ts';
import { isEqual } from '../leaves.ts';
import { byIdentity, meaningOf } from '../meaning.ts';
import type { Counterexample } from '../model/breach.ts';
import { identityOf } from '../model/kubernetes.ts';
import { naturally } from '../model/order.ts';
import type { Obligation } from '../model/plan.ts';
import type { PlanRecord } from '../plan-record.ts';
import { changedPods } from './changed-pods.ts';
import {
  deletedServing,
  editedByHand,
  neverApplied,
  notUnderstood,
  notWhole,
  planGone,
  podsChanged,
  unsafeChange,
} from './check-messages.ts';
import type { Commands } from './commands.ts';
import { eachOnce, isAbort, obligationsBetween, skippedBetween } from './obligations.ts';
import { safePassage } from './remedy.ts';

/** One side of a change: the objects that stand there, and what its plan.json says. */
export interface ChangeSide {
  readonly stand: Stand;
  readonly record: PlanRecord;
}

/** What a change makes of one Rollout. */
export interface Change {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  /** Absent: nothing of it stood before. */
  readonly before?: ChangeSide;
  /** Absent: it is deleted. */
  readonly after?: ChangeSide & { readonly edited: Edited };
  /** Of a deleted one: where the same Rollout file is compiled to now; of a new one: where its objects stood. */
  readonly moved?: string;
  /** States, besides the first side, that have stood whole. */
  readonly past?: readonly Stand[];
  /** What stood before the first side; absent: the same, or nobody knows. */
  readonly earlier?: Stand;
  /** Codes of what keeps files of the second side from being read; absent: all were. */
  readonly unread?: readonly string[];
  /** What is wrong with the plan.json of the second side; absent: nothing. */
  readonly lostPlan?: 'missing' | 'unreadable';
  /** Live files that the plan.json of the first side lists and that side lacks; paths inside the output folder. */
  readonly lacking?: readonly string[];
  /** Of a deleted one: whether its Rollout file still describes it. */
  readonly isDescribed?: boolean;
  /** A state of the second side's plan; undefined: it cannot be read. */
  readonly standOf?: (state: string) => Stand | undefined;
}

export interface CheckRules {
  /** Directories whose deletion is meant. */
  readonly allowedDeletions: ReadonlySet<string>;
  /** Whether it is refused that a change is safe only where the first side was applied whole; else it is an obligation. */
  readonly unobserved: boolean;
  readonly commands: Commands;
}

/** What was found about a change: plain data, but for the findings without their places. */
export interface Verdict {
  readonly directory: string;
  readonly kind: 'hop' | 'added' | 'deleted';
  /** Steps; absent: there is none, or nothing tells. */
  readonly from?: string;
  readonly to?: string;
  readonly moved?: string;
  /** Objects that are created, updated or deleted. */
  readonly operations: number;
  readonly obligations: readonly Obligation[];
  /** States of the tape that a hop leaves out, in their order; absent: none. */
  readonly skips?: readonly string[];
  /** Versions whose pods are replaced on purpose. */
  readonly replaced: readonly string[];
  readonly findings: readonly Finding[];
  /** Codes of what keeps files from being read: nothing is proved of them. */
  readonly unread: readonly string[];
}

type Judged = Omit<Verdict, 'unread'>;

const AT = { path: [] };

/** Proves what a change makes of one Rollout, in whatever order its objects are applied. */
export function judgeChange(change: Change, rules: CheckRules): Verdict {
  const { before, after, unread = [] } = change;
  if (after === undefined) return { ...judgeDeletion(change, rules), unread };
  const byHand = handFindings(change, after, rules.commands);
  const verdict = before === undefined ? judgeAddition(change, after) : judgeHop(change, before, after, rules);
  return { ...verdict, findings: [...byHand, ...verdict.findings], unread };
}

function judgeDeletion(change: Change, { allowedDeletions, commands }: CheckRules): Judged {
  const { directory, before, moved, isDescribed = false } = change;
  const versions = before === undefined ? [] : servingIn(before);
  const params = {
    directory,
    source: before?.record.source ?? directory,
    versions,
    now: moved,
    isDescribed,
    ...commands,
  };
  const isFine = versions.length === 0 || allowedDeletions.has(directory);
  return {
    ...headOf(change, 'deleted'),
    operations: before === undefined ? 0 : byIdentity(before.stand.objects).size,
    obligations: [],
    replaced: [],
    findings: isFine ? [] : [deletedServing(AT, params)],
  };
}

/** Versions that get requests, or are missed when they are gone. */
const servingIn = ({ stand, record }: ChangeSide): readonly string[] =>
  [...new Set([...record.serving, ...servedBy(stand).map(({ version, door }) => version || objectWords(door))])].sort(
    naturally,
  );

function judgeAddition(change: Change, after: ChangeSide): Judged {
  const { directory } = change;
  const broken = breakStandHop({ from: [], to: after.stand });
  const to = nameOf(after);
  return {
    ...headOf(change, 'added'),
    operations: byIdentity(after.stand.objects).size,
    obligations: [],
    replaced: [],
    findings: broken === undefined ? [] : [notWhole(AT, { directory, to, trouble: troubleWords(broken.trouble) })],
  };
}

function judgeHop(change: Change, before: ChangeSide, after: NonNullable<Change['after']>, rules: CheckRules): Judged {
  const { directory, past = [], earlier } = change;
  const way = { directory, from: nameOf(before), to: nameOf(after) };
  const broken = breakStandHop({ from: [before.stand], to: after.stand, past });
  const mixed =
    broken !== undefined || earlier === undefined
      ? undefined
      : breakStandHop({ from: [earlier, before.stand], to: after.stand, past: [...past, earlier] });
  const pods = changedPods(before, after);
  const findings = [
    ...(broken === undefined ? [] : [unsafe(change, before, after, broken, rules.commands)]),
    ...(mixed === undefined || !rules.unobserved ? [] : [neverApplied(AT, { ...way, trace: traceSentence(mixed) })]),
    ...pods.filter(one => !one.isMeant).map(one => podsChanged(AT, { directory, ...one })),
  ];
  const between = { ...recordsOf(before, after), before: before.stand, after: after.stand };
  const isSynced = mixed !== undefined && !isAbort(after.record);
  const synced: readonly Obligation[] = isSynced ? [{ kind: 'synced', state: way.from }] : [];
  const skips = skippedBetween(between);
  return {
    ...headOf(change, 'hop'),
    operations: operationsBetween(before.stand, after.stand),
    obligations: findings.length > 0 ? [] : eachOnce([...synced, ...obligationsBetween(between)]),
    ...(skips.length === 0 ? {} : { skips }),
    replaced: pods.filter(one => one.isMeant).map(({ version }) => version),
    findings,
  };
}

const recordsOf = ({ record: old }: ChangeSide, { record }: ChangeSide) => ({
  ...{ record, old },
  ...(old.step === undefined ? {} : { from: old.step }),
});

function unsafe(
  change: Change,
  before: ChangeSide,
  after: NonNullable<Change['after']>,
  broken: Counterexample,
  commands: Commands,
): Finding {
  const { directory, standOf = () => undefined, lacking = [], lostPlan } = change;
  const through = safePassage({
    before: before.stand,
    after: after.stand,
    states: after.record.states,
    standOf,
  });
  const refused = broken.trouble.kind === 'immutable' || broken.trouble.kind === 'same-name';
  return unsafeChange(AT, {
    ...{ directory, from: nameOf(before), to: nameOf(after) },
    ...{ trace: traceSentence(broken), through, refused, lacking, ...commands },
    isByHand: lostPlan !== undefined || !isAsWritten(after.edited),
  });
}

/** What somebody wrote by hand, and what of it has no meaning to the provider's reader that it did not lack before. */
function handFindings(
  { directory, before, lostPlan }: Change,
  after: NonNullable<Change['after']>,
  commands: Commands,
): readonly Finding[] {
  if (lostPlan !== undefined)
    return [planGone(AT, { directory, lostPlan, hadPlan: before?.record.provider !== undefined, ...commands })];
  if (isAsWritten(after.edited)) return [];
  const known = new Set(before === undefined ? [] : meaningOf(before.stand).problems);
  const problems = meaningOf(after.stand).problems.filter(problem => !known.has(problem));
  return [
    editedByHand(AT, { directory, ...after.edited, ...commands }),
    ...(problems.length === 0 ? [] : [notUnderstood(AT, { directory, problems, ...commands })]),
  ];
}

const nameOf = ({ stand, record }: ChangeSide): string => record.step ?? stand.name;

function headOf(
  { directory, before, after, moved }: Partial<Change> & Pick<Change, 'directory'>,
  kind: Verdict['kind'],
) {
  const [from, to] = [before, after].map(side => (side === undefined ? undefined : nameOf(side)));
  return {
    ...{ directory, kind },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(moved === undefined ? {} : { moved }),
  };
}

function operationsBetween(before: Stand, after: Stand): number {
  const [old, now] = [byIdentity(before.objects), byIdentity(after.objects)];
  const identities = new Set([...old.keys(), ...now.keys()]);
  return [...identities].filter(identity => !isEqual(old.get(identity), now.get(identity))).length;
}

/** Whether any object of one stand is an object of the other one, as after a move to another folder. */
export const sharesObjects = (a: Stand, b: Stand): boolean => {
  const known = new Set(a.objects.map(identityOf));
  return b.objects.some(object => known.has(identityOf(object)));
};
