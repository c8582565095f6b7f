import type { Finding } from '../diagnostics/finding.ts';
import type { Json } from '../model/kubernetes.ts';
import { ownEntry } from '../model/once.ts';
import type { Rollout, RolloutSpec, StepSpec, VersionSpec } from '../model/rollout.ts';
import { readRollout } from '../read/read-rollout.ts';
import { type Added, append, type Collection } from './append.ts';
import { notEditable, unknownModel, versionExists } from './messages.ts';
import { type ChosenSteps, type NewSteps, nextSteps } from './next-steps.ts';
import { passagesOf, stableOf } from './passage.ts';
import { sameData } from './same-data.ts';
import { type Splice, spliced, type Written } from './splice.ts';

/** A version to release; exactly one of `image`, `template` and `service`. */
export interface Release {
  readonly version: string;
  readonly image?: string;
  readonly template?: string;
  readonly service?: string;
  /** The version whose other settings it begins with; absent: the one that has all traffic at the end of the tape. */
  readonly like?: string;
  /** Absent: the steps by which that version was released. */
  readonly steps?: ChosenSteps;
  /** Whether rules keep their names, written into the steps, where an object of every state is called like them; absent: no. */
  readonly keepRuleNames?: boolean;
}

/** A text with another release at the end of its tape. */
export interface Released {
  readonly text: string;
  /** The version that has all traffic before. */
  readonly from: string;
  readonly steps: readonly StepSpec[];
}

/**
 * Appends a version, and the steps that bring it all traffic, to the text of a Rollout. Where environments stand does
 * not matter: they go through the tape one release after the other. What the new text is worth, the compiler tells.
 */
export function withRelease(text: string, release: Release): Released | { readonly findings: readonly Finding[] } {
  const { rollout, findings, locate } = readRollout(text);
  if (rollout === undefined) return { findings };
  const { version, like } = release;
  const { versions } = rollout.spec;
  const refuse = (finding: Finding) => ({ findings: [finding] });
  if (Object.hasOwn(versions, version))
    return refuse(versionExists({ path: ['spec', 'versions', version], on: 'key' }, { version }));
  if (like !== undefined && !Object.hasOwn(versions, like))
    return refuse(
      unknownModel({ path: ['spec', 'versions'], on: 'key' }, { version: like, known: Object.keys(versions) }),
    );
  const next = nextSteps(rollout, version, release.steps, release.keepRuleNames);
  if ('finding' in next) return refuse(next.finding);
  const from = passagesOf(rollout).at(-1)?.whole ?? stableOf(rollout.spec);
  const spec = versionLike(ownEntry(versions, like ?? from) ?? {}, release);
  const addition = { version, spec, next };
  for (const keepsBlanks of [false, true]) {
    const edited = spliced(text, additions({ text, locate, keepsBlanks }, rollout.spec, addition));
    const again = readRollout(edited);
    if (again.rollout === undefined || sameData(again.rollout, appended(rollout, addition)))
      return { text: edited, from, steps: next.steps };
  }
  const write = `${version}: ${JSON.stringify(spec)}`;
  return refuse(notEditable({ path: ['spec', 'versions'], on: 'key' }, { what: 'The list of versions', write }));
}

/** What a version says, with pods of another image or template, or another Service. */
function versionLike(model: VersionSpec, { image, template, service }: Release): VersionSpec {
  if (service !== undefined) return { service };
  const { service: _, keepNames: __, replacement: ___, image: ____, template: before, ...rest } = model;
  if (template !== undefined) return { template, ...rest };
  return { ...(before === undefined ? {} : { template: before }), ...(image === undefined ? {} : { image }), ...rest };
}

interface Addition {
  readonly version: string;
  readonly spec: VersionSpec;
  readonly next: NewSteps;
}

function additions(written: Written, spec: RolloutSpec, { version, spec: made, next }: Addition): readonly Splice[] {
  const add = (collection: Collection, added: Added) => append(written, collection, added);
  const { versions, rules, steps } = spec;
  const json = (value: unknown): Json => value as Json;
  return [
    ...add(mapAt('versions', versions), { entries: { [version]: json(made) } }),
    ...(Object.keys(next.rules).length === 0
      ? []
      : add(mapAt('rules', rules), { entries: json(next.rules) as { readonly [key: string]: Json } })),
    ...add(
      {
        path: ['spec', 'steps'],
        last: steps === undefined || steps.length === 0 ? undefined : steps.length - 1,
        isWritten: steps !== undefined,
        after: rules === undefined ? 'versions' : 'rules',
      },
      { items: next.steps.map(json) },
    ),
  ];
}

const mapAt = (key: string, map: object | undefined): Collection => ({
  path: ['spec', key],
  last: Object.keys(map ?? {}).at(-1),
  isWritten: map !== undefined,
});

function appended(rollout: Rollout, { version, spec: made, next }: Addition): Rollout {
  const { spec } = rollout;
  const rules = { ...spec.rules, ...next.rules };
  return {
    ...rollout,
    spec: {
      ...spec,
      versions: { ...spec.versions, [version]: made },
      ...(Object.keys(rules).length === 0 ? {} : { rules }),
      steps: [...(spec.steps ?? []), ...next.steps],
    },
  };
}
