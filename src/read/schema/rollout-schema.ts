import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import { durationText, LONGEST, percentNumber, percents, versionName, versionText } from './amounts.ts';
import { envValue } from './env.ts';
import { match, textMatch } from './match.ts';
import { PATTERNS } from './patterns.ts';
import { ports } from './ports.ts';
import { probe } from './probe.ts';
import { route } from './route.ts';
import { fault, rule, stepRule } from './rule.ts';
import { type Fields, listOf, mapOf, record, text, use, word } from './shapes.ts';
import { step } from './step.ts';
import { version, versions } from './version.ts';
import { resources, workload } from './workload.ts';

/** A provider's word and the schema of its own settings. */
export interface ProviderOptions {
  readonly name: string;
  readonly options: JsonSchema;
}

/** What a Rollout file says it is. */
export const API_VERSION = 'surefoot.dev/v1';
export const KIND = 'Rollout';

const metadata = record(
  {
    name: text(PATTERNS.serviceName, LONGEST.rollout, {
      description: `Name of the service that clients call, unique in its namespace; at most ${LONGEST.rollout} characters, because other names are built from it.`,
    }),
    namespace: text(PATTERNS.label, LONGEST.label, {
      description: `Namespace of every object; absent: ${DEFAULTS.namespace}.`,
      default: DEFAULTS.namespace,
    }),
  },
  {
    description: 'Which service this is about.',
    required: ['name'],
    examples: [{ name: 'reviews', namespace: 'bookinfo' }],
  },
);

/** Fields of `spec` that are the same for every provider. */
export const specFields: Fields = {
  step: text(PATTERNS.label, LONGEST.state, {
    description:
      'Where the cluster should stand: the name of a step or state. A promotion changes this line only. Absent: baseline.',
    default: 'baseline',
  }),
  stable: versionName('The version that has all traffic before the first step; absent: the first of spec.versions.'),
  surge: word(['full', 'gradual'], {
    description:
      'How a new version comes up: full with all its replicas at once, gradual with as many as its share of the traffic needs. Absent: full.',
    default: DEFAULTS.surge,
  }),
  ports,
  workload: use(
    'workload',
    'What all versions share: the pods and how they run. A version may set any of these keys again; the nearest wins.',
  ),
  versions,
  route,
  rules: mapOf(use('rule', 'A rule: some requests and where they go. It does nothing until a step names it.'), {
    description: 'Rules by name, switched on by the steps that name them.',
    names: PATTERNS.label,
    longest: LONGEST.rule,
    max: 64,
    examples: [{ testers: { match: [{ headers: { 'end-user': 'jason' } }], traffic: { v2: 100 } } }],
  }),
  steps: listOf(use('step', 'A step, or a shorthand that expands to steps.'), {
    description: 'The steps in order, release after release; absent: the service only stands at its baseline.',
    max: 100,
    examples: [[{ name: 'half', traffic: { v1: 50, v2: 50 } }]],
  }),
};

/**
 * The JSON Schema (draft-07) of a Rollout file, for these providers. A provider whose options
 * have no properties gets no key of its own.
 */
export function rolloutSchema(providers: readonly ProviderOptions[]): JsonSchema {
  const provider = word(
    providers.map(p => p.name),
    { description: 'Which technology routes the traffic.' },
  );
  const spec = record(
    { provider, ...specFields, ...optionFields(providers) },
    { description: 'Which versions exist and how traffic moves between them.', required: ['provider', 'versions'] },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://surefoot.dev/schemas/v1/rollout.schema.json',
    title: 'Surefoot Rollout',
    ...record(
      {
        apiVersion: word([API_VERSION], { description: `The version of this language: ${API_VERSION}.` }),
        kind: word([KIND], { description: `What this file is: a ${KIND}.` }),
        metadata,
        spec,
      },
      {
        description: 'A service, its versions and the steps by which traffic moves between them.',
        required: ['apiVersion', 'kind', 'metadata', 'spec'],
      },
    ),
    definitions: {
      duration: durationText,
      percent: percentNumber,
      versionName: versionText,
      percents,
      textMatch,
      match,
      fault,
      rule,
      stepRule,
      step,
      envValue,
      resources,
      readiness: probe('readiness'),
      liveness: probe('liveness'),
      startup: probe('startup'),
      workload,
      version,
    },
  };
}

function optionFields(providers: readonly ProviderOptions[]): Fields {
  const withOptions = providers.filter(p => Object.keys(p.options['properties'] ?? {}).length > 0);
  return Object.fromEntries(
    withOptions.map(({ name, options }) => [
      name,
      { description: `Settings that only ${name} has.`, additionalProperties: false, type: 'object', ...options },
    ]),
  );
}
