import { DEFAULTS } from '../model/defaults.ts';
import { printDuration } from '../model/duration.ts';
import { entry } from '../model/once.ts';
import type { Hop, Plan, State } from '../model/plan.ts';
import { printShare } from '../traffic/share.ts';
import { trafficChart } from './chart.ts';
import { abortSection, fromAbort, hopsTable, riskSection } from './hop-tables.ts';
import { plainText, table } from './markdown.ts';
import { htmlHeader } from './paths.ts';
import type { Proved } from './plan-json.ts';
import { shellWord } from './shell-word.ts';
import { extraWords, matchWords, obligationWords, podCount } from './words.ts';

/** The plan as a page for people: states × versions, a chart of traffic, hops, obligations and what to type next. */
export function planMarkdown(plan: Plan, source: string, proved: Proved): string {
  return [
    htmlHeader(source),
    `# ${plan.rollout}`,
    `Provider **${plan.provider}**, namespace **${plan.namespace}**, environment **${plan.environment}**. The cluster should stand at **${plan.current}**.`,
    '## States',
    statesTable(plan),
    trafficChart(plan),
    fromNothing(plan, proved),
    ...ruleSection(plan),
    '## Hops',
    hopsTable(plan, proved),
    ...abortSection(plan, proved),
    ...riskSection(proved),
    '## Next',
    next(plan, source),
  ]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');
}

function statesTable(plan: Plan): string {
  const names = plan.versions.map(version => version.name);
  const head = ['', 'state', ...names, 'besides', 'pods', 'stay'];
  return table(
    head,
    `ll${'r'.repeat(names.length)}lll`,
    plan.states.map(state => stateRow(plan, state, names)),
  );
}

function stateRow(plan: Plan, state: State, names: readonly string[]): readonly string[] {
  const current = state.name === plan.current;
  return [
    current ? '➤' : '',
    current ? `**${state.name}**` : state.name,
    ...names.map(name => shareCell(state, name)),
    extraWords(state).map(plainText).join('<br>'),
    state.running
      .filter(r => r.replicas > 0)
      .map(r => `${r.version} × ${podCount(plan, r)}`)
      .join(', '),
    state.kind !== 'step' ? '' : state.pause === undefined ? 'until promoted' : printDuration(state.pause),
  ];
}

/** Percent of a version; a dot where it runs without requests, nothing where it does not run. */
function shareCell(state: State, version: string): string {
  const portion = state.rules.at(-1)!.split.find(p => p.version === version);
  if (portion !== undefined) return `${printShare(portion.share)} %`;
  return state.running.some(r => r.version === version) ? '·' : '';
}

/** What an empty cluster needs before a state, a line for each such need. */
function fromNothing({ states }: Plan, { needsFirst }: Proved): string {
  if (needsFirst.size === 0) return 'Every state works in an empty cluster by itself.';
  const byNeed = new Map<string, string[]>();
  for (const { name } of states) {
    const needed = needsFirst.get(name);
    if (needed !== undefined) entry(byNeed, needed.join(', then '), (): string[] => []).push(name);
  }
  return [...byNeed]
    .map(([first, names]) => `In an empty cluster, apply ${first} before ${names.join(', ')}.`)
    .join('\n');
}

function ruleSection(plan: Plan): readonly string[] {
  const rules = plan.states.flatMap(state => state.rules.slice(0, -1));
  const byName = new Map(rules.map(rule => [`${rule.name} ${matchWords(rule)}`, rule]));
  if (byName.size === 0) return [];
  return [
    '## Rules',
    [...byName.values()].map(rule => `- **${rule.name}**: ${plainText(matchWords(rule))}`).join('\n'),
  ];
}

function next(plan: Plan, source: string): string {
  const from = plan.hops.filter(hop => hop.from === plan.current);
  const forward = from.find(hop => hop.kind !== 'abort' && !(hop.kind === 'retire' && fromAbort(plan, hop)));
  const abort = from.find(hop => hop.kind === 'abort');
  return [
    ...(forward === undefined
      ? ['This is the end of the tape: a new release appends versions and steps.']
      : [command(plan, forward, source, forward.kind === 'resume' ? 'resume' : 'promote')]),
    ...(abort === undefined ? [] : [command(plan, abort, source, 'abort')]),
  ].join('\n\n');
}

function command({ environment }: Plan, hop: Hop, source: string, verb: 'promote' | 'resume' | 'abort'): string {
  const seen = hop.obligations.map(obligationWords).join(', and ');
  const where = environment === DEFAULTS.environment ? '' : ` --env ${environment}`;
  return [
    `To **${hop.to}**${seen === '' ? '' : `, once ${seen}`}:`,
    '',
    '```sh',
    `surefoot ${verb} ${shellWord(pathOf(source))}${where} --commit`,
    '```',
  ].join('\n');
}

/** A dash would begin an option. */
const pathOf = (path: string): string => (path.startsWith('-') ? `./${path}` : path);
