import { type CompiledFlat, compileOne, removedFrom } from './compile-one.ts';
import { type Diagnostic, distinct } from './diagnostics/diagnostic.ts';
import { type Finding, hasErrors } from './diagnostics/finding.ts';
import { fleetFindings } from './fleet-findings.ts';
import { directoryOf } from './layout/paths.ts';
import type { Compiled, Given, Needs, Refusal, Source } from './model/compiled.ts';
import { DEFAULT_SETS, type DefaultSet } from './model/default-sets.ts';
import { DEFAULTS } from './model/defaults.ts';
import { entry, ownEntry } from './model/once.ts';
import { findingsOfAll } from './plan/environment-findings.ts';
import { type Flat, flatten } from './plan/environments.ts';
import { type Templates, templateFiles } from './plan/templates.ts';
import { PROVIDERS } from './providers/registry.ts';
import { type PlacedText, placeFindings } from './read/place.ts';
import { type ReadFleet, readFleet } from './read/read-fleet.ts';
import { type ReadRollout, readRollout } from './read/read-rollout.ts';
import { type ReadTemplate, readTemplate } from './read/read-template.ts';
import { fleetSchema } from './read/schema/fleet-schema.ts';
import { rolloutSchema } from './read/schema/rollout-schema.ts';

/** A source that was read, and what must be found before it can be compiled. */
export interface Prepared {
  readonly source: Source;
  readonly read: ReadRollout;
  readonly fleet: (Source & ReadFleet) | undefined;
  /** One for each environment. */
  readonly flats: readonly Flat[];
  readonly findings: readonly Finding[];
  readonly needs: Needs;
}

/**
 * One rollout from its text to its files: pure, complete, plain data in and out. A rollout with an error has
 * diagnostics and no results; nothing is ever thrown for what a person wrote.
 */
export const compile = (source: Source, given: Given = {}, sets: readonly DefaultSet[] = DEFAULT_SETS): Compiled =>
  complete(prepare(source, given.fleet), given, sets);

/** Reads a source and merges its environments: the first half of `compile`. */
export function prepare(source: Source, fleetSource?: Source): Prepared {
  const read = readRollout(source.text, () => rolloutSchema(PROVIDERS));
  const fleet = fleetSource === undefined ? undefined : fleetOf(fleetSource);
  const found = [...read.findings, ...(fleet?.findings ?? []).map(finding => inFile(finding, fleet!.file))];
  const { rollout } = read;
  const file = fleet?.fleet === undefined ? undefined : { file: fleet.file, fleet: fleet.fleet };
  const { flats, findings } = rollout === undefined || hasErrors(found) ? NONE : flatten(rollout, PROVIDERS, file);
  const declared = Object.keys(flats[0]?.rollout.spec.versions ?? {});
  const needs = { templates: templateFiles(flats, source.file), directories: flats.map(directoryOfFlat), declared };
  return { source, read, fleet, flats, findings: [...found, ...findings], needs };
}

const NONE = { flats: [], findings: [] };

/** Plans, emits, prints, proves and lays out what was read: the second half of `compile`. */
export function complete(prepared: Prepared, given: Omit<Given, 'fleet'>, sets = DEFAULT_SETS): Compiled {
  const { source, flats } = prepared;
  const files = readTemplates(prepared.needs.templates, given.templates ?? {});
  const compiled = hasErrors(prepared.findings) ? [] : compileAll(prepared, { given, sets, files });
  const ofTemplates = [...files.values()].flatMap(file => ('text' in file ? file.findings : []));
  const findings = [...prepared.findings, ...ofTemplates, ...findingsOfAll(flats, compiled)];
  const results = compiled.flatMap(({ result }) => result ?? []);
  const diagnostics = place(prepared, findings, files);
  return hasErrors(findings) ? { source: source.file, diagnostics } : { source: source.file, diagnostics, results };
}

interface Beside {
  readonly given: Omit<Given, 'fleet'>;
  readonly sets: readonly DefaultSet[];
  readonly files: TemplateTexts;
}

/** Versions that are gone are told alone: steps that name such a version are wrong only because it is. */
function compileAll(prepared: Prepared, { given, sets, files }: Beside): readonly CompiledFlat[] {
  const { source, flats } = prepared;
  const pinned = flats.map(flat => {
    const committed = ownEntry(given.committed, directoryOfFlat(flat));
    return { flat, pinning: committed === undefined ? { sets } : { sets, committed } };
  });
  const gone = pinned.map(({ flat, pinning }) => removedFrom(flat, pinning));
  if (gone.some(one => one.findings.length > 0)) return gone;
  const templates = templatesOf(prepared, files);
  return pinned.map(({ flat, pinning }) => compileOne(flat, source, pinning, templates));
}

const inFile = (finding: Finding, file: string): Finding => ({ ...finding, at: { ...finding.at, file } });

const fleets = new WeakMap<Source, Source & ReadFleet>();

/** surefoot.yaml as it was read, once for each source, with everything that is wrong with it. */
export const fleetOf = (source: Source): Source & ReadFleet =>
  entry(fleets, source, () => {
    const read = readFleet(source.text, () => fleetSchema(PROVIDERS));
    const meant = read.fleet === undefined ? [] : fleetFindings(read.fleet);
    return { ...source, ...read, findings: [...read.findings, ...meant] };
  });

const directoryOfFlat = ({ environment, rollout: { metadata } }: Flat): string =>
  directoryOf({ environment, namespace: metadata.namespace ?? DEFAULTS.namespace, rollout: metadata.name });

/** Templates by their path, each read once. */
type TemplateTexts = ReadonlyMap<string, ReadTemplate | Refusal>;

function readTemplates(files: readonly string[], given: NonNullable<Given['templates']>): TemplateTexts {
  const found = files.flatMap((file): readonly (readonly [string, ReadTemplate | Refusal])[] => {
    const text = Object.hasOwn(given, file) ? given[file] : undefined;
    if (text === undefined) return [];
    return [[file, typeof text === 'string' ? readTemplate(file, text) : text]];
  });
  return new Map(found);
}

const templatesOf = ({ source, read }: Prepared, files: TemplateTexts): Templates => ({
  source: source.file,
  home: read.rollout?.metadata.namespace ?? DEFAULTS.namespace,
  read: file => {
    const found = files.get(file);
    if (found === undefined || 'refused' in found) return found;
    return found.objects === undefined ? { broken: true } : { objects: found.objects };
  },
});

function place(
  { source, read, fleet }: Prepared,
  findings: readonly Finding[],
  templates: TemplateTexts,
): readonly Diagnostic[] {
  const texts = [...templates.values()].flatMap(file => ('text' in file ? [file] : []));
  const others: readonly PlacedText[] = [...(fleet === undefined ? [] : [fleet]), ...texts];
  return distinct(placeFindings(source.file, source.text, findings, read.locate, others));
}
