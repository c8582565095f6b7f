/** @typedef {import('./custom-kind.mjs').CustomKind} CustomKind */

/** What an Application says of how it is synced, below its spec. */
const APPLICATION = [
  'project',
  ...['repoURL', 'targetRevision', 'path', 'directory.recurse'].map(field => `source.${field}`),
  ...['server', 'name', 'namespace'].map(field => `destination.${field}`),
  ...['automated', 'retry', 'syncOptions'].map(field => `syncPolicy.${field}`),
];

/** The kinds that tell an agent what to sync. No Rollout compiles to them, so the compiler does not carry their schemas. @type {CustomKind[]} */
export const AGENT_KINDS = [
  {
    ...{ file: 'argo-cd/application-crd.yaml', group: 'argoproj.io', version: 'v1alpha1', kind: 'Application' },
    keep: APPLICATION,
  },
  {
    ...{ file: 'argo-cd/applicationset-crd.yaml', group: 'argoproj.io', version: 'v1alpha1', kind: 'ApplicationSet' },
    keep: [
      ...['goTemplate', 'goTemplateOptions', 'syncPolicy', 'ignoreApplicationDifferences'],
      ...['repoURL', 'revision', 'directories', 'requeueAfterSeconds'].map(field => `generators.git.${field}`),
      ...['name', 'annotations'].map(field => `template.metadata.${field}`),
      ...APPLICATION.map(path => `template.spec.${path}`),
    ],
  },
  {
    file: 'flux/source.toolkit.fluxcd.io_gitrepositories.yaml',
    ...{ group: 'source.toolkit.fluxcd.io', version: 'v1', kind: 'GitRepository' },
    keep: ['url', 'ref.branch', 'interval', 'timeout', 'secretRef'],
  },
  {
    file: 'flux/kustomize.toolkit.fluxcd.io_kustomizations.yaml',
    ...{ group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization' },
    keep: [
      ...['interval', 'retryInterval', 'timeout', 'path', 'prune', 'wait', 'force', 'deletionPolicy'],
      ...['kind', 'name'].map(field => `sourceRef.${field}`),
    ],
  },
];
