import type { At } from '../diagnostics/finding.ts';
import type { RolloutSpec, VersionSpec, WorkloadSpec } from '../model/rollout.ts';
import type { TemplateObject } from '../model/template.ts';
import type { Flat } from './environments.ts';
import { type Layer, merged, writtenAt } from './layers.ts';

/** A template that a version names. */
export interface NamedTemplate {
  /** As it was written. */
  readonly written: string;
  /** Relative to the root; absent where it leads out of it. */
  readonly file?: string;
  /** Why it may not be read, words that go on from its path. */
  readonly problem?: string;
}

/** What is known of the file behind a template: its objects, why it may not be read, or that it has mistakes of its own. */
export type TemplateFile =
  | { readonly objects: readonly TemplateObject[] }
  | { readonly refused: string }
  | { readonly broken: true };

/** The templates of a Rollout, and where they are looked for. */
export interface Templates {
  /** The Rollout's own file, relative to the root. */
  readonly source: string;
  /** The namespace that the Rollout's file names, before any environment. */
  readonly home: string;
  /** Undefined: there is no such file. */
  readonly read: (file: string) => TemplateFile | undefined;
}

export const NO_TEMPLATES: Templates = { source: '', home: '', read: () => undefined };

/** Layers of what one version says, the farthest first. */
export const versionLayers = (spec: RolloutSpec, name: string): readonly Layer[] => [
  { value: spec.workload, at: ['spec', 'workload'] },
  { value: spec.versions[name], at: ['spec', 'versions', name] },
];

/** Paths of all templates that a Rollout's versions name, each once. */
export function templateFiles(flats: readonly Flat[], source: string): readonly string[] {
  const named = flats.flatMap(flat =>
    Object.keys(flat.rollout.spec.versions).map(name => templateNamed(flat, source, name)?.file),
  );
  return [...new Set(named.flatMap(file => file ?? []))].sort();
}

/** The template of a version; undefined where it has none. */
export function templateNamed(
  flat: Pick<Flat, 'rollout' | 'written'>,
  source: string,
  version: string,
): NamedTemplate | undefined {
  const layers = versionLayers(flat.rollout.spec, version);
  const { template, service } = (merged(layers) ?? {}) as WorkloadSpec & VersionSpec;
  if (template === undefined || service !== undefined) return undefined;
  const at: At = flat.written({ path: writtenAt(layers, ['template']).path });
  return { written: template, ...resolved(template, at.file ?? source) };
}

/** A path as seen from the folder of a file. It may not leave the root, and reads the same on every system. */
function resolved(written: string, from: string): Omit<NamedTemplate, 'written'> {
  if (written.trim() === '') return { problem: 'is empty' };
  if (written.includes('\\')) return { problem: 'has a backslash, which only some systems take for a slash' };
  if (/^(?:\/|[A-Za-z]:|[a-z]+:\/\/)/.test(written)) return { problem: 'does not begin at the folder of this file' };
  const steps: string[] = from.split('/').slice(0, -1);
  for (const step of written.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return { problem: 'leads out of the repository' };
  }
  return { file: steps.join('/') };
}
