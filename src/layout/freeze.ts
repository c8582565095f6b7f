import { createHash } from 'node:crypto';
import type { FrozenVersion } from '../model/compiled.ts';
import { canonical, type FrozenPart } from '../model/frozen.ts';
import type { Version } from '../model/plan.ts';

/** A version as plan.json remembers it: every part by the first 12 hex digits of its SHA-256. */
export function freeze(version: Version, parts: readonly FrozenPart[]): FrozenVersion {
  const hashed = Object.fromEntries(parts.map(({ part, value }) => [part, shortHash(canonical(value))]));
  if (version.kind === 'service') return { replacement: 0, parts: hashed };
  const { defaults, replacement, workload } = version;
  return { defaults: defaults.number, replacement, image: workload.image, parts: hashed };
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
