import type { JsonSchema } from '../../model/provider.ts';
import type { PlainStepSpec } from '../../model/rollout.ts';
import { duration, LONGEST } from './amounts.ts';
import { PATTERNS } from './patterns.ts';
import { stepRules } from './rule.ts';
import { type Fields, type FieldsOf, record, text, use } from './shapes.ts';
import { abTest, blueGreen, canary, shadow } from './shorthands.ts';

/** Entries of `steps` that stand for several steps. */
export const SHORTHANDS: Fields = { canary, blueGreen, abTest, shadow };

const plain = {
  name: text(PATTERNS.label, LONGEST.step, {
    description:
      'Name of the step, unique on the tape; spec.step points to it. Names such as baseline or abort-x belong to the compiler.',
    examples: ['half'],
  }),
  traffic: use(
    'percents',
    'Percent by version for all requests that no rule takes. Totals 100 and is written in full: a step never depends on the one before it.',
  ),
  mirror: use(
    'percents',
    'Percent of these requests that are also copied to a version, whose answers are dropped; absent: no copies.',
  ),
  rules: stepRules(
    "Rules tried in this order before the step's own traffic; the first that matches wins, and one to which earlier ones leave no request is refused. Absent: none.",
  ),
  fault: use('fault', 'Failures put in for all requests that no rule takes; absent: none.'),
  pause: duration('How long to stay here before the next step, such as 30m; absent: until someone promotes.'),
} satisfies FieldsOf<PlainStepSpec>;

const having = (...names: readonly string[]): JsonSchema => ({
  // ajv's strict mode wants each required name beside it, though the properties stand one level up
  properties: Object.fromEntries(names.map(name => [name, true])),
  required: names,
});

/** Definition `step`. Which kind an entry is follows from the shorthand it holds, so that a mistake is reported once. */
export const step: JsonSchema = {
  ...record(
    { ...plain, ...SHORTHANDS },
    {
      description:
        'A step, with a name and its traffic; or one shorthand that expands to steps: canary, blueGreen, abTest or shadow.',
      examples: [{ name: 'half', traffic: { v1: 50, v2: 50 } }],
    },
  ),
  if: { anyOf: Object.keys(SHORTHANDS).map(name => having(name)) },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { maxProperties: 1 },
  else: having('name', 'traffic'),
};
