import type { Path } from '../diagnostics/finding.ts';
import type { Json } from './kubernetes.ts';

/** Something that the pods of a version are made of. */
export interface FrozenPart {
  /** In the words of the Rollout: `image`, `env`, `ports`, … */
  readonly part: string;
  readonly value: Json;
  /** Where the plain Rollout says it, or would. */
  readonly at: Path;
}

/** A part that a provider adds; without `at` it is a key of the version, or of what the version is merged from. */
export type ProviderPart = Omit<FrozenPart, 'at'> & Partial<Pick<FrozenPart, 'at'>>;

/** JSON in which the order of keys does not show. */
export const canonical = (value: Json): string =>
  JSON.stringify(value, (_, part) => (isMap(part) ? sorted(part) : part));

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (map: object): object =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
