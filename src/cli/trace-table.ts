import { visible } from '../layout/visible.ts';
import { faultWords, matchWords } from '../layout/words.ts';
import { printDuration } from '../model/duration.ts';
import { naturally } from '../model/order.ts';
import type { Plan, Retries } from '../model/plan.ts';
import type { Answer, AnswerPortion, Taken } from '../review/answer.ts';
import { printShare } from '../traffic/share.ts';
import { alignColumns } from './columns.ts';
import type { Paint } from './paint.ts';

/** A Rollout of one environment, and what becomes of the request in its states. */
export interface TracedRollout {
  readonly source: string;
  readonly plan: Plan;
  readonly answers: readonly Answer[];
}

/** For people: a line for each state, and below it what is the same in all of them. */
export function printTrace({ source, plan, answers }: TracedRollout, paint: Paint): string {
  const title = `${plan.namespace}/${plan.rollout}`;
  const about = `${plan.provider}, environment ${plan.environment}, ${source}`;
  return [`${paint('bold', title)}  ${visible(about)}`, '', ...answerTable(plan, answers, paint), ...alike(answers)]
    .map(line => `${line}\n`)
    .join('');
}

interface Column {
  readonly head: string;
  readonly cell: (answer: Answer) => string;
}

/** An arrow marks the state in which the cluster should stand; columns that hold nothing are left out. */
function answerTable({ current }: Plan, answers: readonly Answer[], paint: Paint): readonly string[] {
  const fixed: readonly Column[] = [
    { head: '', cell: ({ state }) => (state === current ? '➤' : '') },
    { head: 'state', cell: ({ state }) => state },
    { head: 'rule', cell: ruleCell },
  ];
  const columns = [...fixed, ...columnsOf(answers).filter(({ cell }) => answers.some(answer => cell(answer) !== ''))];
  const rows = answers.map(answer =>
    columns.map(({ cell }, index) => visible(cell(answer)) || (index === 0 ? '' : '-')),
  );
  const [header = '', ...lines] = alignColumns([columns.map(({ head }) => head), ...rows]);
  return [
    paint('dim', header),
    ...lines.map((line, index) => (answers[index]?.state === current ? paint('bold', line) : line)),
  ];
}

function columnsOf(answers: readonly Answer[]): readonly Column[] {
  const portions = answers.flatMap(answer => (answer.rule === null ? [] : answer.split));
  const versions = [...new Set(portions.flatMap(portion => ('version' in portion ? [portion.version] : [])))];
  return [
    ...versions.sort(naturally).map(version => ({
      head: version,
      cell: ofTaken(({ split }) =>
        split.map(p => ('version' in p && p.version === version ? `${printShare(p.share)} %` : '')).join(''),
      ),
    })),
    { head: 'pods', cell: ofTaken(podsCell) },
    { head: 'copies', cell: ofTaken(({ mirror }) => mirror.map(portionWords).join(', ')) },
    { head: 'fault', cell: ofTaken(({ fault }) => faultWords(fault).join(', ')) },
    ...TREATMENTS.filter(({ cell }) => !isAlike(answers, cell)),
    { head: 'fails', cell: failsCell },
  ];
}

const ofTaken =
  (cell: (answer: Taken) => string): Column['cell'] =>
  answer =>
    answer.rule === null ? '' : cell(answer);

function ruleCell(answer: Answer): string {
  if (answer.rule === null) return 'none';
  const { rule, met } = answer;
  return rule === 'default' || met === undefined ? rule : `${rule}: ${matchWords({ matches: [met] })}`;
}

/** `v1 3 : v2 1`, where the numbers of pods make the split. */
const podsCell = ({ split }: Taken): string =>
  split.flatMap(p => ('version' in p && p.pods !== undefined ? [`${p.version} ${p.pods}`] : [])).join(' : ');

const portionWords = (portion: AnswerPortion): string =>
  'version' in portion
    ? `${portion.version} ${printShare(portion.share)} %`
    : `${printShare(portion.share)} % nowhere (${portion.missing})`;

const failsCell = (answer: Answer): string =>
  answer.rule === null
    ? answer.why
    : answer.split.flatMap(p => ('missing' in p ? [`${printShare(p.share)} %: ${p.missing}`] : [])).join('; ');

/** What a route says of every request that a rule takes: one line below the table where all states agree. */
const TREATMENTS: readonly Column[] = [
  { head: 'timeout', cell: ofTaken(timeoutCell) },
  { head: 'retries', cell: ofTaken(({ retries }) => retriesWords(retries)) },
  { head: 'rewrite', cell: ofTaken(({ rewrite }) => rewrite ?? '') },
];

function timeoutCell({ timeout, split }: Taken): string {
  const all = [timeout, ...split.map(p => ('version' in p ? p.timeout : undefined))].filter(t => t !== undefined);
  return [...new Set(all)].map(printDuration).join(', ');
}

function retriesWords(retries: Retries | undefined): string {
  if (retries === undefined) return '';
  const { attempts, perTryTimeout, retryOn } = retries;
  const each = perTryTimeout === undefined ? '' : ` of ${printDuration(perTryTimeout)} each`;
  return `${attempts}${each}${retryOn.length === 0 ? '' : `, on ${retryOn.join(', ')}`}`;
}

const isAlike = (answers: readonly Answer[], cell: Column['cell']): boolean =>
  new Set(answers.filter(({ rule }) => rule !== null).map(cell)).size <= 1;

function alike(answers: readonly Answer[]): readonly string[] {
  const taken = answers.find(({ rule }) => rule !== null);
  if (taken === undefined) return [];
  const parts = TREATMENTS.filter(({ cell }) => isAlike(answers, cell) && cell(taken) !== '');
  return parts.length === 0
    ? []
    : ['', `wherever a rule takes it: ${parts.map(({ head, cell }) => `${head} ${visible(cell(taken))}`).join('; ')}`];
}
