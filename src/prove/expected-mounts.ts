import { versionName } from '../model/labels.ts';
import type { Plan } from '../model/plan.ts';
import type { RecoveredMounts } from '../model/recovered.ts';

/** The directories that the pods of a version must show. */
export function expectedMounts(plan: Plan, name: string): { readonly mounts?: RecoveredMounts } {
  const version = plan.versions.find(v => v.name === name);
  if (version?.kind !== 'workload') return {};
  const { writable, config } = version.workload;
  if (config !== undefined)
    return { mounts: { writable, config: { configMap: versionName(plan, name), mountPath: config.mountPath } } };
  return writable.length === 0 ? {} : { mounts: { writable } };
}
