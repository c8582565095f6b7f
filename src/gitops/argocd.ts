import { type Commented, printCommented, why } from '../yaml/print-commented.ts';
import { aboutDocument, LONGEST_NAME, nameFor, type Target } from './target.ts';

/** What only Argo CD asks. */
export interface ArgoTarget extends Target {
  readonly project: string;
  /** Of the cluster: the address of its API, or its name in Argo CD. */
  readonly destination: { readonly server: string } | { readonly name: string };
  /** One Application for each environment, instead of one for each Rollout. */
  readonly single: boolean;
}

/** How long Argo CD takes to see a commit where nobody set it: 120 s and 60 s of jitter. https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automated-sync-semantics */
export const ARGO_INTERVAL = 180_000;

/** One document for each environment. */
export const argoDocuments = (target: ArgoTarget): readonly string[] =>
  target.environments.map(environment =>
    printCommented(
      target.single ? application(target, environment) : applicationSet(target, environment),
      aboutDocument('Argo CD', target, environment),
    ),
  );

const HEAD = 'argoproj.io/v1alpha1';

const application = (target: ArgoTarget, environment: string) => ({
  apiVersion: HEAD,
  kind: 'Application',
  metadata: why('No finalizer: deleting this Application leaves what serves in the cluster.', {
    name: nameFor(target, environment),
    namespace: target.namespace,
  }),
  spec: {
    project: target.project,
    source: {
      repoURL: target.repo,
      targetRevision: target.branch,
      path: `${target.path}/${environment}`,
      directory: why(
        'All Rollouts of the environment in one sync: an object that the cluster refuses holds the others back, an abort too. Without --single each has an Application of its own.',
        { recurse: true },
      ),
    },
    destination: why('No namespace: every object names its own.', target.destination),
    syncPolicy: syncPolicy(),
  },
});

const applicationSet = (target: ArgoTarget, environment: string) => ({
  apiVersion: HEAD,
  kind: 'ApplicationSet',
  metadata: { name: nameFor(target, environment), namespace: target.namespace },
  spec: {
    goTemplate: true,
    goTemplateOptions: why('A name that cannot be filled in is an error, never an empty word.', ['missingkey=error']),
    generators: why(
      `A folder is a Rollout: ${target.path}/${environment}/<namespace>/<rollout>. New ones need no change here.`,
      [{ git: generator(target, environment) }],
    ),
    syncPolicy: {
      preserveResourcesOnDeletion: why(
        'Where an Application goes, because its folder is gone or this object was deleted, what it synced stays in the cluster. Nothing that serves is deleted by a mistake in git; delete it by hand when no request comes.',
        true,
      ),
    },
    ignoreApplicationDifferences: why(
      'In an emergency, auto-sync of one Application can be switched off by hand without being switched on again from here.',
      [{ jsonPointers: ['/spec/syncPolicy/automated'] }],
    ),
    template: template(target, environment),
  },
});

const generator = ({ repo, branch, path, interval }: ArgoTarget, environment: string) => ({
  repoURL: repo,
  revision: branch,
  directories: [{ path: `${path}/${environment}/*/*` }],
  requeueAfterSeconds: why(
    'How often new and deleted Rollouts are looked for. How soon a commit is seen is set in argocd-cm for all Applications: timeout.reconciliation and its jitter.',
    Math.max(1, Math.floor(interval / 1000)),
  ),
});

function template({ repo, branch, path, project, destination }: ArgoTarget, environment: string): Commented {
  const depth = path.split('/').length + 1;
  const [namespace, rollout] = [`(index .path.segments ${depth})`, `(index .path.segments ${depth + 1})`];
  return {
    metadata: {
      name: why(
        'environment.namespace.rollout: no two Rollouts share it, because none of the three has a dot. One that is too long for a label ends with its hash.',
        nameTemplate(environment, namespace, rollout),
      ),
      annotations: why('A commit that changes another folder does not make Argo CD read this one again.', {
        'argocd.argoproj.io/manifest-generate-paths': '.',
      }),
    },
    spec: {
      project,
      source: { repoURL: repo, targetRevision: branch, path: '{{ .path.path }}' },
      destination: { ...destination, namespace: `{{ index .path.segments ${depth} }}` },
      syncPolicy: syncPolicy(),
    },
  };
}

/** What a hash leaves of a name, with the dash before it. */
const SHORTENED = LONGEST_NAME - 11;

const nameTemplate = (environment: string, namespace: string, rollout: string): string =>
  [
    `{{ $name := printf \`${environment}.%s.%s\` ${namespace} ${rollout} }}`,
    `{{ if gt (len $name) ${LONGEST_NAME} }}`,
    `{{ trunc ${SHORTENED} $name | trimAll \`-.\` }}-{{ sha256sum $name | trunc 10 }}`,
    '{{ else }}{{ $name }}{{ end }}',
  ].join('');

const syncPolicy = (): Commented => ({
  automated: {
    prune: why('A version that was retired is deleted.', true),
    selfHeal: why('What somebody changed in the cluster is put back: what is in git is what runs.', true),
    allowEmpty: why('A folder that is suddenly empty deletes nothing.', false),
  },
  retry: why(
    'A sync that fails is tried again, and each time the newest commit is taken (refresh, Argo CD 3.2 or newer): an abort never queues behind the commit that it undoes, and waits for maxDuration at most.',
    {
      limit: 5,
      backoff: { duration: '5s', factor: 2, maxDuration: '1m' },
      refresh: true,
    },
  ),
  syncOptions: why(
    [
      'Empty on purpose. No PruneLast and no sync waves: every hop is proved safe in any order, and they wait for health, so that a canary that does not come up would hold its own abort back.',
      'No CreateNamespace: a namespace that appears without its labels has no sidecars and no policies.',
      'No ServerSideApply: it keeps a field that somebody also set by hand, and some hops remove one from the selector of a Service.',
    ].join('\n'),
    [],
  ),
});
