import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject, Labels } from '../../src/model/kubernetes.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { PROVIDERS, providerNamed } from '../../src/providers/registry.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { configEmitter } from '../../src/workloads/config-map.ts';
import { workloadEmitter } from '../../src/workloads/emit.ts';
import { PROVIDER_NAMES, RANDOM } from '../properties/random-rollout.ts';

/** What scanners look at; every field may be missing. */
interface Pod {
  readonly automountServiceAccountToken?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly securityContext?: Security;
  readonly containers: readonly Container[];
  readonly volumes?: readonly object[];
  readonly topologySpreadConstraints?: readonly { readonly topologyKey: string }[];
  readonly affinity?: { readonly podAntiAffinity?: object };
}
interface Security {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly procMount?: string;
  readonly seLinuxOptions?: object;
  readonly sysctls?: object;
  readonly appArmorProfile?: object;
}
interface Container {
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly env?: readonly { readonly name: string }[];
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly securityContext?: Security;
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly lifecycle?: object;
}

/** A state's objects by kind, as a scanner finds them in one folder. */
interface Folder {
  readonly objects: readonly KubeObject[];
  readonly of: (kind: string) => readonly KubeObject[];
  /** Pods of Deployments. */
  readonly pods: readonly Pod[];
  /** Pods of whoever keeps them: revisions of Knative too. */
  readonly everyPod: readonly Pod[];
}

const specOf = <T>(object: KubeObject): T => object['spec'] as T;
const podOf = (object: KubeObject): Pod => specOf<{ template: { spec: Pod } }>(object).template.spec;
const labelsOf = (object: KubeObject): Labels =>
  specOf<{ template: { metadata: { labels: Labels } } }>(object).template.metadata.labels;
const selectorOf = (object: KubeObject): Labels =>
  specOf<{ selector: { matchLabels: Labels } }>(object).selector.matchLabels;

function folderOf(objects: readonly KubeObject[]): Folder {
  const of = (kind: string) => objects.filter(object => object.kind === kind);
  const revisions = objects.filter(o => o.apiVersion.startsWith('serving.') && o.kind !== 'Route');
  const pods = of('Deployment').map(podOf);
  return { objects, of, pods, everyPod: [...pods, ...revisions.map(podOf)] };
}

function foldersOf(plan: Plan): readonly Folder[] {
  const provider = providerNamed(plan.provider)!;
  const routing = provider.emitter(plan);
  const workloads = (provider.capabilities.ownsWorkloads ? configEmitter : workloadEmitter)(plan);
  return plan.states.map(state => folderOf([...workloads(state), ...routing(state)]));
}

const containersOf = (pods: readonly Pod[]): readonly Container[] => pods.flatMap(pod => pod.containers);
const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** A rule of a scanner: whether a folder keeps it. */
type Rules = readonly (readonly [rule: string, keeps: (folder: Folder) => boolean])[];
const ofPods = (rule: string, keeps: (pod: Pod) => boolean): Rules[number] => [rule, f => f.everyPod.every(keeps)];
const ofContainers = (rule: string, keeps: (container: Container, pod: Pod) => boolean): Rules[number] => [
  rule,
  f => f.everyPod.every(pod => pod.containers.every(container => keeps(container, pod))),
];

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const securities = (pod: Pod): readonly Security[] =>
  [pod.securityContext, ...pod.containers.map(c => c.securityContext)].flatMap(s => s ?? []);

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, with all of baseline. */
const RESTRICTED: Rules = [
  ofPods('Host Namespaces', pod => !pod.hostNetwork && !pod.hostPID && !pod.hostIPC),
  ofPods('Privileged Containers', pod => securities(pod).every(s => s.privileged !== true)),
  ofPods('HostPath Volumes', pod => (pod.volumes ?? []).every(volume => !('hostPath' in volume))),
  ofContainers('Host Ports', c => (c.ports ?? []).every(port => !port.hostPort)),
  ofContainers(
    'Host Probes and Lifecycle Hooks',
    c => !JSON.stringify([c.readinessProbe, c.livenessProbe, c.lifecycle]).includes('"host"'),
  ),
  ofPods('AppArmor', pod => securities(pod).every(s => s.appArmorProfile === undefined)),
  ofPods('SELinux', pod => securities(pod).every(s => s.seLinuxOptions === undefined)),
  ofPods('/proc Mount Type', pod => securities(pod).every(s => s.procMount === undefined)),
  ofPods('Sysctls', pod => securities(pod).every(s => s.sysctls === undefined)),
  ofPods('Volume Types', pod =>
    (pod.volumes ?? []).every(v => Object.keys(v).every(key => key === 'name' || VOLUMES.includes(key))),
  ),
  ofContainers('Privilege Escalation', c => c.securityContext?.allowPrivilegeEscalation === false),
  ofContainers('Running as Non-root', c => c.securityContext?.runAsNonRoot === true),
  ofPods(
    'Running as Non-root user',
    pod => securities(pod).every(s => s.runAsUser !== 0) && securities(pod).some(s => (s.runAsUser ?? 0) > 0),
  ),
  ofContainers('Seccomp', c => c.securityContext?.seccompProfile?.type === 'RuntimeDefault'),
  ofContainers(
    'Capabilities',
    c =>
      c.securityContext?.capabilities?.drop?.includes('ALL') === true &&
      c.securityContext.capabilities.add === undefined,
  ),
];

