import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import { durationText, LONGEST, percentNumber, percents, versionName, versionText } from './amounts.ts';
import { autoscale } from './autoscale.ts';
import { capacity } from './capacity.ts';
import { config } from './config.ts';
import { envValue } from './env.ts';
import {
  environment,
  environmentsOf,
  optionDefinitions,
  optionFields,
  type ProviderOptions,
  providerWord,
} from './layer.ts';
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
    labels: mapOf(text(PATTERNS.labelValue, 63, { description: 'The value of this label.' }), {
      description:
        'Labels of the Rollout itself, to select many by, as in `-l team=payments`; recorded in plan.json, and in no manifest: those of pods stand under spec.workload.',
      names: PATTERNS.labelKey,
      longest: 317,
      max: 32,
      examples: [{ team: 'payments' }],
    }),
  },
  {
    description: 'Which service this is about.',
    required: ['name'],
    examples: [{ name: 'reviews', namespace: 'bookinfo' }],
  },
);

/** How new versions come up. */
export const surge: JsonSchema = word(['full', 'gradual'], {
  description:
    'How a new version comes up: full with all its replicas at once, gradual with as many as its share of the traffic needs. Absent: full.',
  default: DEFAULTS.surge,
});

/** Fields of `spec` that are the same for every provider. */
export const specFields: Fields = {
  step: text(PATTERNS.label, LONGEST.state, {
    description:
      'Where the cluster should stand: the name of a step or state. A promotion changes this line only. Absent: baseline.',
    default: 'baseline',
  }),
  stable: versionName('The version that has all traffic before the first step; absent: the first of spec.versions.'),
  surge,
  ports,
  workload: use(
    'workload',
    'What all versions share: the pods and how they run. A version may set any of these keys again; the nearest wins.',
  ),
  versions,
  route: use('route', 'How requests reach the service and are treated, the same in every step.'),
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
  environments: environmentsOf(
    'environment',
    'Where the rollout goes, by name, and what is different there; never versions or steps. Absent: to every environment of surefoot.yaml, or to the one called default.',
    { staging: { step: 'complete' }, prod: { step: 'canary-20' } },
  ),
};

/** Definitions that surefoot.yaml uses too. */
export const sharedDefinitions: Fields = {
  duration: durationText,
  envValue,
  resources,
  readiness: probe('readiness'),
  liveness: probe('liveness'),
  startup: probe('startup'),
  autoscale,
  capacity,
  config,
  workload,
};

/**
 * The JSON Schema (draft-07) of a Rollout file, for these providers. A provider whose options
 * have no properties gets no key of its own.
 */
export function rolloutSchema(providers: readonly ProviderOptions[]): JsonSchema {
  const spec = record(
    { provider: providerWord(providers, 'what surefoot.yaml says'), ...specFields, ...optionFields(providers) },
    { description: 'Which versions exist and how traffic moves between them.', required: ['versions'] },
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
      ...sharedDefinitions,
      percent: percentNumber,
      versionName: versionText,
      percents,
      textMatch,
      match,
      fault,
      rule,
      stepRule,
      step,
      route,
      version,
      ...optionDefinitions(providers),
      environment: environment(providers),
    },
  };
}
