import { versionName } from '../model/labels.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from './report.ts';
import { serviceIsEmitted } from './version-messages.ts';

/** Refuses a version that names a Service of somebody else's under the name of one that is emitted. */
export function checkServices(plan: Pick<Plan, 'rollout' | 'route' | 'versions'>, report: Report): void {
  const ours = plan.versions.filter(({ kind }) => kind !== 'service').map(version => versionName(plan, version));
  const emitted = plan.route.ownName === 'route' ? [plan.rollout, ...ours] : ours;
  for (const version of plan.versions) {
    if (version.kind !== 'service' || !emitted.includes(version.service)) continue;
    const { service, name, origin } = version;
    report(serviceIsEmitted({ path: [...origin, 'service'] }, { service, version: name }));
  }
}
