import type { At, Finding, Note } from '../diagnostics/finding.ts';
import type { CommittedRollout, FrozenVersion, Replaced } from '../model/compiled.ts';
import type { FrozenPart } from '../model/frozen.ts';
import { ownEntry } from '../model/once.ts';
import { askedIn, type Plan, stateOf, type Version } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import {
  autoscaleWhileServing,
  type Change,
  changedWhileServing,
  type Effect,
  type Role,
  removedWhileServing,
  replaced,
  replacementLowered,
  replicasDropped,
} from './frozen-messages.ts';

/** A version with what it is made of now. */
export interface Frozen {
  readonly version: Version;
  readonly parts: readonly FrozenPart[];
  readonly now: FrozenVersion;
}

/** Findings about versions that serve and were edited, and the versions that are replaced as asked for. */
export interface FrozenCheck {
  readonly findings: readonly Finding[];
  readonly replaced: readonly Replaced[];
}

interface Scope {
  readonly plan: Plan;
  readonly provider: Pick<Provider, 'irreplaceable'>;
  readonly committed: CommittedRollout;
}

/** Holds every version against what is committed: one that serves is frozen. Paths lead into the plain Rollout. */
export function checkFrozen(versions: readonly Frozen[], scope: Scope): FrozenCheck {
  const checks = versions.map(frozen => checkVersion(frozen, scope));
  return {
    findings: checks.flatMap(check => check.findings),
    replaced: checks.flatMap(check => check.replaced),
  };
}

/**
 * Versions that serve and are declared no more. It needs nothing but names, so that it can be told before what else
 * breaks where a version is gone: steps that name it, and which one is stable.
 */
export function checkRemoved(spec: RolloutSpec, rollout: string, committed: CommittedRollout): readonly Finding[] {
  const { step, serving, versions, removed } = committed;
  return serving
    .filter(version => !Object.hasOwn(spec.versions, version))
    .map(version => {
      const before = ownEntry(versions, version);
      // The image of a template stands in its template.
      const image = before?.defaults === undefined ? undefined : before.image;
      const known = ownEntry(removed, version) ?? { asked: true };
      const params = { version, rollout, step, ...known, ...(image === undefined ? {} : { image }) };
      return removedWhileServing({ path: ['spec', 'versions'], on: 'key' }, params);
    });
}

const NOTHING: FrozenCheck = { findings: [], replaced: [] };

function checkVersion(frozen: Frozen, scope: Scope): FrozenCheck {
  const { version, now } = frozen;
  const before = ownEntry(scope.committed.versions, version.name);
  if (before === undefined) return NOTHING;
  if (now.replacement < before.replacement) {
    const params = { ...whose(version, scope), before: before.replacement, after: now.replacement };
    return { ...NOTHING, findings: [replacementLowered({ path: [...version.origin, 'replacement'] }, params)] };
  }
  const role = roleOf(version.name, scope);
  const changed = changedParts(before, now);
  return role === undefined || changed.length === 0 ? NOTHING : judge({ ...frozen, before, role, changed }, scope);
}

const whose = ({ name }: Version, { plan }: Scope) => ({ version: name, rollout: plan.rollout });

/** Undefined: the version may be edited, because nobody would notice. */
function roleOf(version: string, { plan, provider, committed }: Scope): Role | undefined {
  const state = stateOf(plan, plan.current);
  const stays = committed.running.includes(version) && state.running.some(r => r.version === version);
  if (!stays) return undefined;
  if (committed.serving.includes(version)) return 'serves';
  if (askedIn(state).has(version)) return 'joins';
  return provider.irreplaceable === undefined ? undefined : 'runs';
}

/** Names of the parts that are not the same; where somebody else keeps the pods now, or did, nothing else matters. */
function changedParts({ parts: before }: FrozenVersion, { parts: now }: FrozenVersion): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  const changed = names.filter(name => ownEntry(before, name) !== ownEntry(now, name)).sort(imageFirst);
  const whole = ['service', 'provider'].find(name => changed.includes(name));
  return whole === undefined ? changed : [whole];
}

const imageFirst = (a: string, b: string): number => Number(b === 'image') - Number(a === 'image');

/** A version in whose way an edit stands. */
interface Edit extends Frozen {
  readonly before: FrozenVersion;
  readonly role: Role;
  /** Names of what changed, sorted, the image first. */
  readonly changed: readonly string[];
}

