import type { Path } from '../diagnostics/finding.ts';
import { OWN_DOMAIN, OWN_LABELS } from '../model/labels.ts';
import { naturally } from '../model/order.ts';
import type { Port, Version } from '../model/plan.ts';
import type { RolloutSpec, VersionSpec, WorkloadSpec } from '../model/rollout.ts';
import { reservedAnnotation } from './config-messages.ts';
import { type Layer, merged, writtenAt } from './layers.ts';
import { type Pinning, pinnedDefaults } from './pinning.ts';
import type { Report } from './report.ts';
import {
  floatingTag,
  imageAndService,
  imageReference,
  noDigest,
  noImage,
  reservedLabel,
  sameService,
} from './version-messages.ts';
import { planWorkload } from './workload.ts';

const FLOATING = ['latest', 'stable', 'main', 'master', 'edge', 'dev', 'nightly'];

/** What versions are planned with. */
export interface VersionScope {
  readonly ports: readonly Port[];
  readonly pinning: Pinning;
  readonly report: Report;
}

/** What a version is merged from, the farthest first. */
export const layersOf = (spec: RolloutSpec, version: string): readonly Layer[] => [
  { value: spec.workload, at: ['spec', 'workload'] },
  { value: spec.versions[version], at: ['spec', 'versions', version] },
];

/** Every version with its settings filled in, nearest wins, in natural order. */
export function planVersions(spec: RolloutSpec, scope: VersionScope): readonly Version[] {
  const versions = Object.keys(spec.versions)
    .sort(naturally)
    .map(name => planVersion(name, spec, scope));
  checkServices(versions, scope.report);
  return versions;
}

function planVersion(name: string, spec: RolloutSpec, { ports, pinning, report }: VersionScope): Version {
  const own = spec.versions[name]!;
  const origin: Path = ['spec', 'versions', name];
  if (own.service !== undefined) {
    reportServiceKeys(name, own, origin, report);
    return { name, kind: 'service', service: own.service, origin };
  }
  const layers = layersOf(spec, name);
  const written = (merged(layers) ?? {}) as WorkloadSpec;
  const layer = (...path: readonly string[]): Path => writtenAt(layers, path).path;
  if (written.image === undefined) report(noImage({ path: origin, on: 'key' }, { version: name }));
  else checkImage(written.image, layer('image'), report);
  const defaults = pinnedDefaults(name, pinning, report);
  for (const key of Object.keys(written.labels ?? {}).filter(label => OWN_LABELS.includes(label))) {
    report(reservedLabel({ path: layer('labels', key), on: 'key' }, { key }));
  }
  for (const key of Object.keys(written.annotations ?? {}).filter(annotation => annotation.startsWith(OWN_DOMAIN))) {
    report(reservedAnnotation({ path: layer('annotations', key), on: 'key' }, { key }));
  }
  return {
    name,
    kind: 'workload',
    workload: planWorkload(written, { ports, defaults: defaults.workload, layer, report }),
    defaults,
    replacement: own.replacement ?? 0,
    origin,
  };
}

function reportServiceKeys(name: string, own: VersionSpec, origin: Path, report: Report): void {
  const keys = Object.keys(own).filter(key => key !== 'service');
  if (keys.length > 0) report(imageAndService({ path: [...origin, 'service'] }, { version: name, keys }));
}

/** An image as a registry knows it: https://pkg.go.dev/github.com/distribution/reference */
const REFERENCE =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** Reports an image that is none, or that can change without a commit. The tag is what follows the last colon after the last slash. */
function checkImage(image: string, path: Path, report: Report): void {
  if (!REFERENCE.test(image)) {
    report(imageReference({ path }, { image }));
    return;
  }
  const [named = '', digest] = image.split('@');
  if (digest !== undefined) return;
  const last = named.slice(named.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : '';
  if (tag === '' || FLOATING.includes(tag)) report(floatingTag({ path }, { image, tag }));
  else report(noDigest({ path }, { image }));
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
