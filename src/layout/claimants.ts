import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What one Rollout wants for itself in one environment; a `CompiledRollout` is one. */
export interface Claims {
  readonly directory: string;
  /** Identities of objects, and hosts as `hostClaims` gives them. */
  readonly claims: readonly string[];
}

/** One source of the fleet; a `Compiled` is one. Without results it is left untouched and keeps what it holds. */
export interface Member<R extends Claims> {
  readonly source: string;
  readonly diagnostics: readonly Diagnostic[];
  /** One for each environment. */
  readonly results?: readonly R[];
}

/** A claim holds within one environment: the same object may exist in each of them, on clusters of their own. */
export const scoped = (directory: string, claim: string): string =>
  `${directory.slice(0, directory.indexOf('/'))} ${claim}`;

/**
 * Who held what when out/ was last written: scoped claim, or directory of a Rollout, to source file.
 * Sources that are gone for good are left out, so that others may take over.
 */
export type Held = ReadonlyMap<string, string>;

/** Another Rollout that wants the same thing. */
export interface Rival {
  /** Its source file. */
  readonly file: string;
  /** Whether it held the thing when out/ was last written. */
  readonly holds: boolean;
}

/** Who wants and who keeps each directory and object of a fleet. */
export interface Claimants {
  /** Whom a source must yield this directory or object to; undefined where nobody stands in the way. */
  readonly rival: (key: string, source: string) => Rival | undefined;
  /** Whom a source must yield to because the names of their directories differ only in case. */
  readonly twin: (directory: string, source: string) => (Rival & { readonly directory: string }) | undefined;
}

/** Reads the claims of every sound Rollout; one without a result keeps what it holds. */
export function claimantsOf<R extends Claims>(fleet: readonly Member<R>[], held: Held): Claimants {
  const sound = new Set<string>();
  const wanted = new Map<string, string[]>();
  const folded = new Map<string, { directory: string; file: string }[]>();
  for (const { source, results } of fleet) {
    if (results === undefined) continue;
    sound.add(source);
    for (const { directory, claims } of results) {
      for (const key of [directory, ...claims.map(claim => scoped(directory, claim))]) add(wanted, key, source);
      add(folded, directory.toLowerCase(), { directory, file: source });
    }
  }
  const holder = (key: string): string | undefined => {
    const file = held.get(key);
    const gaveItUp = file !== undefined && sound.has(file) && !wanted.get(key)?.includes(file);
    return gaveItUp ? undefined : file;
  };
  return {
    rival: (key, source) => {
      const first = holder(key);
      if (first !== undefined) return first === source ? undefined : { file: first, holds: true };
      const other = wanted.get(key)?.find(file => file !== source);
      return other === undefined ? undefined : { file: other, holds: false };
    },
    twin: (directory, source) => {
      const other = folded.get(directory.toLowerCase())?.find(one => one.directory !== directory);
      if (other === undefined || holder(directory) === source) return undefined;
      return { ...other, holds: holder(other.directory) === other.file };
    },
  };
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
