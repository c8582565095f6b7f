import { identityOf, type Json, type KubeObject, type Labels } from '../model/kubernetes.ts';
import type { Spot, Tree } from '../model/reading.ts';
import { fieldsOf, into, itemsOf, labelsOf, onlyOf, strange, textOf, wholeOf } from '../model/reading.ts';
import { mountsOf } from '../model/reading-mounts.ts';
import { headOf, kindOf } from '../model/reading-objects.ts';
import type {
  Pods,
  RecoveredAutoscaler,
  RecoveredBudget,
  RecoveredConfig,
  RecoveredDeployment,
  RecoveredWorkloads,
} from '../model/recovered.ts';
import { readAutoscaler } from './read-autoscaler.ts';
import { readConfigMap } from './read-config-map.ts';
import { readContainer } from './read-container.ts';

/** The pods that objects keep, read back from the objects alone; objects that keep none are passed over. */
export function readPods(objects: readonly KubeObject[]): readonly Pods[] {
  return objects.flatMap(object => {
    if (object.kind !== 'Deployment' || object.apiVersion !== 'apps/v1') return [];
    const labels = textMap(at(object, 'spec', 'template', 'metadata', 'labels'));
    const replicas = at(object, 'spec', 'replicas');
    return [
      {
        version: labels['version'] ?? '',
        replicas: typeof replicas === 'number' ? replicas : 1,
        labels,
        keeper: identityOf(object),
      },
    ];
  });
}

/**
 * What keeps pods, read back from the objects alone, whatever they hold: the proof of the emitter, so it leans on none
 * of its parts. Kinds that neither keep pods nor belong to them are problems.
 */
export function readWorkloads(objects: readonly KubeObject[]): RecoveredWorkloads {
  const problems: string[] = [];
  const deployments: RecoveredDeployment[] = [];
  const budgets: RecoveredBudget[] = [];
  const autoscalers: RecoveredAutoscaler[] = [];
  const configs: RecoveredConfig[] = [];
  for (const object of objects) {
    const kind = kindOf(object);
    if (kind === 'apps/Deployment') deployments.push(...readDeployment(object, problems));
    else if (kind === 'policy/PodDisruptionBudget') budgets.push(...readBudget(object, problems));
    else if (kind === 'autoscaling/HorizontalPodAutoscaler') autoscalers.push(...readAutoscaler(object, problems));
    else if (kind === '/ConfigMap') configs.push(...readConfigMap(object, problems));
    else problems.push(`An object of the kind ${kind ?? 'nothing'} stands among those that keep pods.`);
  }
  return { deployments, budgets, autoscalers, configs, problems };
}

const DEPLOYMENT = new Set([
  ...['replicas', 'selector', 'template', 'strategy'],
  ...['minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit'],
]);
const TEMPLATE = new Set(['metadata', 'spec']);
const POD_METADATA = new Set(['labels', 'annotations']);

function readDeployment(object: KubeObject, problems: string[]): readonly RecoveredDeployment[] {
  const head = headOf(object, problems, { apiVersions: ['apps/v1'] });
  if (head === undefined) return [];
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, DEPLOYMENT);
  const at = into(spot, '.template');
  const template = fieldsOf(at, spec.template, TEMPLATE);
  const metadata = fieldsOf(into(at, '.metadata'), template.metadata, POD_METADATA);
  const replicas = wholeOf(into(spot, '.replicas'), spec.replicas);
  return [
    {
      name: head.name,
      ...(replicas === undefined ? {} : { replicas }),
      selector: readSelector(into(spot, '.selector'), spec.selector),
      labels: labelsOf(into(at, '.metadata.labels'), metadata.labels),
      annotations: labelsOf(into(at, '.metadata.annotations'), metadata.annotations),
      ...readPodSpec(into(at, '.spec'), template.spec),
    },
  ];
}

const POD_SPEC = new Set([
  ...['containers', 'volumes', 'serviceAccountName', 'automountServiceAccountToken', 'enableServiceLinks'],
  ...['securityContext', 'terminationGracePeriodSeconds', 'affinity', 'topologySpreadConstraints'],
  ...['dnsPolicy', 'hostNetwork', 'restartPolicy', 'setHostnameAsFQDN'],
]);

function readPodSpec(spot: Spot, tree: Tree): Pick<RecoveredDeployment, 'serviceAccount' | 'container' | 'mounts'> {
  const { containers, hostNetwork, serviceAccountName, volumes } = fieldsOf(spot, tree, POD_SPEC);
  onlyOf(into(spot, '.hostNetwork'), hostNetwork, false);
  const serviceAccount = textOf(into(spot, '.serviceAccountName'), serviceAccountName);
  const at = into(spot, '.containers');
  const items = itemsOf(at, containers);
  if (items.length !== 1) strange(at, `${items.length} containers stand where one is read`);
  const container = readContainer(into(at, 0), items[0]);
  const mounted = mountsOf(into(spot, '.volumes'), volumes, into(at, 0), items[0]);
  return { ...(serviceAccount === undefined ? {} : { serviceAccount }), container, ...mounted };
}

const BUDGET = new Set(['maxUnavailable', 'selector']);

function readBudget(object: KubeObject, problems: string[]): readonly RecoveredBudget[] {
  const head = headOf(object, problems, { apiVersions: ['policy/v1'] });
  if (head === undefined) return [];
  const spot = into(head.spot, ' spec');
  const { selector } = fieldsOf(spot, head.spec, BUDGET);
  return [{ name: head.name, selector: readSelector(into(spot, '.selector'), selector) }];
}

const SELECTOR = new Set(['matchLabels']);

const readSelector = (spot: Spot, tree: Tree): Labels =>
  labelsOf(into(spot, '.matchLabels'), fieldsOf(spot, tree, SELECTOR).matchLabels);

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return undefined;
    here = (here as { readonly [key: string]: Json })[key];
  }
  return here;
}

function textMap(value: Json | undefined): { readonly [key: string]: string } {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
