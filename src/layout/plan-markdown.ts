import type { HopChanges } from '../model/compiled.ts';
import { printDuration } from '../model/duration.ts';
import { type Hop, type Plan, type State, stateOf } from '../model/plan.ts';
import { printShare } from '../traffic/share.ts';
import { codeSpan, plainText, table } from './markdown.ts';
import { htmlHeader } from './paths.ts';
import { shellWord } from './shell-word.ts';
import { changeWords, extraWords, matchWords, obligationWords, podCount } from './words.ts';

/** The plan as a page for people: states × versions, a chart of traffic, hops, obligations and what to type next. */
export function planMarkdown(plan: Plan, source: string, changes: readonly HopChanges[]): string {
  return [
    htmlHeader(source),
    `# ${plan.rollout}`,
    `Provider **${plan.provider}**, namespace **${plan.namespace}**, environment **${plan.environment}**. The cluster should stand at **${plan.current}**.`,
    '## States',
    statesTable(plan),
    chart(plan),
    ...ruleSection(plan),
    '## Hops',
    hopsTable(plan, changes),
    ...abortSection(plan, changes),
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

/** Colours that people with any kind of colour vision tell apart (Okabe and Ito), with their names. */
const COLOURS: readonly (readonly [colour: string, name: string])[] = [
  ['#0072B2', 'blue'],
  ['#D55E00', 'vermilion'],
  ['#009E73', 'green'],
  ['#CC79A7', 'pink'],
  ['#E69F00', 'orange'],
  ['#56B4E9', 'sky blue'],
  ['#000000', 'black'],
];

/** One line per version over the states of the tape; Mermaid draws no legend, so a sentence gives it. */
function chart(plan: Plan): string {
  const states = plan.states.filter(state => state.kind !== 'abort');
  const shown = plan.versions.slice(0, COLOURS.length);
  const lines = shown.map(({ name }) => `  line [${states.map(state => printShare(share(state, name))).join(', ')}]`);
  const legend = shown.map(({ name }, i) => `${COLOURS[i]![1]} is ${name}`).join(', ');
  const palette = shown.map((_, i) => COLOURS[i]![0]).join(', ');
  return [
    '```mermaid',
    `%%{init: {"xyChart": {"width": ${Math.max(600, 110 * states.length)}, "height": 320}, "themeVariables": {"xyChart": {"plotColorPalette": "${palette}"}}}}%%`,
    'xychart-beta',
    '  title "Traffic in percent"',
    `  x-axis [${states.map(state => `"${state.name}"`).join(', ')}]`,
    '  y-axis "percent" 0 --> 100',
    ...lines,
    '```',
    '',
    `In the chart ${legend}.`,
  ].join('\n');
}

const share = (state: State, version: string): number =>
  state.rules.at(-1)!.split.find(p => p.version === version)?.share ?? 0;

function ruleSection(plan: Plan): readonly string[] {
  const rules = plan.states.flatMap(state => state.rules.slice(0, -1));
  const byName = new Map(rules.map(rule => [`${rule.name} ${matchWords(rule)}`, rule]));
  if (byName.size === 0) return [];
  return [
    '## Rules',
    [...byName.values()].map(rule => `- **${rule.name}**: ${plainText(matchWords(rule))}`).join('\n'),
  ];
}

const fromAbort = (plan: Plan, hop: Hop): boolean => stateOf(plan, hop.from).kind === 'abort';

/** Hops along the tape; those to an abort and from it have a table of their own. */
function hopsTable(plan: Plan, changes: readonly HopChanges[]): string {
  const rows = plan.hops.flatMap((hop, i) =>
    hop.kind === 'abort' || fromAbort(plan, hop)
      ? []
      : [[`${hop.from} → ${hop.to}`, hop.kind, changeWords(changes[i]!), toBeSeen(hop)]],
  );
  return table(['hop', 'kind', 'what it changes', 'to be seen first'], 'llll', rows);
}

const toBeSeen = (hop: Hop): string => hop.obligations.map(obligationWords).join('; ');

/** One line per abort: what it changes, what must be seen to resume, and where to go to give the release up. */
function abortSection(plan: Plan, changes: readonly HopChanges[]): readonly string[] {
  const rows = plan.hops.flatMap((hop, i) => {
    if (hop.kind !== 'abort') return [];
    const resume = plan.hops.find(other => other.from === hop.to && other.kind === 'resume');
    const giveUp = plan.hops.find(other => other.from === hop.to && other.kind === 'retire');
    const last = giveUp === undefined ? '' : `${giveUp.to}, once ${toBeSeen(giveUp)}`;
    return [[hop.to, changeWords(changes[i]!), resume === undefined ? '' : toBeSeen(resume), last]];
  });
  if (rows.length === 0) return [];
  return [
    '## Aborts',
    'Nothing needs to be seen before an abort.',
    table(['abort', 'what it changes', 'to be seen before resuming', 'to give the release up'], 'llll', rows),
  ];
}

function next(plan: Plan, source: string): string {
  const from = plan.hops.filter(hop => hop.from === plan.current);
  const forward = from.find(hop => hop.kind !== 'abort' && !(hop.kind === 'retire' && fromAbort(plan, hop)));
  const abort = from.find(hop => hop.kind === 'abort');
  return [
    ...(forward === undefined
      ? ['This is the end of the tape: a new release appends versions and steps.']
      : [command(forward, source, 'Promote')]),
    ...(abort === undefined ? [] : [command(abort, source, 'Abort')]),
  ].join('\n\n');
}

function command(hop: Hop, source: string, verb: string): string {
  const seen = hop.obligations.map(obligationWords).join(', and ');
  return [
    `${verb}${seen === '' ? '' : `, once ${seen}`}: write \`step: ${hop.to}\` in ${codeSpan(source)}, then`,
    '',
    '```sh',
    'surefoot synth',
    `git add ${shellWord(gitPath(source))} out`,
    `git commit -m "rollout: ${hop.from} to ${hop.to}"`,
    '```',
  ].join('\n');
}

/** A dash would begin an option of git, a colon a magic pathspec (https://git-scm.com/docs/gitglossary#def_pathspec). */
const gitPath = (path: string): string => (/^[-:]/.test(path) ? `./${path}` : path);
