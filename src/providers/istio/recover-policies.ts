import { quote } from '../../diagnostics/wording.ts';
import { VERSION_LABEL } from '../../model/labels.ts';
import { strange } from '../../model/reading.ts';
import { endsOf } from '../../model/reading-pods.ts';
import type { Ends } from '../../model/reading-shares.ts';
import type { Recovered, RecoveredPolicy } from '../../model/recovered.ts';
import type { DestinationRule } from './recover-destination-rule.ts';
import type { Mesh } from './recover-mesh.ts';
import { foreignVersion } from './recover-mesh.ts';

/** What DestinationRules say about each version: by the subsets that hold its pods, or by the Service that is its alone. */
export function policiesOf(mesh: Mesh): Recovered['policies'] {
  const policies = new Map<string, RecoveredPolicy>();
  for (const rule of mesh.destinationRules.values()) {
    if (rule.subsets.size === 0) give(policies, { ends: serviceEnds(mesh, rule), policy: rule.policy, rule });
    for (const { labels, policy } of rule.subsets.values()) {
      const service = mesh.services.get(rule.service);
      give(policies, { ends: service === undefined ? [] : endsOf(mesh.pods, service, labels), policy, rule });
    }
  }
  return Object.fromEntries(policies);
}

function serviceEnds(mesh: Mesh, rule: DestinationRule): Ends {
  const service = mesh.services.get(rule.service);
  if (service !== undefined) return endsOf(mesh.pods, service);
  const version = foreignVersion(mesh.pods, rule.service);
  return version === undefined ? [] : [{ target: { version }, parts: 1 }];
}

interface Given {
  readonly ends: Ends;
  readonly policy: RecoveredPolicy;
  readonly rule: DestinationRule;
}

function give(policies: Map<string, RecoveredPolicy>, { ends, policy, rule }: Given): void {
  if (Object.keys(policy).length === 0) return;
  for (const { target } of ends) {
    if (!('version' in target)) continue;
    const known = policies.get(target.version);
    if (known !== undefined && !isSame(known, policy)) {
      strange(rule.spot, `version ${quote(target.version)} has another policy already`);
    }
    if (known === undefined) policies.set(target.version, policy);
  }
}

const PARTS = ['loadBalancing', 'circuitBreaker', 'outlierDetection'] as const;

const isSame = (a: RecoveredPolicy, b: RecoveredPolicy): boolean =>
  PARTS.every(part => JSON.stringify(a[part]) === JSON.stringify(b[part]));

/** No route says what an unused subset is for, so its name must: the next routes will go by it. */
export function expectNames({ destinationRules, usedSubsets }: Mesh): void {
  for (const { service, subsets, spot } of destinationRules.values()) {
    for (const [name, { labels }] of subsets) {
      if (usedSubsets.has(`${service} ${name}`) || labels[VERSION_LABEL] === name) continue;
      strange(spot, `no route uses the subset ${quote(name)}, and it is not named after the version that it holds`);
    }
  }
}
