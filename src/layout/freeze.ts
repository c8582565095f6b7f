import { createHash } from 'node:crypto';
import type { FrozenVersion } from '../model/compiled.ts';
import { canonical, type FrozenPart } from '../model/frozen.ts';
import type { TemplateVersion, Version } from '../model/plan.ts';
import { deploymentOf, listIn, mapIn, valueAt } from '../model/template.ts';

/** A version as plan.json remembers it: every part by the first 12 hex digits of its SHA-256. */
export function freeze(version: Version, parts: readonly FrozenPart[]): FrozenVersion {
  const hashed = Object.fromEntries(parts.map(({ part, value }) => [part, shortHash(canonical(value))]));
  if (version.kind === 'service') return { replacement: 0, service: version.service, parts: hashed };
  if (version.kind === 'template') return { replacement: version.replacement, ...imageOf(version), parts: hashed };
  const { defaults, replacement, workload } = version;
  return { defaults: defaults.number, replacement, image: workload.image, parts: hashed };
}

/** The image that the pods of a template run, the Rollout's before the template's. */
function imageOf({ template }: TemplateVersion): { readonly image?: string } {
  const containers = listIn(valueAt(deploymentOf(template)?.object, 'spec', 'template', 'spec', 'containers'));
  const own = containers.map(mapIn).find(container => container['name'] === template.container)?.['image'];
  const image = template.patch.image ?? own;
  return typeof image === 'string' ? { image } : {};
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
