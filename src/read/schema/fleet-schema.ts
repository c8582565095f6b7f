import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import { duration } from './amounts.ts';
import { environmentsOf, LONGEST_ENVIRONMENT, layerFields, optionDefinitions, type ProviderOptions } from './layer.ts';
import { PATTERNS } from './patterns.ts';
import { ports } from './ports.ts';
import { API_VERSION, sharedDefinitions, surge } from './rollout-schema.ts';
import { routeFields } from './route.ts';
import { type Fields, listOf, record, text, use, word } from './shapes.ts';

/** What surefoot.yaml says it is. */
export const FLEET_KIND = 'Fleet';

const fleetRoute: JsonSchema = record(
  {
    ...routeFields,
    hosts: listOf(
      text(PATTERNS.hostPattern, 253, {
        description: 'A host name; {name}, {namespace} and {environment} stand for those of each Rollout.',
      }),
      {
        description:
          'Host names of each Rollout that names none itself; {name}, {namespace} and {environment} are filled in. Absent: the name of the rollout.',
        min: 1,
        max: 32,
        distinct: true,
        examples: [['{name}.{environment}.example.com']],
      },
    ),
  },
  {
    description: 'How requests reach every service of the fleet that does not say otherwise.',
    examples: [{ gateways: ['istio-system/public'], hosts: ['{name}.example.com'] }],
  },
);

const prometheus: JsonSchema = record(
  {
    url: text(PATTERNS.url, 1024, {
      description: 'Where the API of Prometheus answers, without a path of a query; credentials never stand here.',
    }),
  },
  {
    description: 'The Prometheus that watches the clusters; recorded in plan.json for what reads it. Absent: none.',
    required: ['url'],
    examples: [{ url: 'https://prometheus.example.com' }],
  },
);

const cluster = (providers: readonly ProviderOptions[]): JsonSchema =>
  record(
    {
      kubernetes: text(PATTERNS.minorVersion, 8, {
        description: 'Version of Kubernetes, major and minor; absent: new enough for all that is emitted.',
      }),
      ...Object.fromEntries(providers.flatMap(({ name, facts }) => (facts === undefined ? [] : [[name, facts]]))),
    },
    {
      description: 'What is known of the clusters, so that nothing is emitted that they would not understand.',
      examples: [{ kubernetes: '1.31' }],
    },
  );

const agent: JsonSchema = record(
  {
    pollInterval: duration(
      'How long it takes at most until a commit is seen: an observation that is younger than that proves nothing.',
      DEFAULTS.pollInterval,
    ),
  },
  {
    description: 'Who applies out/live: Argo CD, Flux, or another agent.',
    examples: [{ pollInterval: '3m' }],
  },
);

const freeze: JsonSchema = record(
  {
    schedule: text(PATTERNS.schedule, 128, {
      description:
        'When it begins, as cron writes it: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). Where both days are given, either is enough. A time that comes twice when the clocks change begins it twice, one that is skipped begins it at the change.',
    }),
    duration: duration('How long it lasts, as a stop-watch counts.'),
    timeZone: text(PATTERNS.timeZone, 64, {
      description: `Whose clocks the schedule is about; absent: ${DEFAULTS.timeZone}.`,
      default: DEFAULTS.timeZone,
    }),
    reason: text(PATTERNS.line, 200, {
      description: 'Why nobody promotes then; told to whoever tries. Absent: no reason is told.',
      examples: ['weekend'],
    }),
  },
  {
    description: 'A time in which nobody promotes, resumes or releases; aborts are always allowed.',
    required: ['schedule', 'duration'],
    examples: [{ schedule: '0 17 * * 5', duration: '63h', timeZone: 'Europe/Berlin', reason: 'weekend' }],
  },
);

const freezes = (where: string): JsonSchema =>
  listOf(use('freeze', 'A time in which nobody promotes, resumes or releases; aborts are always allowed.'), {
    description: `When nobody promotes ${where}; absent: never.`,
    max: 32,
    examples: [[{ schedule: '0 17 * * 5', duration: '63h', timeZone: 'Europe/Berlin', reason: 'weekend' }]],
  });

const promotion: JsonSchema = record(
  {
    after: text(PATTERNS.label, LONGEST_ENVIRONMENT, {
      description: 'The earlier environment, which must have reached or passed the step with the same images.',
      examples: ['staging'],
    }),
    soak: duration('How long it must have stood there, at the step or beyond; absent: no time at all.'),
  },
  {
    description: 'What an earlier environment must have shown before a Rollout is promoted here.',
    required: ['after'],
    examples: [{ after: 'staging', soak: '24h' }],
  },
);

const shared = (providers: readonly ProviderOptions[]): Fields => ({
  cluster: use('cluster', 'What is known of the clusters; absent: what the fleet says, or that they are new.'),
  prometheus: use('prometheus', 'The Prometheus that watches them; absent: what the fleet says, or none.'),
  agent: use('agent', `Who applies out/live here; absent: what the fleet says, or every ${DEFAULTS.pollInterval}.`),
  promotion: use(
    'promotion',
    'What an earlier environment must have shown before a Rollout is promoted here; absent: nothing.',
  ),
  freezes: freezes('here, beside the freezes of the whole fleet'),
  ...layerFields(providers, 'what defaults say', 'fleetRoute'),
});

/** The JSON Schema (draft-07) of surefoot.yaml, for these providers. */
export function fleetSchema(providers: readonly ProviderOptions[]): JsonSchema {
  const defaults = record(
    { surge, ports, ...layerFields(providers, 'each Rollout says it itself', 'fleetRoute') },
    {
      description: 'What every Rollout begins with; whatever a Rollout says itself is nearer and wins.',
      examples: [{ provider: 'istio' }],
    },
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://surefoot.dev/schemas/v1/fleet.schema.json',
    title: 'Surefoot Fleet',
    ...record(
      {
        apiVersion: word([API_VERSION], { description: `The version of this language: ${API_VERSION}.` }),
        kind: word([FLEET_KIND], { description: `What this file is: a ${FLEET_KIND}.` }),
        defaults,
        environments: environmentsOf(
          'fleetEnvironment',
          'The environments that there are, each with a folder of its own in out/; absent: each Rollout names its own, or has the one called default.',
          { staging: {}, prod: { workload: { replicas: 8 } } },
        ),
        cluster: use('cluster', 'What is known of the clusters; absent: that they are new.'),
        prometheus: use('prometheus', 'The Prometheus that watches the clusters; absent: none.'),
        agent: use('agent', `Who applies out/live; absent: it sees a commit within ${DEFAULTS.pollInterval}.`),
        freezes: freezes('in any environment'),
      },
      {
        description: 'What the Rollouts of a repository share: defaults, environments and facts about the clusters.',
        required: ['apiVersion', 'kind'],
      },
    ),
    definitions: {
      ...sharedDefinitions,
      ...optionDefinitions(providers),
      fleetRoute,
      prometheus,
      agent,
      freeze,
      promotion,
      cluster: cluster(providers),
      fleetEnvironment: record(shared(providers), {
        description: 'What is different in this environment: nearer than defaults, farther than any Rollout.',
        examples: [{ namespace: 'shop-staging' }],
      }),
    },
  };
}