const amounts =
  (resource: string, kinds: readonly ('requests' | 'limits')[]) =>
  (c: Container): boolean =>
    kinds.every(kind => c.resources?.[kind]?.[resource] !== undefined);
const tagOf = (image: string): string => /:([\w.-]+)(?:@|$)/.exec(image.slice(image.lastIndexOf('/') + 1))?.[1] ?? '';
const userOf = (container: Container, pod: Pod): Security => ({ ...pod.securityContext, ...container.securityContext });

/** https://github.com/zegl/kube-score/blob/master/README_CHECKS.md, those marked default that look at what is emitted. */
const KUBE_SCORE: Rules = [
  [
    'deployment-strategy',
    f => f.of('Deployment').every(d => specOf<{ strategy: { type: string } }>(d).strategy.type === 'RollingUpdate'),
  ],
  ofContainers(
    'container-resources, but for the limit of cpu',
    c => amounts('memory', ['requests', 'limits'])(c) && amounts('cpu', ['requests'])(c),
  ),
  ofContainers('container-image-tag', c => !['', 'latest'].includes(tagOf(c.image))),
  ['container-image-pull-policy', f => containersOf(f.pods).every(c => c.imagePullPolicy === 'Always')],
  ofContainers('container-ephemeral-storage-request-and-limit', amounts('ephemeral-storage', ['requests', 'limits'])),
  ofContainers(
    'environment-variable-key-duplication',
    ({ env = [] }) => new Set(env.map(e => e.name)).size === env.length,
  ),
  [
    'deployment-has-poddisruptionbudget',
    f => f.of('Deployment').every(d => f.of('PodDisruptionBudget').some(p => selects(selectorOf(p), labelsOf(d)))),
  ],
  [
    'poddisruptionbudget-has-policy',
    f => f.of('PodDisruptionBudget').every(p => 'maxUnavailable' in specOf<object>(p)),
  ],
  ofContainers('pod-probes', c => c.readinessProbe !== undefined && c.livenessProbe !== undefined),
  ofContainers('pod-probes-identical', c => JSON.stringify(c.readinessProbe) !== JSON.stringify(c.livenessProbe)),
  [
    'container-security-context-user-group-id',
    f =>
      f.pods.every(pod =>
        pod.containers.every(
          c => (userOf(c, pod).runAsUser ?? 0) > 10_000 && (userOf(c, pod).runAsGroup ?? 0) > 10_000,
        ),
      ),
  ],
  ofContainers('container-security-context-privileged', c => c.securityContext?.privileged !== true),
  ofContainers(
    'container-security-context-readonlyrootfilesystem',
    c => c.securityContext?.readOnlyRootFilesystem === true,
  ),
  [
    'service-targets-pod',
    f =>
      f.of('Service').every(s => {
        const { selector } = specOf<{ selector?: Labels }>(s);
        return selector === undefined || f.of('Deployment').some(d => selects(selector, labelsOf(d)));
      }),
  ],
  ['service-type', f => f.of('Service').every(s => specOf<{ type?: string }>(s).type !== 'NodePort')],
  // Of Kubernetes itself; products keep serving their alphas for good.
  ['stable-version', f => f.objects.every(o => !/^(?:[^.]*|.*\.k8s\.io)\/v\d+(?:alpha|beta)/.test(o.apiVersion))],
  [
    'deployment-has-host-podantiaffinity',
    f => f.pods.every(pod => JSON.stringify(pod.affinity?.podAntiAffinity ?? '').includes('kubernetes.io/hostname')),
  ],
  [
    'deployment-targeted-by-hpa-does-not-have-replicas-configured',
    f => f.of('HorizontalPodAutoscaler').every(h => !Object.hasOwn(Object(targetOf(f, h)?.['spec']), 'replicas')),
  ],
  [
    'deployment-pod-selector-labels-match-template-metadata-labels',
    f => f.of('Deployment').every(d => selects(selectorOf(d), labelsOf(d))),
  ],
  [
    'label-values',
    f =>
      f.objects.every(o =>
        Object.values(o.metadata.labels ?? {}).every(v => /^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/.test(v)),
      ),
  ],
  ['horizontalpodautoscaler-has-target', f => f.of('HorizontalPodAutoscaler').every(h => targetOf(f, h) !== undefined)],
  ['pod-topology-spread-constraints', f => f.pods.every(pod => pod.topologySpreadConstraints?.length === 2)],
];

