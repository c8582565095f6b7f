import { traceSentence } from '../layout/trouble-words.ts';
import type { Plan } from '../model/plan.ts';
import type { Skip, Skips } from '../skips.ts';
import { alignColumns } from './columns.ts';
import type { Paint } from './paint.ts';

type Verdict = Skip['verdict'];

const SIGNS: { readonly [verdict in Verdict]: string } = { 'any-order': '=', 'once-ready': '~', unsafe: 'x' };
const WORDS: { readonly [verdict in Verdict]: string } = {
  'any-order': 'safe in any order',
  'once-ready': 'safe once ready',
  unsafe: 'loses requests',
};
const VERDICTS: readonly Verdict[] = ['any-order', 'once-ready', 'unsafe'];

/** A table of more states would be wider than a screen. */
const MOST_STATES = 16;

/** Where it is safe to go from where the cluster stands: agents sync the last commit, so states may be left out. */
export function skipSummary({ current }: Plan, { states, verdict }: Skips): readonly string[] {
  const others = states.filter(state => state !== current);
  const to = (wanted: boolean) =>
    runs(states, state => state !== current && (verdict(current, state) !== 'unsafe') === wanted);
  if (others.length === 0) return [];
  if (to(false) === '') return [`From ${current} it is safe to go to any state.`];
  const safe = to(true) === '' ? 'no state' : to(true);
  return [
    `From ${current} it is safe to go to ${safe}; not to ${to(false)}: requests get lost (surefoot plan --skips tells how).`,
  ];
}

/** Every move between two states, a sign each, and those from where the cluster stands that lose requests in words. */
export function skipTable({ current }: Plan, skips: Skips, paint: Paint): readonly string[] {
  const { states, between } = skips;
  const lost = states.filter(to => to !== current).map(to => between(current, to));
  return [
    paint('bold', 'Skips: what becomes of requests where one commit goes from one state to another'),
    ...(states.length <= MOST_STATES ? matrix(skips, paint) : lists(skips)),
    ...lost.flatMap(skip => unsafeLines(skip)),
  ];
}

function matrix({ states, verdict }: Skips, paint: Paint): readonly string[] {
  const numbers = states.map((_, i) => String(i + 1));
  const rows = states.map((from, i) => [
    ...states.map(to => (from === to ? '' : SIGNS[verdict(from, to)])),
    numbers[i]!,
    `from ${from}`,
  ]);
  const legend = VERDICTS.map(one => `${SIGNS[one]} ${WORDS[one]}`).join('   ');
  const [header = '', ...lines] = alignColumns([[...numbers, '', ''], ...rows]);
  return [paint('dim', header), ...lines, paint('dim', `${legend}   columns: to the state of this number`)];
}

const lists = ({ states, verdict }: Skips): readonly string[] =>
  states.flatMap(from => [
    `from ${from}`,
    ...VERDICTS.flatMap(wanted => {
      const found = runs(states, to => to !== from && verdict(from, to) === wanted);
      return found === '' ? [] : [`    ${WORDS[wanted]}: ${found}`];
    }),
  ]);

/** States as asked, those that follow each other as `first … last`. */
function runs(states: readonly string[], is: (state: string) => boolean): string {
  const found: string[][] = [];
  states.forEach((state, i) => {
    if (!is(state)) return;
    const isNext = i > 0 && found.at(-1)?.at(-1) === states[i - 1];
    if (isNext) found.at(-1)!.push(state);
    else found.push([state]);
  });
  return found.map(run => (run.length < 3 ? run.join(', ') : `${run[0]} … ${run.at(-1)}`)).join(', ');
}

function unsafeLines({ from, to, unsafe }: Skip): readonly string[] {
  if (unsafe === undefined) return [];
  const { counterexample, agents, by } = unsafe;
  const who = agents.map(({ agent }) => agent).join(', ');
  return [
    `${from} → ${to}`,
    `    ${traceSentence(counterexample)}`,
    who === '' ? '    no agent that we know works in this order' : `    happens with: ${who}`,
    `    ${by === undefined ? 'no way by other states is safe' : `go by ${by.join(', then ')}`}`,
  ];
}
