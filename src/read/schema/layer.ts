import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import { LONGEST } from './amounts.ts';
import { PATTERNS } from './patterns.ts';
import { type Fields, mapOf, record, text, use, word } from './shapes.ts';

/** A provider's word, the schema of its own settings, and that of the facts it asks about clusters. */
export interface ProviderOptions {
  readonly name: string;
  readonly options: JsonSchema;
  readonly facts?: JsonSchema;
}

/** Longest name of an environment: a folder, and part of host names. */
export const LONGEST_ENVIRONMENT = 63;

/** `provider`, of those that there are. */
export const providerWord = (providers: readonly ProviderOptions[], absent: string): JsonSchema =>
  word(
    providers.map(p => p.name),
    { description: `Which technology routes the traffic; absent: ${absent}.` },
  );

/** Settings under the providers' own keys. */
export const optionFields = (providers: readonly ProviderOptions[]): Fields =>
  Object.fromEntries(
    providers.filter(hasOptions).map(({ name }) => [name, use(`${name}Options`, `Settings that only ${name} has.`)]),
  );

/** A definition for the settings of each provider that has some. */
export const optionDefinitions = (providers: readonly ProviderOptions[]): Fields =>
  Object.fromEntries(
    providers
      .filter(hasOptions)
      .map(({ name, options }) => [
        `${name}Options`,
        { description: `Settings that only ${name} has.`, additionalProperties: false, type: 'object', ...options },
      ]),
  );

const hasOptions = ({ options }: ProviderOptions): boolean => Object.keys(options['properties'] ?? {}).length > 0;

/** Keys that every layer may set. */
export const layerFields = (providers: readonly ProviderOptions[], farther: string, route: string): Fields => ({
  namespace: text(PATTERNS.label, LONGEST.label, {
    description: `Namespace of every object; absent: ${farther}, at last ${DEFAULTS.namespace}.`,
    examples: ['bookinfo'],
  }),
  provider: providerWord(providers, farther),
  workload: use('workload', 'What the pods are and how they run; merged key by key over what farther layers say.'),
  route: use(route, 'How requests reach the service; merged key by key over what farther layers say.'),
  ...optionFields(providers),
});

/** A map of environments by name. */
export const environmentsOf = (definition: string, description: string, example: JsonSchema): JsonSchema =>
  mapOf(use(definition, 'What is different in this environment; an empty map: nothing.'), {
    description,
    names: PATTERNS.label,
    longest: LONGEST_ENVIRONMENT,
    min: 1,
    max: 32,
    examples: [example],
  });

/** Definition `environment`, of a Rollout. */
export const environment = (providers: readonly ProviderOptions[]): JsonSchema =>
  record(
    {
      step: text(PATTERNS.label, LONGEST.state, {
        description: 'Where this environment should stand; absent: spec.step.',
        examples: ['canary-20'],
      }),
      ...layerFields(providers, 'what spec says', 'route'),
    },
    {
      description:
        'What is different in this environment: nearer than spec, farther than a version. Lists are replaced, maps merged.',
      examples: [{ step: 'canary-20', workload: { replicas: 8 } }],
    },
  );
