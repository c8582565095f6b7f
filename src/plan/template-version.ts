import { hasErrors, type Path } from '../diagnostics/finding.ts';
import type { Json } from '../model/kubernetes.ts';
import type { TemplateVersion } from '../model/plan.ts';
import type { VersionSpec, WorkloadSpec } from '../model/rollout.ts';
import {
  deploymentOf,
  groupKind,
  type JsonObject,
  listIn,
  mapIn,
  type ScopedObject,
  type TemplateObject,
  valueAt,
} from '../model/template.ts';
import { checkImage } from './image.ts';
import { autoscaledCount, keyOfNoTemplate, mainContainer, noPods, notThePort } from './template-messages.ts';
import { atOf, judgeObjects, nameOf, type TemplatePlace } from './template-objects.ts';
import { planPatch } from './template-patch.ts';
import { checkTemplateSecrets } from './template-secrets.ts';
import type { WorkloadScope } from './workload.ts';

/** What a version of a template is planned from. */
export interface TemplateScope extends WorkloadScope, TemplatePlace {
  readonly rollout: string;
  readonly portsWritten: boolean;
}

/** A version that takes its pods from a template; undefined where the template has mistakes, which are reported. */
export function planTemplate(
  { name, origin }: { readonly name: string; readonly origin: Path },
  written: WorkloadSpec & VersionSpec,
  template: readonly TemplateObject[],
  scope: TemplateScope,
): TemplateVersion | undefined {
  const { objects, findings } = judgeObjects(template, scope);
  for (const finding of findings) scope.report(finding);
  const deployment = deploymentOf({ objects });
  if (deployment === undefined || hasErrors(findings)) return undefined;
  const pod = mapIn(valueAt(deployment.object, 'spec', 'template', 'spec'));
  const container = containerOf(deployment, pod, scope);
  if (container === undefined) return undefined;
  checkPorts(deployment, { pod, container }, scope);
  const patch = planPatch(written, { pod, container }, scope);
  const count = countOf(objects, deployment, written, scope);
  checkOwnImage(deployment, { pod, container }, written, scope);
  refuseOwnObjects(written, scope);
  checkTemplateSecrets({ deployment, pod, main: container }, patch, scope);
  return {
    name,
    kind: 'template',
    template: {
      file: scope.file,
      objects,
      container: String(container['name']),
      patch,
      ...count,
      ...(written.capacity === undefined ? {} : { capacity: written.capacity }),
      keepNames: written.keepNames === true,
      home: scope.namespaces[1],
    },
    replacement: written.replacement ?? 0,
    origin,
  };
}

/** The image of the main container, where the Rollout writes none over it. */
function checkOwnImage(
  deployment: ScopedObject,
  { pod, container }: { readonly pod: JsonObject; readonly container: JsonObject },
  written: WorkloadSpec,
  scope: TemplateScope,
): void {
  const { image } = container;
  if (written.image !== undefined || typeof image !== 'string') return;
  const index = listIn(pod['containers']).indexOf(container);
  checkImage(image, atOf(scope, deployment, [...POD, 'containers', index, 'image']), scope.report);
}

/** What an inline version gets objects of its own for; a template brings its own. */
function refuseOwnObjects(written: WorkloadSpec, scope: TemplateScope): void {
  for (const key of ['autoscale', 'config'] as const) {
    if (written[key] !== undefined) scope.report(keyOfNoTemplate({ path: scope.layer(key), on: 'key' }, { key }));
  }
}

const POD = ['spec', 'template', 'spec'];

/** The container of the Rollout's name, else the only one. */
function containerOf(deployment: ScopedObject, pod: JsonObject, scope: TemplateScope): JsonObject | undefined {
  const containers = listIn(pod['containers']).map(mapIn);
  const own = containers.find(container => container['name'] === scope.rollout);
  if (own !== undefined || containers.length === 1) return own ?? containers[0];
  const names = containers.map(container => String(container['name']));
  const at = { ...atOf(scope, deployment, [...POD, 'containers']), on: 'key' as const };
  scope.report(mainContainer(at, { rollout: scope.rollout, containers: names }));
  return undefined;
}

/** Ports that nothing listens on, as far as the containers say; a container may listen without saying so. */
function checkPorts(
  deployment: ScopedObject,
  { pod, container }: { readonly pod: JsonObject; readonly container: JsonObject },
  scope: TemplateScope,
): void {
  const own = portsOf(container);
  if (own.length === 0) return;
  const all = listIn(pod['containers']).flatMap(portsOf);
  const index = listIn(pod['containers']).indexOf(container);
  const note = {
    at: atOf(scope, deployment, [...POD, 'containers', index, 'ports']),
    text: 'the ports of the container.',
  };
  scope.ports.forEach((port, i) => {
    if (all.includes(port.targetPort)) return;
    const at = scope.portsWritten
      ? { path: ['spec', 'ports', i] }
      : { path: scope.layer('template'), on: 'key' as const };
    scope.report(notThePort(at, { container: String(container['name']), ports: own, target: port.targetPort }, [note]));
  });
}

const portsOf = (container: Json): readonly number[] =>
  listIn(mapIn(container)['ports']).flatMap(port => {
    const number = valueAt(port, 'containerPort');
    return typeof number === 'number' ? [number] : [];
  });

/** Pods at full strength: as the Rollout says, else the template; an autoscaler of the template keeps its own minimum. */
function countOf(
  objects: readonly ScopedObject[],
  deployment: ScopedObject,
  written: WorkloadSpec,
  scope: TemplateScope,
): Pick<TemplateVersion['template'], 'replicas' | 'autoscaled' | 'counted'> {
  const scaler = objects.find(({ object }) => groupKind(object) === 'autoscaling/HorizontalPodAutoscaler');
  if (scaler !== undefined) {
    if (written.replicas !== undefined)
      scope.report(
        autoscaledCount(
          { path: scope.layer('replicas') },
          { object: nameOf(scaler), counted: 'the Rollout writes replicas' },
        ),
      );
    return { replicas: atLeastOne(scaler, ['spec', 'minReplicas'], scope), autoscaled: true, counted: false };
  }
  const replicas = written.replicas ?? atLeastOne(deployment, ['spec', 'replicas'], scope);
  const counted = written.replicas !== undefined || valueAt(deployment.object, 'spec', 'replicas') !== undefined;
  return { replicas, autoscaled: false, counted };
}

/** Absent means 1, of a Deployment as of a HorizontalPodAutoscaler. */
function atLeastOne(one: ScopedObject, path: readonly string[], scope: TemplateScope): number {
  const value = valueAt(one.object, ...path);
  if (typeof value !== 'number') return 1;
  if (value < 1) scope.report(noPods(atOf(scope, one, path), { object: nameOf(one), field: String(path.at(-1)) }));
  return value;
}
