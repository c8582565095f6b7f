import type { JsonSchema } from '../../model/provider.ts';
import { environmentsOf, layerFields, optionDefinitions, type ProviderOptions } from './layer.ts';
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

const shared = (providers: readonly ProviderOptions[]): Fields => ({
  cluster: use('cluster', 'What is known of the clusters; absent: what the fleet says, or that they are new.'),
  prometheus: use('prometheus', 'The Prometheus that watches them; absent: what the fleet says, or none.'),
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
      cluster: cluster(providers),
      fleetEnvironment: record(shared(providers), {
        description: 'What is different in this environment: nearer than defaults, farther than any Rollout.',
        examples: [{ namespace: 'shop-staging' }],
      }),
    },
  };
}
