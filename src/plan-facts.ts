import type { Labels } from './model/kubernetes.ts';
import type { NamedVersion } from './pods-seen.ts';

/** A version, and what its pods run. */
export interface PlannedVersion extends NamedVersion {
  /** As it was written, tag and digest; absent: its pods are somebody else's, or nothing tells. */
  readonly image?: string;
}

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
  /** metadata.labels of the Rollout; absent: it has none. */
  readonly labels?: Labels;
  readonly versions: readonly PlannedVersion[];
}

/** Reads the plan.json of a directory; where it is absent or broken the directory alone tells. Never throws. */
export function planFacts(directory: string, text: string | undefined): PlanFacts {
  const [environment = '', namespace = '', rollout = ''] = directory.split('/');
  const plan = text === undefined ? undefined : parse(text);
  if (!isMap(plan) || plan['directory'] !== directory) return { rollout, namespace, environment, versions: [] };
  const { provider, step, source, labels, versions } = plan;
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

function named(name: string, version: unknown): PlannedVersion {
  const { service, image } = isMap(version) ? version : {};
  return {
    name,
    ...(typeof service === 'string' ? { service } : {}),
    ...(typeof image === 'string' ? { image } : {}),
  };
}

const textsOf = (map: { readonly [key: string]: unknown }): Labels =>
  Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

const isMap = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
