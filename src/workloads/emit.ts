import type { KubeObject } from '../model/kubernetes.ts';
import { memo } from '../model/once.ts';
import type { Plan, State, Version } from '../model/plan.ts';
import { autoscaler } from './autoscaler.ts';
import { configEmitter } from './config-map.ts';
import { deployment } from './deployment.ts';
import { disruptionBudget } from './disruption-budget.ts';

/** The objects that keep the pods of a state's versions; versions behind an existing Service have none. */
export function workloadEmitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const versions = new Map<string, Version>(plan.versions.map(version => [version.name, version]));
  const configs = configEmitter(plan);
  return state => [
    ...configs(state),
    ...state.running.flatMap(({ version: name, replicas }) => {
      const version = versions.get(name);
      if (version?.kind !== 'workload') return [];
      return [
        once(`Deployment ${name} ${replicas}`, () => deployment(plan, version, replicas)),
        once(`PodDisruptionBudget ${name}`, () => disruptionBudget(plan, name)),
        ...(version.workload.autoscale === undefined
          ? []
          : [once(`HorizontalPodAutoscaler ${name}`, () => autoscaler(plan, version, version.workload.autoscale!))]),
      ];
    }),
  ];
}
