import type { Path } from '../diagnostics/finding.ts';
import { OWN_DOMAIN, OWN_LABELS } from '../model/labels.ts';
import { ownEntry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Port, Version } from '../model/plan.ts';
import type { RolloutSpec, VersionSpec, WorkloadSpec } from '../model/rollout.ts';
import { reservedAnnotation } from './config-messages.ts';
import { checkImage } from './image.ts';
import { merged, writtenAt } from './layers.ts';
import { type Pinning, pinnedDefaults } from './pinning.ts';
import type { Report } from './report.ts';
import { keepNamesAlone } from './template-messages.ts';
import { versionLayers } from './templates.ts';
import { imageAndService, noDigest, noImage, reservedLabel, sameService } from './version-messages.ts';
import { planWorkload, type WorkloadScope } from './workload.ts';

/** What versions are planned from beside `spec`. */
export interface VersionScope {
  readonly ports: readonly Port[];
  readonly pinning: Pinning;
  /** The name of the Rollout. */
  readonly rollout: string;
  /** Whether a value of the plain Rollout was written in surefoot.yaml. */
  readonly isOfFleet: (path: Path) => boolean;
  readonly report: Report;
  /** Plans a version that names a template; undefined where the template has mistakes. */
  readonly fromTemplate: (name: string, written: WorkloadSpec, scope: WorkloadScope) => Version | undefined;
}

/** Every version with its settings filled in, nearest wins, in natural order; those with a template that has mistakes are left out. */
export function planVersions(spec: RolloutSpec, scope: VersionScope): readonly Version[] {
  const versions = Object.keys(spec.versions)
    .sort(naturally)
    .flatMap(name => planVersion(name, spec, scope) ?? []);
  checkServices(versions, scope.report);
  return versions;
}

function planVersion(name: string, spec: RolloutSpec, scope: VersionScope): Version | undefined {
  const { ports, pinning, rollout, isOfFleet } = scope;
  const own = spec.versions[name]!;
  const report = isPinned(name, own, pinning) ? withoutDigests(scope.report) : scope.report;
  const origin: Path = ['spec', 'versions', name];
  if (own.service !== undefined) {
    reportServiceKeys(name, own, origin, report);
    return { name, kind: 'service', service: own.service, origin };
  }
  const layers = versionLayers(spec, name);
  const written = (merged(layers) ?? {}) as WorkloadSpec;
  const layer = (...path: readonly string[]): Path => writtenAt(layers, path).path;
  const isTemplate = written.template !== undefined;
  if (written.image !== undefined) checkImage(written.image, { path: layer('image') }, report);
  else if (!isTemplate) report(noImage({ path: origin, on: 'key' }, { version: name }));
  if (own.keepNames === true && !isTemplate)
    report(keepNamesAlone({ path: [...origin, 'keepNames'], on: 'key' }, { version: name }));
  for (const key of Object.keys(written.labels ?? {}).filter(label => OWN_LABELS.includes(label))) {
    report(reservedLabel({ path: layer('labels', key), on: 'key' }, { key }));
  }
  for (const key of Object.keys(written.annotations ?? {}).filter(annotation => annotation.startsWith(OWN_DOMAIN))) {
    report(reservedAnnotation({ path: layer('annotations', key), on: 'key' }, { key }));
  }
  const defaults = pinnedDefaults(name, pinning, report);
  const around = { ports, defaults: defaults.workload, layer, report, rollout, isOfFleet };
  if (isTemplate) return scope.fromTemplate(name, written, around);
  return {
    name,
    kind: 'workload',
    workload: planWorkload(written, around),
    defaults,
    replacement: own.replacement ?? 0,
    origin,
  };
}

/** Whether a version serves as it stands: following the advice to name its image otherwise would be refused. */
const isPinned = (name: string, own: VersionSpec, { committed }: Pinning): boolean =>
  committed?.serving.includes(name) === true &&
  ownEntry(committed.versions, name)?.replacement === (own.replacement ?? 0);

const withoutDigests =
  (report: Report): Report =>
  finding => {
    if (finding.code !== noDigest.code) report(finding);
  };

function reportServiceKeys(name: string, own: VersionSpec, origin: Path, report: Report): void {
  const keys = Object.keys(own).filter(key => key !== 'service');
  if (keys.length > 0) report(imageAndService({ path: [...origin, 'service'] }, { version: name, keys }));
}

/** Reports versions that are one and the same Service. */
function checkServices(versions: readonly Version[], report: Report): void {
  const services = versions.flatMap(version => (version.kind === 'service' ? [version] : []));
  for (const version of services) {
    const same = services.filter(other => other.service === version.service);
    if (same[0] !== version) {
      report(
        sameService({ path: version.origin, on: 'key' }, { versions: same.map(v => v.name), service: version.service }),
      );
    }
  }
}
