import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { FaultSpec, RuleSpec } from '../../model/rollout.ts';
import { duration, LONGEST, percent } from './amounts.ts';
import { matches } from './match.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, integer, listOf, record, text, use } from './shapes.ts';

const { faultPercent } = DEFAULTS;

/** Definition `fault`. */
export const fault: JsonSchema = {
  ...record(
    {
      delay: record(
        {
          duration: duration('How long the request waits before it goes on, such as 3s.'),
          percent: percent(`Percent of the requests that wait; absent: ${faultPercent}.`, faultPercent),
        },
        { description: 'Makes requests wait.', required: ['duration'], examples: [{ duration: '3s', percent: 10 }] },
      ),
      abort: record(
        {
          status: integer(200, 599, { description: 'HTTP status of the answer, such as 503.', examples: [503] }),
          percent: percent(`Percent of the requests that are answered so; absent: ${faultPercent}.`, faultPercent),
        },
        {
          description: 'Answers in place of the service.',
          required: ['status'],
          examples: [{ status: 503, percent: 10 }],
        },
      ),
    } satisfies FieldsOf<FaultSpec>,
    {
      description: 'Failures put in on purpose, to rehearse them: delay, abort or both.',
      examples: [{ abort: { status: 503, percent: 10 } }],
    },
  ),
  minProperties: 1,
};

const ruleFields = {
  match: matches(
    'Which requests this rule takes: any entry of the list is enough, and all keys of that entry must hold.',
  ),
  traffic: use('percents', 'Percent by version for the requests that match; totals 100.'),
  mirror: use(
    'percents',
    'Percent of the matching requests that are also copied to a version, whose answers are dropped; absent: no copies.',
  ),
  fault: use('fault', 'Failures put in for the matching requests; absent: none.'),
} satisfies FieldsOf<RuleSpec>;

const required = ['match', 'traffic'];

/** Definition `rule`: an entry of `spec.rules`. */
export const rule: JsonSchema = record(ruleFields, {
  description: 'A rule: some requests and where they go. It does nothing until a step names it.',
  required,
});

const named = record(
  {
    name: text(PATTERNS.label, LONGEST.rule, {
      description: 'Name of this rule, unlike that of any other rule of the step.',
      examples: ['testers'],
    }),
    ...ruleFields,
  },
  {
    description: 'The name of a rule under spec.rules, or a rule with a name of its own written here.',
    required: ['name', ...required],
  },
);

/** Definition `stepRule`: a name, or a rule written on the spot. */
export const stepRule: JsonSchema = {
  ...named,
  type: ['string', 'object'],
  pattern: PATTERNS.label.source,
  maxLength: LONGEST.rule,
  examples: ['testers'],
};

/** The rules of a step. */
export const stepRules = (description: string): JsonSchema =>
  listOf(use('stepRule', 'The name of a rule under spec.rules, or a rule written here.'), {
    description,
    max: 16,
    examples: [['testers']],
  });
