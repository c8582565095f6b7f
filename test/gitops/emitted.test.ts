import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ARGO_INTERVAL, type ArgoTarget, argoDocuments } from '../../src/gitops/argocd.ts';
import { type FluxTarget, fluxDocuments } from '../../src/gitops/flux.ts';
import type { Target } from '../../src/gitops/target.ts';
import { agentObjects } from './schemas.ts';

const TARGET: Target = {
  ...{ repo: 'https://git.example.com/team/gitops', branch: 'main', path: 'out/live' },
  ...{ environments: ['prod', 'staging'], name: 'rollouts', namespace: 'agents', interval: ARGO_INTERVAL },
};
const ARGO: ArgoTarget = { ...TARGET, project: 'shop', destination: { name: 'eu' }, single: false };

const argo = (more: Partial<ArgoTarget> = {}) => agentObjects(argoDocuments({ ...ARGO, ...more }).join('---\n'));
const flux = (more: Partial<FluxTarget> = {}) => agentObjects(fluxDocuments({ ...TARGET, ...more }).join('---\n'));

/** What a document says just above a key, on one line. */
function commentAbove(text: string, key: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex(line => line.trim().startsWith(key.includes(':') ? key : `${key}:`));
  const before = lines.slice(0, at).reverse();
  const comment = before.slice(
    0,
    before.findIndex(line => !line.trim().startsWith('#')),
  );
  return comment
    .reverse()
    .map(line => line.trim().slice(2))
    .join(' ');
}

describe('for Argo CD', () => {
  it('is an ApplicationSet for each environment', () => {
    const sets = argo();
    expect(sets.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
      ['ApplicationSet', 'rollouts-prod', 'agents'],
      ['ApplicationSet', 'rollouts-staging', 'agents'],
    ]);
    const [{ spec }] = sets as [(typeof sets)[number]];
    expect(spec.goTemplateOptions).toEqual(['missingkey=error']);
    expect(spec.syncPolicy).toEqual({ preserveResourcesOnDeletion: true });
    expect(spec.generators).toEqual([
      {
        git: {
          repoURL: TARGET.repo,
          revision: 'main',
          directories: [{ path: 'out/live/prod/*/*' }],
          requeueAfterSeconds: 180,
        },
      },
    ]);
    expect(spec.template.spec.syncPolicy).toEqual({
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '1m' }, refresh: true },
      syncOptions: [],
    });
    expect(spec.template.spec.source.path).toBe('{{ .path.path }}');
  });

  test.each([
    ['out/live', 3],
    ['deploy/eu/out/live', 5],
  ])('counts the folders down to the namespace in %s', (path, depth) => {
    const [{ spec }] = argo({ path }) as [ReturnType<typeof argo>[number]];
    expect(spec.template.spec.destination).toEqual({ name: 'eu', namespace: `{{ index .path.segments ${depth} }}` });
    const name = 'printf `prod.%s.%s` ';
    expect(spec.template.metadata.name).toContain(
      `${name}(index .path.segments ${depth}) (index .path.segments ${depth + 1})`,
    );
    expect(spec.generators[0].git.directories).toEqual([{ path: `${path}/prod/*/*` }]);
  });

  it('is one Application for each environment with single', () => {
    const objects = argo({ single: true, destination: { server: 'https://kubernetes.default.svc' } });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Application rollouts-prod',
      'Application rollouts-staging',
    ]);
    expect(objects[1]?.spec.source).toMatchObject({ path: 'out/live/staging', directory: { recurse: true } });
    expect(objects[1]?.spec.destination).toEqual({ server: 'https://kubernetes.default.svc' });
  });

  it('asks for nothing that makes a commit wait for health', () => {
    for (const single of [true, false]) {
      const text = argoDocuments({ ...ARGO, single }).join('');
      const settings = text.replace(/^ *#.*$/gm, '');
      expect(settings).not.toMatch(/PruneLast|sync-wave|hook|Replace|ServerSideApply|CreateNamespace|finalizer/i);
    }
  });

  it('says why, beside each setting', () => {
    const [text = ''] = argoDocuments(ARGO);
    const generated = ['goTemplateOptions', 'generators', 'requeueAfterSeconds', 'preserveResourcesOnDeletion'];
    const applied = ['prune', 'selfHeal', 'allowEmpty', 'retry', 'syncOptions'];
    for (const key of [...generated, 'ignoreApplicationDifferences', 'name: "{{', 'annotations', ...applied])
      expect(commentAbove(text, key), key).toMatch(/\.$/);
    expect(commentAbove(text, 'syncOptions')).toContain('hold its own abort back');
  });
});

describe('for Flux', () => {
  it('is the repository, and a Kustomization for each environment', () => {
    const [repository, ...kustomizations] = flux({ interval: 90_000 });
    expect(repository?.spec).toEqual({
      url: TARGET.repo,
      ref: { branch: 'main' },
      interval: '1m30s',
      timeout: '60s',
    });
    expect(kustomizations.map(({ metadata }) => metadata.name)).toEqual(['rollouts-prod', 'rollouts-staging']);
    for (const { spec } of kustomizations)
      expect(spec).toMatchObject({
        sourceRef: { kind: 'GitRepository', name: repository?.metadata.name },
        ...{ prune: true, wait: false, force: false, deletionPolicy: 'Orphan' },
        ...{ interval: '10m', retryInterval: '1m', timeout: '2m' },
      });
    expect(kustomizations[0]?.spec.path).toBe('./out/live/prod');
  });

  it('names the Secret of a private repository', () => {
    expect(flux({ secret: 'gitops-key' })[0]?.spec.secretRef).toEqual({ name: 'gitops-key' });
  });

  it('says why, beside each setting', () => {
    const [repository = '', kustomization = ''] = fluxDocuments(TARGET);
    expect(commentAbove(repository, 'interval')).toContain('agent.pollInterval');
    for (const key of ['prune', 'wait', 'interval', 'retryInterval', 'timeout', 'force', 'deletionPolicy'])
      expect(commentAbove(kustomization, key), key).toMatch(/\.$/);
    expect(commentAbove(kustomization, 'wait')).toContain('hold its own abort back');
  });
});

it('is what the kinds take, whatever the names', () => {
  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/);
  const target = fc.record({
    repo: fc.constantFrom('https://git.example.com/a', 'ssh://git@git.example.com/a'),
    branch: fc.constantFrom('main', '1.0', 'yes', 'release/2', '0x10', '1e3', 'null'),
    path: fc.constantFrom('out/live', 'a/b/c', '007/live', '1.0'),
    environments: fc.uniqueArray(label, { minLength: 1, maxLength: 3 }),
    ...{ name: label, namespace: label },
    interval: fc.integer({ min: 1000, max: 1_000_000_000 }),
  });
  fc.assert(
    fc.property(target, label, fc.boolean(), (some, project, single) => {
      const sets = agentObjects(
        argoDocuments({ ...some, project, single, destination: { name: project } }).join('---\n'),
      );
      const [repository, ...kustomizations] = agentObjects(fluxDocuments({ ...some, secret: project }).join('---\n'));
      const names = some.environments.map(environment => `${some.name}-${environment}`);
      expect(sets.map(({ metadata }) => metadata.name)).toEqual(names);
      expect(kustomizations.map(({ metadata }) => metadata.name)).toEqual(names);
      expect(repository?.spec.ref.branch).toBe(some.branch);
    }),
  );
});
