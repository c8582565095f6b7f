import type { NamedVersion } from './pods-seen.ts';

/** What a plan.json says that is needed to read the manifests beside it. */
export interface PlanFacts {
  readonly rollout: string;
  readonly namespace: string;
  readonly environment: string;
  /** Absent: there is no plan.json that tells. */
  readonly provider?: string;
  /** The state in which the cluster should stand; absent: nothing tells. */
  readonly step?: string;
  /** Path of the Rollout file; absent: nothing tells. */
  readonly source?: string;
  readonly versions: readonly NamedVersion[];
  /** Labels of the Rollout itself, by which people choose among many; absent: it has none. */
  readonly labels?: { readonly [key: string]: string };
}

/** Reads the plan.json of a directory; where it is absent or broken the directory alone tells. Never throws. */
export function planFacts(directory: string, text: string | undefined): PlanFacts {
  const [environment = '', namespace = '', rollout = ''] = directory.split('/');
  const plan = text === undefined ? undefined : parse(text);
  if (!isMap(plan) || plan['directory'] !== directory) return { rollout, namespace, environment, versions: [] };
  const { provider, step, source, versions, labels } = plan;
  return {
    rollout,
    namespace,
    environment,
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof step === 'string' ? { step } : {}),
    ...(typeof source === 'string' ? { source } : {}),
    ...(isMap(labels) ? { labels: textsOf(labels) } : {}),
    versions: isMap(versions) ? Object.entries(versions).map(([name, version]) => named(name, version)) : [],
  };
}

const textsOf = (map: { readonly [key: string]: unknown }): { readonly [key: string]: string } =>
  Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

function named(name: string, version: unknown): NamedVersion {
  const service = isMap(version) ? version['service'] : undefined;
  return typeof service === 'string' ? { name, service } : { name };
}

const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
