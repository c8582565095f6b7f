import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { WorkloadSpec } from '../../model/rollout.ts';
import { duration } from './amounts.ts';
import { env } from './env.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, integer, listOf, mapOf, prose, record, text, use } from './shapes.ts';

const quantities = (description: string, absent: { readonly [resource: string]: string }): JsonSchema =>
  mapOf(
    text(PATTERNS.quantity, 32, { description: 'A Kubernetes quantity in quotes, such as "250m", "1" or "256Mi".' }),
    {
      description,
      names: PATTERNS.resource,
      longest: 128,
      max: 16,
      default: absent,
    },
  );

const { requests, limits } = DEFAULTS.resources;

/** Definition `resources`. */
export const resources: JsonSchema = record(
  {
    requests: quantities('What each pod is promised; resources that are not named keep their default.', requests),
    limits: quantities('What each pod may use at most; resources that are not named keep their default.', limits),
  },
  {
    description: 'What each pod is promised and may use at most, by resource.',
    examples: [{ requests: { cpu: '250m', memory: '256Mi' } }],
  },
);

const words = (description: string, example: readonly string[]): JsonSchema =>
  listOf(prose(4096, { description: 'One word of the command line, passed on as it is.' }), {
    description,
    max: 128,
    examples: [example],
  });

/** Keys of `spec.workload`, each of which a version may set again for itself. */
export const workloadFields = {
  image: text(PATTERNS.image, 512, {
    description: 'The container image, with a tag that never moves, better with its digest: repository:1.4.2@sha256:….',
  }),
  template: prose(1024, {
    description:
      'A YAML file with the rendered objects of this service, its Deployment among them, relative to the folder of this file; absent: the pods are made from image. Keys that are written beside it are put over its main container; defaults are not.',
    examples: ['templates/reviews.yaml'],
  }),
  replicas: integer(1, 10_000, {
    description: `How many pods carry 100 % of the traffic; absent: ${DEFAULTS.replicas}, or what the template says. Not beside \`autoscale\`, whose \`min\` takes its place.`,
    default: DEFAULTS.replicas,
  }),
  autoscale: use('autoscale', 'How many pods run, chosen by the CPU that they use; absent: `replicas` of them.'),
  capacity: use(
    'capacity',
    'How many requests per second a pod carries and the service gets; absent: `replicas` alone says how many pods carry everything.',
  ),
  command: words("Replaces the image's entry point; absent: the image's own.", ['/app/server']),
  args: words("Arguments of the command; absent: the image's own.", ['--verbose']),
  env,
  resources: use('resources', 'What each pod is promised and may use at most, by resource; absent: small defaults.'),
  readiness: use('readiness', 'Whether a pod may get requests; absent: a TCP connection to its port must succeed.'),
  liveness: use('liveness', 'Whether a pod must be restarted; absent: a TCP connection to its port must succeed.'),
  startup: use('startup', 'Whether a slow pod has come up; absent: the other probes start at once.'),
  writable: listOf(
    {
      ...text(PATTERNS.directory, 256, { description: 'An absolute path of the container, such as /var/cache.' }),
    },
    {
      description: `Paths that the container may write to, each empty when a pod starts; all others are read-only. Absent: ${DEFAULTS.writable.join(', ')}.`,
      max: 16,
      distinct: true,
      default: DEFAULTS.writable,
    },
  ),
  runAsUser: integer(1, 2_147_483_647, {
    description: `The user id that the container runs as, never root; absent: ${DEFAULTS.runAsUser}.`,
    default: DEFAULTS.runAsUser,
  }),
  serviceAccount: text(PATTERNS.subdomain, 253, {
    description:
      "The pods' ServiceAccount, which must exist; absent: the namespace's default. Its token is not mounted either way.",
    examples: ['reviews'],
  }),
  labels: mapOf(text(PATTERNS.labelValue, 63, { description: 'The value of this label.' }), {
    description: 'Labels added to the Deployment and its pods.',
    names: PATTERNS.labelKey,
    longest: 317,
    max: 32,
    examples: [{ team: 'payments' }],
  }),
  annotations: mapOf(prose(16_384, { description: 'The value of this annotation.' }), {
    description: 'Annotations added to the Deployment and its pods.',
    names: PATTERNS.labelKey,
    longest: 317,
    max: 32,
    examples: [{ 'example.com/owner': 'payments' }],
  }),
  drain: duration(
    `How long a pod that is to stop still answers, so that routes can forget it, in whole seconds; absent: ${DEFAULTS.drain}.`,
    DEFAULTS.drain,
  ),
  terminationGracePeriod: duration(
    `Time from the drain's start until the pod is killed, in whole seconds, longer than drain; absent: ${DEFAULTS.terminationGracePeriod}.`,
    DEFAULTS.terminationGracePeriod,
  ),
  config: use('config', 'Files of each version, read-only in a folder of its pods; absent: none.'),
} satisfies FieldsOf<WorkloadSpec>;

/** Definition `workload`. */
export const workload: JsonSchema = record(workloadFields, {
  description:
    'What all versions share: the pods and how they run. A version may set any of these keys again; the nearest wins.',
  examples: [{ replicas: 4 }],
});
