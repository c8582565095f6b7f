import type { Stand } from '../check-hop.ts';
import type { Obligation } from '../model/plan.ts';
import { availableInCluster, endpointsReady, type KubectlAnswers, knativeReady } from './kubectl-testimony.ts';
import { isName, type Places, placesOf } from './places.ts';
import { syncedInCluster } from './synced-testimony.ts';
import { absent, type Testimony } from './testimony.ts';

/** One run of `kubectl get`; it answers in JSON. */
export interface KubectlRun {
  readonly words: readonly string[];
  /** Standard input. Absent: none. */
  readonly input?: string;
  /** Whether the others tell enough where this one fails. Absent: no. */
  readonly isOptional?: true;
}

/** What kubectl is asked about one obligation. */
export interface KubectlQuestion {
  readonly runs: readonly KubectlRun[];
  /** Reads the answers, in the order of the runs; undefined: an optional run failed. */
  readonly judge: (answers: KubectlAnswers, context: string) => Testimony;
}

/** What kubectl can say of an obligation, or why it can say nothing. */
export function kubectlQuestion(obligation: Obligation, stand: Stand, step: string): KubectlQuestion | Testimony {
  switch (obligation.kind) {
    case 'paused':
      return absent('kubectl does not tell whether a pause is over');
    case 'idle':
      return absent('kubectl does not see requests');
    case 'synced':
      return obligation.state === step
        ? syncedQuestion(stand)
        : absent(`kubectl was not asked: ${obligation.state} is not what stands`);
    default:
      return versionQuestion(obligation, stand);
  }
}

function versionQuestion(
  obligation: Extract<Obligation, { kind: 'available' | 'reachable' }>,
  stand: Stand,
): KubectlQuestion | Testimony {
  const { version } = obligation;
  const places = placesOf(stand, version);
  if (places === undefined) return absent('kubectl was not asked about a namespace that cannot be');
  if (places.revisions.length + places.configurations.length > 0) return knativeQuestion(places);
  if (obligation.kind === 'reachable' && places.services.length > 0) return endpointsQuestion(version, places);
  if (places.deployments.length === 0) return absent(`nothing of ${version} is known to ask kubectl about`);
  const wanted = stand.objects.filter(
    ({ kind, metadata }) => kind === 'Deployment' && places.deployments.includes(metadata.name),
  );
  const replicas = obligation.kind === 'available' ? obligation.replicas : 1;
  return {
    runs: [{ words: ['deployments.apps', ...places.deployments, ...IN(places)] }],
    judge: ([answer], context) => availableInCluster({ version, replicas, wanted, context }, answer),
  };
}

const IN = ({ namespace }: Places): readonly string[] => ['--namespace', namespace, '--ignore-not-found'];

/** https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ownership */
const endpointsQuestion = (version: string, places: Places): KubectlQuestion => ({
  runs: places.services.map(name => ({
    words: [
      'endpointslices.discovery.k8s.io',
      '--selector',
      `kubernetes.io/service-name=${name}`,
      '--namespace',
      places.namespace,
    ],
  })),
  judge: (answers, context) => endpointsReady({ version, services: places.services, context }, answers),
});

function knativeQuestion(places: Places): KubectlQuestion {
  const { revisions, configurations } = places;
  const [kind, names] =
    configurations.length > 0 ? (['configurations', configurations] as const) : (['revisions', revisions] as const);
  return {
    runs: [{ words: [`${kind}.serving.knative.dev`, ...names, ...IN(places)] }],
    judge: ([answer], context) => knativeReady({ names, context }, answer),
  };
}

/** Only names are sent, and kubectl asks for each. What is left over is looked for among the kinds that the stand has. */
function syncedQuestion(stand: Stand): KubectlQuestion | Testimony {
  const { objects, namespace, rollout } = stand;
  if (objects.length === 0 || ![namespace, rollout].every(isName))
    return absent('kubectl was not asked: no objects are known');
  const names = objects.map(({ apiVersion, kind, metadata }) => ({
    apiVersion,
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace },
  }));
  const kinds = [...new Set(objects.map(kindWord))].filter(word => /^[A-Za-z][\w.-]*$/.test(word));
  const labels = `app.kubernetes.io/managed-by=surefoot,app.kubernetes.io/name=${rollout}`;
  return {
    runs: [
      {
        words: ['--filename', '-', '--ignore-not-found'],
        input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: names }),
      },
      { words: [kinds.join(','), '--selector', labels, '--namespace', namespace], isOptional: true },
    ],
    judge: (answers, context) => syncedInCluster(stand, answers, context),
  };
}

/** As kubectl takes a kind of a version and group: `Deployment.v1.apps`, `Service.v1.`. */
function kindWord({ apiVersion, kind }: Stand['objects'][number]): string {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return `${kind}.${version}.${group}`;
}
