import type { Path } from '../diagnostics/finding.ts';
import { OWN_LABELS } from '../model/labels.ts';
import { naturally } from '../model/order.ts';
import type { Port, Version } from '../model/plan.ts';
import type { RolloutSpec, VersionSpec, WorkloadSpec } from '../model/rollout.ts';
import { floatingTag, imageAndService, noDigest, noImage, reservedLabel } from './messages.ts';
import type { Report } from './report.ts';
import { planWorkload } from './workload.ts';

const FLOATING = ['latest', 'stable', 'main', 'master', 'edge', 'dev', 'nightly'];

/** Every version with its settings filled in, nearest wins, in natural order. */
export function planVersions(spec: RolloutSpec, ports: readonly Port[], report: Report): readonly Version[] {
  return Object.keys(spec.versions)
    .sort(naturally)
    .map(name => planVersion(name, spec, ports, report));
}

function planVersion(name: string, spec: RolloutSpec, ports: readonly Port[], report: Report): Version {
  const own = spec.versions[name]!;
  const origin: Path = ['spec', 'versions', name];
  if (own.service !== undefined) {
    reportServiceKeys(name, own, origin, report);
    return { name, kind: 'service', service: own.service, origin };
  }
  const merged: WorkloadSpec = { ...spec.workload, ...own };
  const layer = (key: string): Path => (Object.hasOwn(own, key) ? [...origin, key] : ['spec', 'workload', key]);
  if (merged.image === undefined) report(noImage({ path: origin, on: 'key' }, { version: name }));
  else checkImage(merged.image, layer('image'), report);
  for (const key of Object.keys(merged.labels ?? {}).filter(label => OWN_LABELS.includes(label))) {
    report(reservedLabel({ path: [...layer('labels'), key], on: 'key' }, { key }));
  }
  return {
    name,
    kind: 'workload',
    workload: planWorkload(merged, { ports, layer, report }),
    origin,
  };
}

function reportServiceKeys(name: string, own: VersionSpec, origin: Path, report: Report): void {
  const keys = Object.keys(own).filter(key => key !== 'service');
  if (keys.length > 0) report(imageAndService({ path: [...origin, 'service'] }, { version: name, keys }));
}

/** Reports an image that can change without a commit. The tag is what follows the last colon after the last slash. */
function checkImage(image: string, path: Path, report: Report): void {
  const [named = '', digest] = image.split('@');
  if (digest !== undefined) return;
  const last = named.slice(named.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : '';
  if (tag === '' || FLOATING.includes(tag)) report(floatingTag({ path }, { image, tag }));
  else report(noDigest({ path }, { image }));
}
