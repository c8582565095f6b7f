import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { AbTestSpec, BlueGreenSpec, CanarySpec, ShadowSpec } from '../../model/rollout.ts';
import { duration, LONGEST, percent, versionName } from './amounts.ts';
import { matches } from './match.ts';
import { PATTERNS } from './patterns.ts';
import { stepRules } from './rule.ts';
import { type FieldsOf, listOf, record, text } from './shapes.ts';

const pause = (where: string): JsonSchema =>
  duration(`How long to stay at ${where}, such as 30m; absent: until someone promotes.`);
const name = (longest: number, description: string, about: { default: string } | { examples: string[] }): JsonSchema =>
  text(PATTERNS.label, longest, { description, ...about });

export const canary: JsonSchema = record(
  {
    to: versionName('The version that gets more and more of the traffic; the version that had it all keeps the rest.'),
    weights: listOf(percent('Percent that `to` gets in this step.'), {
      description: 'One step per weight, in percent: [1, 5, 20, 50] gives canary-1, canary-5, canary-20 and canary-50.',
      min: 1,
      max: 50,
      examples: [[1, 5, 20, 50]],
    }),
    pause: pause('each weight'),
    rules: stepRules('Rules tried before the split, in each of the steps; absent: none.'),
    name: name(LONGEST.stepPrefix, "First part of the steps' names; absent: canary.", { default: 'canary' }),
  } satisfies FieldsOf<CanarySpec>,
  {
    description: 'Moves traffic to a version weight by weight; a last step with all of it is written beside.',
    required: ['to', 'weights'],
    examples: [{ to: 'v2', weights: [1, 5, 20, 50] }],
  },
);

export const blueGreen: JsonSchema = record(
  {
    to: versionName('The version that takes over all traffic at once.'),
    preview: {
      type: 'boolean',
      default: true,
      description:
        'Whether a step `preview`, in which `to` runs without public traffic, comes before the step `switch`; absent: true.',
    },
    rules: stepRules('Rules of the preview: who sees `to` before all others do; absent: nobody.'),
    pause: pause('the preview'),
    name: name(LONGEST.stepPrefix, 'Put before the names of the two steps, with a dash; absent: nothing.', {
      examples: ['may'],
    }),
  } satisfies FieldsOf<BlueGreenSpec>,
  {
    description: 'Brings a version up unseen, then sends it all traffic at once.',
    required: ['to'],
    examples: [{ to: 'v2' }],
  },
);

export const abTest: JsonSchema = record(
  {
    to: versionName('The version that the matching requests go to; all others stay.'),
    match: matches('Which requests go to `to`: any entry of the list is enough, and all keys of that entry must hold.'),
    pause: pause('this step'),
    name: name(LONGEST.step, 'Name of the step; absent: ab-test.', { default: 'ab-test' }),
  } satisfies FieldsOf<AbTestSpec>,
  {
    description: 'One step in which requests that match go to another version.',
    required: ['to', 'match'],
    examples: [{ to: 'v2', match: [{ cookies: { beta: '1' } }] }],
  },
);

export const shadow: JsonSchema = record(
  {
    to: versionName('The version that gets copies of requests; its answers are dropped.'),
    percent: percent(
      `Percent of the requests that are copied; absent: ${DEFAULTS.shadowPercent}.`,
      DEFAULTS.shadowPercent,
    ),
    pause: pause('this step'),
    name: name(LONGEST.step, 'Name of the step; absent: shadow.', { default: 'shadow' }),
  } satisfies FieldsOf<ShadowSpec>,
  {
    description: 'One step in which a version gets copies of real requests and answers nobody.',
    required: ['to'],
    examples: [{ to: 'v2', percent: 10 }],
  },
);
