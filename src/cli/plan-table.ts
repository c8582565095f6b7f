import { changeWords, extraWords, obligationWords, podCount, splitWords } from '../layout/words.ts';
import type { HopChanges, Replaced } from '../model/compiled.ts';
import { printDuration } from '../model/duration.ts';
import { type Hop, type Plan, type Running, type State, stateOf } from '../model/plan.ts';
import type { PlainRollout } from '../model/rollout.ts';
import { alignColumns } from './columns.ts';
import type { Paint } from './paint.ts';

/** A plan and what each of its hops changes, in the order of the hops. */
export interface PlannedRollout {
  readonly source: string;
  readonly plan: Plan;
  readonly changes: readonly HopChanges[];
  /** Versions whose pods the next sync replaces in place, on purpose; absent: none. */
  readonly replaced?: readonly Replaced[];
  /** What was planned, every layer merged. */
  readonly rollout: PlainRollout;
  /** What is said of moves between states, line by line; absent: nothing. */
  readonly skips?: readonly string[];
}

/** A plan for people: its states as a table, then its hops with what each changes and what must be seen before. */
export function printPlan(
  { source, plan, changes, replaced = [], skips = [] }: Omit<PlannedRollout, 'rollout'>,
  paint: Paint,
): string {
  const title = `${plan.namespace}/${plan.rollout}`;
  const about = `${plan.provider}, environment ${plan.environment}, ${source}`;
  const hops = [...replaceHops(plan, replaced), ...hopList(plan, changes, paint)];
  return [
    `${paint('bold', title)}  ${about}`,
    '',
    ...stateTable(plan, paint),
    '',
    ...hops,
    ...(skips.length === 0 ? [] : ['', ...skips]),
  ]
    .map(line => `${line}\n`)
    .join('');
}

const HEADER = ['', 'state', 'kind', 'traffic', 'mirror', 'rules', 'pods', 'pause'];

/** One line per state; a sign marks the current one. */
export function stateTable(plan: Plan, paint: Paint): readonly string[] {
  const rows = plan.states.map(state => stateRow(plan, state));
  const [header, ...lines] = alignColumns([HEADER, ...rows]);
  return [
    paint('dim', header ?? ''),
    ...lines.map((line, index) => (plan.states[index]?.name === plan.current ? paint('bold', line) : line)),
  ];
}

function stateRow(plan: Plan, state: State): readonly string[] {
  const last = state.rules.at(-1);
  return [
    state.name === plan.current ? '➤' : '',
    state.name,
    state.kind,
    splitWords(last?.split ?? []) || '-',
    splitWords(last?.mirror ?? []) || '-',
    extraWords(withoutMirror(state)).join('; ') || '-',
    state.running.map(running => podsOf(plan, running)).join(', ') || '-',
    pauseOf(state),
  ];
}

/** The mirror of the default rule has a column of its own. */
const withoutMirror = (state: State): State => ({
  ...state,
  rules: state.rules.map((rule, index) => (index === state.rules.length - 1 ? { ...rule, mirror: [] } : rule)),
});

const podsOf = (plan: Plan, running: Running): string =>
  plan.versions.some(({ name, kind }) => name === running.version && kind === 'service')
    ? `${running.version} elsewhere`
    : `${running.version} ${podCount(plan, running)}`;

const pauseOf = ({ kind, pause }: State): string => {
  if (pause !== undefined) return printDuration(pause);
  return kind === 'step' ? 'until promoted' : '-';
};

/** The hop that the next sync makes in place, where versions that serve are edited on purpose. */
const replaceHops = ({ current }: Plan, replaced: readonly Replaced[]): readonly string[] =>
  replaced.length === 0
    ? []
    : [
        `${current} → ${current}  replace`,
        ...replaced.map(({ version, parts }) => `    replaces the pods of ${version}: ${parts.join(', ')}`),
      ];

/** Each hop with its kind; below it what it does to objects, and what must have been seen before it. */
export function hopList(plan: Plan, changes: readonly HopChanges[], paint: Paint): readonly string[] {
  const shown = plan.hops.flatMap((hop, index) => (isShown(plan, hop) ? [{ hop, changed: changes[index] }] : []));
  const titles = alignColumns(shown.map(({ hop }) => [`${hop.from} → ${hop.to}`, hop.kind]));
  const lines = shown.flatMap(({ hop, changed }, index) => {
    const before = hop.obligations.map(obligationWords).join(', ');
    return [
      titles[index] ?? '',
      ...(changed === undefined ? [] : [`    ${changeWords(changed)}`]),
      ...(before === '' ? [] : [paint('dim', `    once ${before}`)]),
    ];
  });
  const left = plan.hops.length - shown.length;
  return left === 0
    ? lines
    : [...lines, paint('dim', `and ${left} hops to, from and after other aborts: -o json tells them`)];
}

/** Hops along the tape, and the aborts that can be taken from where the cluster stands. */
function isShown(plan: Plan, hop: Hop): boolean {
  const abort = [hop.from, hop.to].find(name => stateOf(plan, name).kind === 'abort');
  return abort === undefined || abort === plan.current || abort === `abort-${plan.current}`;
}
