import { createHash } from 'node:crypto';
import { versionName } from '../model/labels.ts';
import { naturally } from '../model/order.ts';
import type { Config, Plan } from '../model/plan.ts';
import type { ConfigSpec } from '../model/rollout.ts';
import { filesOfAnother, mountOverlap } from './config-messages.ts';
import type { Report } from './report.ts';
import type { WorkloadScope } from './workload.ts';

/** The files of a version in natural order, and where its pods find them: apart from what they may write to. */
export function planConfig(
  spec: ConfigSpec,
  writable: readonly string[],
  { layer, report, defaults }: WorkloadScope,
): Config {
  const mountPath = withoutSlash(spec.mountPath ?? defaults.config.mountPath);
  const files = Object.fromEntries(Object.entries(spec.files).sort(([a], [b]) => naturally(a, b)));
  const met = writable.find(path => isInside(path, mountPath) || isInside(mountPath, path));
  if (met !== undefined) {
    const within = isInside(mountPath, met);
    const inner = within && isInside(met, mountPath) ? undefined : within ? 'mountPath' : 'writable';
    report(mountOverlap({ path: [...layer('config'), 'mountPath'] }, { mountPath, writable: met, inner }));
  }
  return { mountPath, files, hash: shortHash(files) };
}

/** Reports variables that read the ConfigMap of another version, which does not live as long as their own. */
export function checkFileReferences(plan: Pick<Plan, 'rollout' | 'versions'>, report: Report): void {
  const workloads = plan.versions.flatMap(version => (version.kind === 'workload' ? [version] : []));
  const owners = new Map(workloads.filter(v => v.workload.config).map(v => [versionName(plan, v), v.name]));
  for (const { name: version, workload, origin } of workloads) {
    for (const variable of workload.env) {
      if (!('from' in variable) || variable.from !== 'configMap') continue;
      const { name, object } = variable;
      const other = owners.get(object);
      if (other !== undefined && other !== version)
        report(filesOfAnother({ path: [...origin, 'env', name] }, { version, variable: name, object, other }));
    }
  }
}

/** A path without slashes at its end; the root keeps its own. */
export const withoutSlash = (path: string): string => path.replace(/(?<=.)\/+$/, '');

const isInside = (path: string, folder: string): boolean => {
  const [inner, outer] = [partsOf(path), partsOf(folder)];
  return outer.every((part, i) => part === inner[i]);
};

/** The folders of a path as the kernel walks them: `//`, `.` and `..` are gone. */
function partsOf(path: string): readonly string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

const shortHash = (files: Config['files']): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(files)))
    .digest('hex')
    .slice(0, 16);
