import type { JsonSchema } from '../../model/provider.ts';
import { PATTERNS } from './patterns.ts';
import { integer, mapOf, text, use } from './shapes.ts';

/** Longest names, chosen so that every name derived from them stays within the 63 characters of a DNS label. */
export const LONGEST = { rollout: 40, version: 20, step: 40, stepPrefix: 32, state: 63, rule: 40, label: 63 } as const;

/** Definition `duration`: a length of time such as `1h30m`. */
export const durationText: JsonSchema = {
  ...text(PATTERNS.duration, 40, { description: 'A length of time: whole numbers with units, the largest first.' }),
  minLength: 1,
};

/** A length of time; `absent` is what counts where none is written. */
export const duration = (description: string, absent?: string): JsonSchema => ({
  ...use('duration', description),
  ...(absent === undefined ? { examples: ['10s'] } : { default: absent }),
});

/** Definition `percent`. How many decimals are meant is the plan's to say: binary fractions have no exact step. */
export const percentNumber: JsonSchema = {
  type: 'number',
  minimum: 0,
  maximum: 100,
  description: 'Percent, 0 to 100, up to two decimals.',
  examples: [10],
};

/** Percent from 0 to 100; `absent` is what counts where none is written. */
export const percent = (description: string, absent?: number): JsonSchema => ({
  ...use('percent', description),
  ...(absent === undefined ? { examples: [10] } : { default: absent }),
});

/** A TCP port. */
export const portNumber = (description: string, absent?: number): JsonSchema =>
  integer(1, 65_535, { description, ...(absent === undefined ? { examples: [8080] } : { default: absent }) });

/** Definition `versionName`. */
export const versionText: JsonSchema = text(PATTERNS.serviceName, LONGEST.version, {
  description: 'The name of a version of spec.versions.',
  examples: ['v2'],
});

/** The name of a version, wherever one is meant. */
export const versionName = (description: string): JsonSchema => ({
  ...use('versionName', description),
  examples: ['v2'],
});

/** Definition `percents`: version → percent. */
export const percents: JsonSchema = mapOf(
  percent(
    'Percent of the requests, 0 to 100, up to two decimals. A version at 0 runs but gets no requests from this rule.',
  ),
  {
    description: 'Percent by version.',
    names: PATTERNS.serviceName,
    longest: LONGEST.version,
    min: 1,
    max: 20,
    examples: [{ v1: 90, v2: 10 }],
  },
);
