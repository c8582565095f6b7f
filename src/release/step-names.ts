import type { AbTestSpec, CanarySpec, Rollout, StepSpec } from '../model/rollout.ts';
import { expandSteps } from '../plan/expand.ts';
import type { Passage } from './passage.ts';

/** Where a tape ends. */
export interface End {
  readonly rollout: Rollout;
  readonly passages: readonly Passage[];
  /** The version that has all traffic at the end. */
  readonly from: string;
  /** The version to release. */
  readonly to: string;
}

/** Entries under names that no step of the tape has. */
export function named(end: End, entries: readonly StepSpec[]): readonly StepSpec[] {
  const taken = new Set(end.passages.flatMap(({ steps }) => steps.map(({ name }) => name)));
  return entries.map(entry => {
    const wish = renamed(nameOf(entry), end.from, end.to);
    for (let number = 1; ; number++) {
      const made = withName(entry, number === 1 ? wish : `${wish}-${number}`);
      const names = plain(end, made).map(({ name }) => name);
      if (names.some(name => taken.has(name))) continue;
      for (const name of names) taken.add(name);
      return made;
    }
  });
}

/** An entry at the end of a tape as plain steps. */
export const plain = ({ rollout, from, to }: End, entry: StepSpec) =>
  expandSteps([entry], from, { versions: [...Object.keys(rollout.spec.versions), to], report: () => {} }).map(
    ({ step }) => step,
  );

/** What a name says of one version, said of another: `canary` and `canary-v2` become `canary-v3`. */
export function renamed(name: string, from: string, to: string): string {
  if (name === '' || name === from) return to;
  const words = `-${name}-`;
  return words.includes(`-${from}-`) ? words.replace(`-${from}-`, `-${to}-`).slice(1, -1) : `${name}-${to}`;
}

/** The name, or the first part of the names, of an entry's steps. */
function nameOf(spec: StepSpec): string {
  if ('canary' in spec) return spec.canary.name ?? 'canary';
  if ('blueGreen' in spec) return spec.blueGreen.name ?? '';
  if ('abTest' in spec) return spec.abTest.name ?? 'ab-test';
  if ('shadow' in spec) return spec.shadow.name ?? 'shadow';
  return spec.name;
}

function withName(spec: StepSpec, name: string): StepSpec {
  const of = <T extends { readonly to: string }>({ to, ...rest }: T) => ({ to, name, ...without(rest) });
  if ('canary' in spec) return { canary: of(spec.canary) as CanarySpec };
  if ('blueGreen' in spec) return { blueGreen: of(spec.blueGreen) };
  if ('abTest' in spec) return { abTest: of(spec.abTest) as AbTestSpec };
  if ('shadow' in spec) return { shadow: of(spec.shadow) };
  return { ...spec, name };
}

const without = ({ name: _, ...rest }: { readonly name?: string }): object => rest;

/** A new name for each, none of them taken. */
export function freshNames(
  names: readonly string[],
  known: readonly string[],
  wish: (name: string) => string,
): ReadonlyMap<string, string> {
  const taken = new Set(known);
  return new Map(
    names.map(name => {
      let fresh = wish(name);
      for (let number = 2; taken.has(fresh); number++) fresh = `${wish(name)}-${number}`;
      taken.add(fresh);
      return [name, fresh];
    }),
  );
}
