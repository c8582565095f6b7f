import type { KubeObject } from '../model/kubernetes.ts';
import { memo } from '../model/once.ts';
import type { Plan, Running, State, TemplateVersion, Version } from '../model/plan.ts';
import { groupKind, type ScopedObject } from '../model/template.ts';
import { autoscaler } from './autoscaler.ts';
import { configEmitter } from './config-map.ts';
import { deployment } from './deployment.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { templateObject } from './template/emit.ts';

/** The objects that keep the pods of a state's versions; versions behind an existing Service have none. */
export function workloadEmitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const versions = new Map<string, Version>(plan.versions.map(version => [version.name, version]));
  const configs = configEmitter(plan);
  const objectsOf = ({ version: name, replicas }: Running): readonly KubeObject[] => {
    const version = versions.get(name)!;
    switch (version.kind) {
      case 'service':
        return [];
      case 'template':
        return version.template.objects.map(one =>
          once(keyOf(version, one, replicas), () => templateObject(plan, version, one, replicas)),
        );
      case 'workload':
        return [
          once(`Deployment ${name} ${replicas}`, () => deployment(plan, version, replicas)),
          once(`PodDisruptionBudget ${name}`, () => disruptionBudget(plan, name)),
          ...(version.workload.autoscale === undefined
            ? []
            : [once(`HorizontalPodAutoscaler ${name}`, () => autoscaler(plan, version, version.workload.autoscale!))]),
        ];
      default:
        return version satisfies never;
    }
  };
  // What versions share stands once, where the first of them puts it.
  return state => [...configs(state), ...new Set(state.running.flatMap(objectsOf))];
}

/** Everything that an object of a template is made from. Shared objects of one name are the same in every template. */
function keyOf({ name, template }: TemplateVersion, { object, scope }: ScopedObject, replicas: number): string {
  const identity = `${groupKind(object)} ${object.metadata.name}`;
  if (scope === 'shared') return `shared ${identity}`;
  const counts = groupKind(object) === 'apps/Deployment' && !template.autoscaled;
  return `template ${name} ${identity} ${counts ? replicas : ''}`;
}
