import type { JsonSchema } from '../../model/provider.ts';
import { PATTERNS } from './patterns.ts';
import { mapOf, oneOfFields, prose, record, text, use } from './shapes.ts';

const LONGEST_VALUE = 32_768;

const keyOf = (object: string): JsonSchema =>
  record(
    {
      name: text(PATTERNS.subdomain, 253, { description: `Name of the ${object}, in the namespace of the rollout.` }),
      key: text(PATTERNS.dataKey, 253, { description: `The key of the ${object}'s data whose value is meant.` }),
    },
    {
      description: `The value of one key of a ${object} that exists in the cluster.`,
      required: ['name', 'key'],
      examples: [{ name: 'reviews', key: 'password' }],
    },
  );

const sources = oneOfFields(
  {
    secretKeyRef: keyOf('Secret'),
    configMapKeyRef: keyOf('ConfigMap'),
    notSecret: prose(LONGEST_VALUE, {
      description:
        'The value as text, where its name or its look would be taken for a secret. Everybody who can read the repository can read it.',
      examples: ['per-request'],
    }),
    fieldRef: record(
      {
        fieldPath: text(PATTERNS.fieldPath, 256, {
          description: 'The field of the pod, such as metadata.name or status.podIP.',
        }),
      },
      {
        description: 'The value of a field of the pod itself.',
        required: ['fieldPath'],
        examples: [{ fieldPath: 'metadata.name' }],
      },
    ),
  },
  {
    description:
      'A text, or where the value comes from: one of secretKeyRef, configMapKeyRef or fieldRef. A text that only looks like a secret is written as notSecret.',
  },
);

/** Definition `envValue`. One schema with two types, because a choice of schemas reports one mistake several times. */
export const envValue: JsonSchema = {
  ...sources,
  type: ['string', 'object'],
  maxLength: LONGEST_VALUE,
  examples: ['info'],
};

/** Environment variables by name. */
export const env: JsonSchema = mapOf(
  use('envValue', 'The value: a text (numbers and booleans in quotes), or where it comes from.'),
  {
    description:
      'Environment variables by name. Keys of a version are added to those of the workload. Secrets are referred to, never written here: a text whose name ends like one (PASSWORD, TOKEN, API_KEY …) or that looks like one is refused.',
    names: PATTERNS.envName,
    longest: 253,
    max: 100,
    examples: [{ LOG_LEVEL: 'info' }],
  },
);
