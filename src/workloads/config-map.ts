import type { KubeObject } from '../model/kubernetes.ts';
import { versionLabels, versionName } from '../model/labels.ts';
import { memo } from '../model/once.ts';
import type { Plan, State } from '../model/plan.ts';

/** The config files of a state's versions, one ConfigMap each; made from versions alone, whoever keeps their pods. */
export function configEmitter(plan: Plan): (state: State) => readonly KubeObject[] {
  const once = memo<KubeObject>();
  const files = new Map(
    plan.versions.flatMap(v => (v.kind === 'workload' && v.workload.config ? [[v.name, v.workload.config.files]] : [])),
  );
  return state =>
    state.running.flatMap(({ version }) => {
      const data = files.get(version);
      return data === undefined ? [] : [once(version, () => configMap(plan, version, data))];
    });
}

const configMap = (plan: Plan, version: string, data: { readonly [name: string]: string }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: versionName(plan, version), namespace: plan.namespace, labels: versionLabels(plan, version) },
  data,
});
