import { printDuration } from '../model/duration.ts';
import { printCommented, why } from '../yaml/print-commented.ts';
import { aboutDocument, nameFor, type Target } from './target.ts';

/** What only Flux asks. */
export interface FluxTarget extends Target {
  /** A Secret with what opens the repository; absent: anybody may read it. */
  readonly secret?: string;
}

/** How often Flux looks at git where nobody says it. */
export const FLUX_INTERVAL = 60_000;

/** The repository, and a Kustomization for each environment. */
export const fluxDocuments = (target: FluxTarget): readonly string[] => [
  printCommented(gitRepository(target), 'Where Flux finds what it syncs.'),
  ...target.environments.map(environment =>
    printCommented(kustomization(target, environment), aboutDocument('Flux', target, environment)),
  ),
];

const gitRepository = ({ name, namespace, repo, branch, interval, secret }: FluxTarget) => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name, namespace },
  spec: {
    url: repo,
    ref: { branch },
    secretRef:
      secret === undefined
        ? undefined
        : why('Made in the cluster, never in git: flux create secret git.', { name: secret }),
    interval: why(
      'How often git is looked at: a promotion and an abort wait for it, no longer. agent.pollInterval of surefoot.yaml is never shorter.',
      goDuration(interval),
    ),
    timeout: '60s',
  },
});

const kustomization = (target: FluxTarget, environment: string) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: nameFor(target, environment), namespace: target.namespace },
  spec: {
    sourceRef: { kind: 'GitRepository', name: target.name },
    path: why('No kustomization.yaml is needed there: Flux takes every file below.', `./${target.path}/${environment}`),
    prune: why('A version that was retired is deleted.', true),
    wait: why(
      'Not for health: a new commit does not end the waiting for an old one, so that a canary that does not come up would hold its own abort back until the timeout.',
      false,
    ),
    interval: why(
      'How often what somebody changed in the cluster is put back. A new commit is applied as soon as the GitRepository has it.',
      '10m',
    ),
    retryInterval: why('A sync that failed is tried again after this long, with the newest commit.', '1m'),
    timeout: why('The longest that one sync may take, and so the longest that an abort may wait for another.', '2m'),
    force: why(
      'What cannot be changed is never deleted and made anew: that would stop every pod of a version that serves.',
      false,
    ),
    deletionPolicy: why('Deleting this object leaves what serves in the cluster.', 'Orphan'),
  },
});

/** Flux knows no days. https://fluxcd.io/flux/components/source/gitrepositories/#interval */
const goDuration = (milliseconds: number): string =>
  printDuration(milliseconds).replace(
    /^(\d+)d(?:(\d+)h)?/,
    (_, days: string, hours = '0') => `${Number(days) * 24 + Number(hours)}h`,
  );