const targetOf = (folder: Folder, autoscaler: KubeObject): KubeObject | undefined => {
  const { kind, name } = specOf<{ scaleTargetRef: { kind: string; name: string } }>(autoscaler).scaleTargetRef;
  return folder.of(kind).find(object => object.metadata.name === name);
};

/** https://polaris.docs.fairwinds.com/checks/security/, reliability and efficiency: what the two above do not say already. */
const POLARIS: Rules = [
  ofPods('automountServiceAccountToken', pod => pod.automountServiceAccountToken === false),
  ['topologySpreadConstraint', f => f.pods.every(pod => (pod.topologySpreadConstraints ?? []).length > 0)],
  [
    'pdbDisruptionsIsZero',
    f => f.of('PodDisruptionBudget').every(p => specOf<{ maxUnavailable: number }>(p).maxUnavailable > 0),
  ],
  [
    'hpaMaxAvailability',
    f =>
      f.of('HorizontalPodAutoscaler').every(h => {
        const { minReplicas, maxReplicas } = specOf<{ minReplicas: number; maxReplicas: number }>(h);
        return maxReplicas >= minReplicas;
      }),
  ],
  ofContainers(
    'linuxHardening',
    c => c.securityContext?.seccompProfile !== undefined || c.securityContext?.capabilities?.drop !== undefined,
  ),
  ofPods('hostPathSet, dockerSocket and the like', pod => (pod.volumes ?? []).every(v => !('hostPath' in v))),
];

/** Rules of the scanners that what is emitted does not keep, or not always, each with the reason. */
const NOT_KEPT: { readonly [rule: string]: string } = {
  'kube-score pod-networkpolicy':
    'Who may call whom is known to the team alone; README says that NetworkPolicies are yours.',
  'kube-score deployment-replicas': 'One pod is what a canary of 25 % beside three is.',
  'kube-score horizontalpodautoscaler-replicas': 'How many pods are the fewest is for the author to say.',
  'kube-score container-resources': 'Who requests cpu without a limit gets none: a limit of cpu only slows a pod down.',
  'kube-score container-image-pull-policy': 'Knative resolves the tag to a digest itself when a revision is made.',
  'polaris missingNetworkPolicy': 'As for kube-score.',
  'polaris deploymentMissingReplicas': 'As for kube-score.',
  'polaris hpaMinAvailability': 'As for kube-score.',
  'polaris cpuLimitsMissing': 'As for kube-score.',
  'polaris priorityClassNotSet': 'Priority classes belong to a cluster and have no common names.',
  'polaris metadataAndInstanceMismatched':
    'Objects are named after the rollout and the version; app.kubernetes.io/name is the rollout.',
  'kyverno require-image-digest': 'An image without its digest is a warning: version/no-digest.',
};