function judge(edit: Edit, scope: Scope): FrozenCheck {
  const { version, now, role } = edit;
  const standing = { ...whose(version, scope), step: scope.committed.step, role };
  const scaling = edit.changed
    .filter(part => part === AUTOSCALE)
    .map(part => {
      const params = { ...standing, added: Object.hasOwn(now.parts, part) };
      return autoscaleWhileServing(placeOf(edit, part), params);
    });
  const dropped =
    edit.changed.includes(REPLICAS) && !edit.changed.includes(AUTOSCALE) && !Object.hasOwn(now.parts, REPLICAS)
      ? [replicasDropped({ path: version.origin, on: 'key' }, standing)]
      : [];
  const parts = edit.changed.filter(part => part !== AUTOSCALE && part !== REPLICAS);
  const counting = [...scaling, ...dropped];
  if (parts.length === 0) return { ...NOTHING, findings: counting };
  const rest = judgePods({ ...edit, changed: parts }, scope);
  return { ...rest, findings: [...counting, ...rest.findings] };
}

/** Whether a version is autoscaled; where that changes, so does who counts the pods, and no replacement makes it safe. */
const AUTOSCALE = 'autoscale';

/** Whether the number of pods of a template is written anywhere. */
const REPLICAS = 'replicas';

function judgePods(edit: Edit, scope: Scope): FrozenCheck {
  const { version, role, changed } = edit;
  const [first = ''] = changed;
  const at = placeOf(edit, first);
  const change = changeIn(edit);
  const effect = effectOf(edit, scope);
  if (effect.kind === 'replaces-pods' && edit.now.replacement > edit.before.replacement) {
    const numbers = { number: edit.now.replacement, enough: effect.next };
    const params = { ...whose(version, scope), change, ...paceOf(version, scope.plan), ...numbers };
    return { findings: [replaced(at, params, notesOn(edit))], replaced: [{ version: version.name, parts: changed }] };
  }
  const { step } = scope.committed;
  const params = { ...whose(version, scope), step, role, change, effect, shared: isShared(edit) };
  return { ...NOTHING, findings: [changedWhileServing(at, params, notesOn(edit))] };
}

function changeIn({ before, now, changed: parts }: Edit): Change {
  const known = parts.includes('image') && before.image !== undefined && now.image !== undefined;
  return known ? { parts, images: [before.image, now.image] } : { parts };
}

function effectOf({ before, changed }: Edit, { provider: { irreplaceable } }: Scope): Effect {
  if (changed.includes('provider')) return { kind: 'changes-keeper' };
  if (changed.includes('service')) return { kind: 'moves-requests' };
  if (irreplaceable !== undefined) return { kind: 'refused', why: irreplaceable };
  return { kind: 'replaces-pods', next: before.replacement + 1 };
}

/** How many pods are replaced, and how many of them at a time: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge */
function paceOf(version: Version, plan: Plan): { readonly pods: number; readonly atATime: number } {
  const pods = stateOf(plan, plan.current).running.find(r => r.version === version.name)?.replicas ?? 0;
  const percent = version.kind === 'workload' ? version.defaults.surgePercent : 100;
  return { pods, atATime: Math.max(1, Math.ceil((pods * percent) / 100)) };
}

/** Where a part is written; of one that is gone, the version, or the provider that wrote it. */
function placeOf({ parts, version }: Edit, name: string): At {
  const at = parts.find(({ part }) => part === name)?.at;
  if (at !== undefined) return { path: at };
  return name === 'provider' ? { path: ['spec', name] } : { path: version.origin, on: 'key' };
}

/** Whether no version can set for itself what changed. */
const isShared = ({ parts, changed }: Edit): boolean =>
  parts.some(({ part, at }) => changed.includes(part) && at[1] !== 'workload' && at[1] !== 'versions');

/** Where the other parts are written. */
function notesOn({ parts, changed: [first, ...others] }: Edit): readonly Note[] {
  const taken = parts.find(({ part }) => part === first)?.at.join('.');
  return parts
    .filter(({ part, at }) => others.includes(part) && at.join('.') !== taken)
    .map(({ part, at }) => ({ at: { path: at }, text: `its ${part} is written here.` }));
}
