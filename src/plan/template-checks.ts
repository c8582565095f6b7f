import { versionName } from '../model/labels.ts';
import type { Plan, TemplateVersion, Version } from '../model/plan.ts';
import { emittedName, groupKind, type ScopedObject } from '../model/template.ts';
import type { Report } from './report.ts';
import { autoscaledCount, keepNamesTwice, nameCollision, nameTooLong, sharedDiffers } from './template-messages.ts';
import { atOf, nameOf } from './template-objects.ts';
import { checkKept, checkPolicies } from './template-selectors.ts';

type Named = Pick<Plan, 'rollout' | 'versions'>;

/** Reports what is wrong with templates only beside each other and the other versions. */
export function checkTemplates(plan: Named, report: Report): void {
  const versions = plan.versions.filter((version): version is TemplateVersion => version.kind === 'template');
  const keepers = versions.filter(version => version.template.keepNames);
  if (keepers.length > 1) {
    const at = { path: [...keepers[1]!.origin, 'keepNames'], on: 'key' } as const;
    report(keepNamesTwice(at, { versions: keepers.map(version => version.name) }));
    return;
  }
  for (const version of keepers) checkKept(plan, version, report);
  for (const version of versions) checkPolicies(plan, version, report);
  checkNames(plan, versions, report);
}

/** Who holds an emitted name. */
interface Holder {
  readonly version: TemplateVersion | Version;
  readonly one?: ScopedObject;
}

/** Names fit, and each belongs to one version, or to all of those that share the very same object. */
function checkNames(plan: Named, versions: readonly TemplateVersion[], report: Report): void {
  const holders = new Map<string, Holder>();
  for (const version of plan.versions.filter(one => one.kind === 'workload')) {
    for (const kind of ['deployment', 'poddisruptionbudget'])
      holders.set(`${kind} ${versionName(plan, version)}`, { version });
  }
  for (const version of versions) {
    for (const one of version.template.objects) {
      const name = emittedName(plan, version, one);
      const most = MOST[groupKind(one.object)] ?? 253;
      const at = atOf(version.template, one, ['metadata', 'name']);
      if (name.length > most) report(nameTooLong(at, { object: nameOf(one), name, most }));
      // Two groups may have a kind of one name, but their files would have one name too.
      const key = `${one.object.kind} ${name}`.toLowerCase();
      const holder = holders.get(key);
      if (holder === undefined) holders.set(key, { version, one });
      else checkShared({ version, one, name }, holder, report);
    }
  }
}

/** A Deployment's name is part of its pods' names, which are host names. */
const MOST: { readonly [groupKind: string]: number } = { 'apps/Deployment': 63 };

function checkShared(
  { version, one, name }: { readonly version: TemplateVersion; readonly one: ScopedObject; readonly name: string },
  holder: Holder,
  report: Report,
): void {
  const at = atOf(version.template, one, ['metadata', 'name']);
  if (holder.one?.scope === 'shared' && one.scope === 'shared' && holder.version !== version) {
    const where = differenceOf(holder.one.object, one.object);
    const file = holder.version.kind === 'template' ? holder.version.template.file : '';
    if (where === undefined) return;
    const told = { versions: [holder.version.name, version.name], files: [...new Set([file, version.template.file])] };
    report(sharedDiffers(at, { object: nameOf(one), where, ...told }, [noteOf(holder.one, file)]));
    return;
  }
  const owner = ({ version: of, one: object }: Holder): string =>
    object?.scope === 'shared' ? 'all versions' : `version ${of.name}`;
  report(nameCollision(at, { name: `${one.object.kind} ${name}`, one: owner(holder), other: owner({ version, one }) }));
}

const noteOf = (one: ScopedObject, file: string) => ({
  at: atOf({ file }, one, ['metadata', 'name']),
  text: 'the other one.',
});

/** Where two objects differ; namespaces do not count, all get that of the Rollout. */
function differenceOf(one: unknown, other: unknown, path = ''): string | undefined {
  if (path === 'metadata.namespace') return undefined;
  if (!isTree(one) || !isTree(other)) return one === other ? undefined : path;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys
    .map(key => differenceOf(one[key], other[key], path === '' ? key : `${path}.${key}`))
    .find(found => found !== undefined);
}

const isTree = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null;

/** What sets the numbers of pods beside an autoscaler. */
export interface Counting {
  readonly byReplicas: boolean;
  readonly gradual: boolean;
  readonly provider: string;
}

/** Reports autoscalers where the compiler itself must set the numbers of pods. */
export function checkAutoscaled({ versions }: Pick<Plan, 'versions'>, counting: Counting, report: Report): void {
  const counted = counting.byReplicas
    ? `with ${counting.provider} the split follows from the number of pods`
    : 'surge: gradual starts pods little by little';
  if (!counting.byReplicas && !counting.gradual) return;
  for (const version of versions) {
    if (version.kind !== 'template' || !version.template.autoscaled) continue;
    const scaler = version.template.objects.find(one => one.object.kind === 'HorizontalPodAutoscaler')!;
    report(autoscaledCount(atOf(version.template, scaler, ['kind']), { object: nameOf(scaler), counted }));
  }
}
