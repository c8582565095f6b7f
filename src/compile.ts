import { byPlace, type Diagnostic, distinct } from './diagnostics/diagnostic.ts';
import type { Finding } from './diagnostics/finding.ts';
import { list } from './diagnostics/wording.ts';
import { draw } from './draw.ts';
import { freeze } from './layout/freeze.ts';
import { layOut } from './layout/lay-out.ts';
import { liveFileFindings } from './layout/live-files.ts';
import { directoryOf } from './layout/paths.ts';
import type { Compiled, CompiledRollout, Given, Needs, Refusal, Source } from './model/compiled.ts';
import { DEFAULT_SETS, type DefaultSet } from './model/default-sets.ts';
import { DEFAULTS } from './model/defaults.ts';
import type { FrozenPart } from './model/frozen.ts';
import { entry, ownEntry } from './model/once.ts';
import type { Version } from './model/plan.ts';
import { checkFrozen, checkRemoved, type Frozen } from './plan/check-frozen.ts';
import { type Flat, flatten } from './plan/environments.ts';
import { frozenParts } from './plan/frozen.ts';
import type { Pinning } from './plan/pinning.ts';
import { planRollout } from './plan/plan-rollout.ts';
import { type Templates, templateFiles } from './plan/templates.ts';
import { PROVIDERS, providerNamed } from './providers/registry.ts';
import { type PlacedText, placeFindings } from './read/place.ts';
import { type ReadFleet, readFleet } from './read/read-fleet.ts';
import { type ReadRollout, readRollout } from './read/read-rollout.ts';
import { type ReadTemplate, readTemplate } from './read/read-template.ts';
import { fleetSchema } from './read/schema/fleet-schema.ts';
import { rolloutSchema } from './read/schema/rollout-schema.ts';
import { patchedPods } from './workloads/template/pods.ts';

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
  const pinningOf = (flat: Flat): Pinning => {
    const committed = ownEntry(given.committed, directoryOfFlat(flat));
    return committed === undefined ? { sets } : { sets, committed };
  };
  const files = readTemplates(prepared.needs.templates, given.templates ?? {});
  const templates = templatesOf(prepared, files);
  const gone = flats.map(flat => removedFrom(flat, pinningOf(flat)));
  const parts = hasErrors(prepared.findings)
    ? []
    : gone.some(part => part.findings.length > 0)
      ? gone
      : flats.map(flat => compileOne(flat, source, pinningOf(flat), templates));
  const ofTemplates = [...files.values()].flatMap(file => ('text' in file ? file.findings : []));
  const findings = [...prepared.findings, ...ofTemplates, ...ofEnvironments(flats, parts)];
  const results = parts.flatMap(({ result }) => result ?? []);
  const diagnostics = place(prepared, findings, files);
  return hasErrors(findings) ? { source: source.file, diagnostics } : { source: source.file, diagnostics, results };
}

interface Part {
  readonly findings: readonly Finding[];
  readonly result?: CompiledRollout;
}

/** Told alone: steps that name a version which is gone are wrong only because it is. */
const removedFrom = (flat: Flat, { committed }: Pinning): Part => {
  const { spec, metadata } = flat.rollout;
  const findings = committed === undefined ? [] : checkRemoved(spec, metadata.name, committed);
  return { findings: findings.map(finding => inLayer(finding, flat)) };
};

function compileOne(flat: Flat, source: Source, pinning: Pinning, templates: Templates): Part {
  const planned = planRollout(flat, PROVIDERS, pinning, templates);
  const provider = providerNamed(flat.rollout.spec.provider);
  const written = (findings: readonly Finding[]): readonly Finding[] => findings.map(finding => inLayer(finding, flat));
  if (planned.plan === undefined || provider === undefined) return { findings: written(planned.findings) };
  const { plan } = planned;
  const drawn = draw(plan, provider);
  const inTheWay = liveFileFindings(directoryOf(plan), drawn);
  const partsOf = frozenParts(plan, flat.rollout.spec, provider, patchedPods);
  const frozen = plan.versions.map(version => frozenVersion(version, partsOf(version)));
  const { committed } = pinning;
  const check = committed === undefined ? undefined : checkFrozen(frozen, { plan, provider, committed });
  const findings = written([...planned.findings, ...drawn.findings, ...inTheWay, ...(check?.findings ?? [])]);
  if (hasErrors(findings)) return { findings };
  const versions = Object.fromEntries(frozen.map(({ version, now }) => [version.name, now]));
  const result = layOut(plan, source.file, drawn, versions);
  return {
    findings,
    result: { rollout: flat.rollout, ...result, ...(check === undefined ? {} : { replaced: check.replaced }) },
  };
}

const frozenVersion = (version: Version, parts: readonly FrozenPart[]): Frozen => ({
  version,
  parts,
  now: freeze(version, parts),
});

/** Findings of all environments, the same one once; one that is not the same in each of them begins with its own. */
function ofEnvironments(flats: readonly Flat[], parts: readonly Part[]): readonly Finding[] {
  const keyOf = ({ code, what, why, fix, at }: Finding): string => JSON.stringify([code, what, why, fix, at]);
  const homes = new Map<string, { readonly finding: Finding; readonly flats: Set<Flat> }>();
  parts.forEach(({ findings }, index) => {
    for (const finding of findings)
      entry(homes, keyOf(finding), () => ({ finding, flats: new Set<Flat>() })).flats.add(flats[index]!);
  });
  return [...homes.values()].map(({ finding, flats: own }) =>
    own.size === parts.length ? finding : inEnvironments(finding, [...own]),
  );
}

const inEnvironments = (finding: Finding, flats: readonly Flat[]): Finding => {
  const names = flats.map(({ environment }) => environment);
  return {
    ...finding,
    what: `In the environment${names.length === 1 ? '' : 's'} ${list(names)}: ${finding.what}`,
    notes: [
      ...finding.notes,
      ...flats.map(({ environment, declared }) => ({
        at: declared,
        text: `the environment ${list([environment])} is declared here.`,
      })),
    ],
  };
};

/** Points to the file and place where the value was written. */
const inLayer = (finding: Finding, { written }: Flat): Finding => ({
  ...finding,
  at: written(finding.at),
  notes: finding.notes.map(note => ({ ...note, at: written(note.at) })),
});

const inFile = (finding: Finding, file: string): Finding => ({ ...finding, at: { ...finding.at, file } });

// Read once for a whole fleet.
const fleets = new WeakMap<Source, Source & ReadFleet>();
const fleetOf = (source: Source): Source & ReadFleet =>
  entry(fleets, source, () => ({ ...source, ...readFleet(source.text, () => fleetSchema(PROVIDERS)) }));

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
  return distinct(placeFindings(source.file, source.text, findings, read.locate, others).sort(byPlace));
}

const hasErrors = (findings: readonly Finding[]): boolean => findings.some(finding => finding.severity === 'error');
