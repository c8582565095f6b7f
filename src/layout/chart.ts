import type { Split } from '../model/traffic.ts';
import { printShare } from '../traffic/share.ts';

/** What a chart needs of a plan. */
export interface Charted {
  readonly versions: readonly { readonly name: string }[];
  /** The last rule of each is the default one. */
  readonly states: readonly {
    readonly name: string;
    readonly kind: string;
    readonly rules: readonly { readonly split: Split }[];
  }[];
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
export function trafficChart(plan: Charted): string {
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

const share = ({ rules }: Charted['states'][number], version: string): number =>
  rules.at(-1)?.split.find(portion => portion.version === version)?.share ?? 0;