const bad: Security = {
  ...{ runAsUser: 0, privileged: true, procMount: 'Unmasked', seLinuxOptions: {}, sysctls: [], appArmorProfile: {} },
  capabilities: { add: ['NET_ADMIN'] },
};
const probed = { tcpSocket: { host: 'elsewhere', port: 80 } };
const metadata = { name: 'shop', namespace: 'demo', labels: { app: '-' } };

/** Objects that keep no rule at all. */
const CARELESS = folderOf(
  JSON.parse(
    JSON.stringify([
      {
        apiVersion: 'apps/v1beta1',
        kind: 'Deployment',
        metadata,
        spec: {
          replicas: 1,
          strategy: { type: 'Recreate' },
          selector: { matchLabels: { app: 'shop' } },
          template: {
            metadata: { labels: { app: 'cart' } },
            spec: {
              ...{ hostNetwork: true, hostPID: true, hostIPC: true, securityContext: bad },
              volumes: [{ name: 'host', hostPath: { path: '/' } }],
              containers: [
                {
                  image: 'shop:latest',
                  env: [{ name: 'A' }, { name: 'A' }],
                  ports: [{ hostPort: 80 }],
                  readinessProbe: probed,
                  livenessProbe: probed,
                  securityContext: { privileged: true },
                },
                { image: 'shop' },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'shop' } } },
      },
      ...['shop', 'cart'].map(name => ({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: { minReplicas: 3, maxReplicas: 2, scaleTargetRef: { kind: 'Deployment', name } },
      })),
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'NodePort', selector: { app: 'shop' } } },
    ]),
  ),
);

const FOLDER = join(import.meta.dirname, '../../rollouts');
/** The same without templates: pods that a team renders are as hard as it makes them. */
function ofOurs(rollout: Rollout): Rollout {
  const versions = Object.entries(rollout.spec.versions).map(([name, { template: _, ...own }]) => [name, own]);
  return { ...rollout, spec: { ...rollout.spec, versions: Object.fromEntries(versions) } };
}

const living = readdirSync(FOLDER)
  .filter(file => file.endsWith('.yaml'))
  .flatMap(file => {
    const { rollout } = readRollout(readFileSync(join(FOLDER, file), 'utf8'));
    const { flats } = flatten(rollout!, PROVIDERS);
    return flats.flatMap(flat => {
      const { plan } = planRollout(flat, PROVIDERS);
      return plan === undefined ? [] : foldersOf(plan);
    });
  });
const random = PROVIDER_NAMES.flatMap(name =>
  fc
    .sample(RANDOM[name], { numRuns: 60, seed: 7 })
    .flatMap(rollout => foldersOf(planRollout(flatten(ofOurs(rollout), PROVIDERS).flats[0]!, PROVIDERS).plan!)),
);
const folders = [...living, ...random];

it('looks at folders that hold everything that is emitted', () => {
  for (const kind of ['Deployment', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ConfigMap', 'Service'])
    expect(
      folders.some(folder => folder.of(kind).length > 0),
      kind,
    ).toBe(true);
  expect(
    folders.some(folder => folder.everyPod.length > folder.pods.length),
    'Knative',
  ).toBe(true);
  for (const reason of Object.values(NOT_KEPT)) expect(reason).toMatch(/^[A-Z].*\.$/);
});

describe.each([
  ['Pod Security "restricted"', RESTRICTED],
  ['kube-score', KUBE_SCORE],
  ['Polaris', POLARIS],
])('%s', (_, rules) => {
  it.each(rules)('%s', (_rule, keeps) => {
    expect(keeps(CARELESS), 'a rule that everything keeps says nothing').toBe(false);
    const broken = folders.find(folder => !keeps(folder));
    expect(broken?.objects.map(o => JSON.stringify(o))).toBeUndefined();
  });
});
