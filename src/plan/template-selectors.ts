import type { Path } from '../diagnostics/finding.ts';
import type { Json } from '../model/kubernetes.ts';
import { selectorKeys, selectorMatches } from '../model/label-selector.ts';
import { versionLabels } from '../model/labels.ts';
import type { Plan, TemplateVersion, Version } from '../model/plan.ts';
import {
  deploymentOf,
  emittedPodLabels,
  groupKind,
  listIn,
  mapIn,
  podLabelsOf,
  type ScopedObject,
  valueAt,
} from '../model/template.ts';
import type { Report } from './report.ts';
import { keptAutoscaled, keptSelector, keptSelectorWide, lostSelector } from './template-messages.ts';
import { atOf, nameOf } from './template-objects.ts';

type Named = Pick<Plan, 'rollout' | 'versions'>;

/** The selector of a Deployment that keeps it must find its pods; it may find more. */
export function checkKept(plan: Named, version: TemplateVersion, report: Report): void {
  const { template } = version;
  const deployment = deploymentOf(template)!;
  const { name } = deployment.object.metadata;
  const selector = valueAt(deployment.object, 'spec', 'selector') ?? null;
  const [before, after] = [podLabelsOf(template), emittedPodLabels(plan, version)];
  const lost = selectorKeys(selector).find(key => before[key] !== after[key]);
  const at = atOf(template, deployment, ['spec', 'selector']);
  if (lost !== undefined || !selectorMatches(selector, after)) {
    const key = lost ?? selectorKeys(selector)[0] ?? '';
    const wanted = String(valueAt(selector, 'matchLabels', key) ?? before[key] ?? 'something');
    report(keptSelector(at, { key, wanted, found: after[key] ?? 'nothing' }));
    return;
  }
  const others = plan.versions.filter(other => other !== version && selectorMatches(selector, labelsOf(plan, other)));
  if (others.length === 0) return;
  const told = { deployment: name, versions: others.map(other => other.name) };
  report(template.autoscaled ? keptAutoscaled(at, told) : keptSelectorWide(at, told));
}

/** A policy that all versions share must go on finding the pods that it found. */
export function checkPolicies(plan: Named, version: TemplateVersion, report: Report): void {
  const { template } = version;
  const [before, after] = [podLabelsOf(template), emittedPodLabels(plan, version)];
  for (const one of template.objects) {
    if (one.scope === 'version' || groupKind(one.object) !== 'networking.k8s.io/NetworkPolicy') continue;
    for (const { selector, path } of policySelectors(one)) {
      if (!selectorMatches(selector, before) || selectorMatches(selector, after)) continue;
      const key = selectorKeys(selector).find(label => before[label] !== after[label]) ?? '';
      const told = { object: nameOf(one), key, wanted: before[key] ?? 'nothing', found: after[key] ?? 'nothing' };
      report(lostSelector(atOf(template, one, path), told));
    }
  }
}

interface PlacedSelector {
  readonly selector: Json;
  readonly path: Path;
}

function policySelectors({ object }: ScopedObject): readonly PlacedSelector[] {
  const own: PlacedSelector = { selector: valueAt(object, 'spec', 'podSelector') ?? {}, path: ['spec', 'podSelector'] };
  const peers = ([key, side]: readonly [string, string]): readonly PlacedSelector[] =>
    listIn(valueAt(object, 'spec', key)).flatMap((rule, i) =>
      listIn(mapIn(rule)[side]).flatMap((peer, j) => {
        const { podSelector, namespaceSelector } = mapIn(peer);
        if (podSelector === undefined || namespaceSelector !== undefined) return [];
        return [{ selector: podSelector, path: ['spec', key, i, side, j, 'podSelector'] }];
      }),
    );
  return [own, ...peers(['ingress', 'from']), ...peers(['egress', 'to'])];
}

const NONE = { 'surefoot.dev/nobody': 'none' };

function labelsOf(plan: Named, version: Version): { readonly [key: string]: string } {
  switch (version.kind) {
    case 'service':
      return NONE;
    case 'template':
      return emittedPodLabels(plan, version);
    case 'workload':
      return { ...version.workload.labels, ...versionLabels(plan, version.name) };
    default:
      return version satisfies never;
  }
}
