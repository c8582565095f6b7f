import type { Capabilities } from '../model/capabilities.ts';
import { askedIn, type Obligation, type State } from '../model/plan.ts';
import type { Rule } from '../model/traffic.ts';

/**
 * What must be seen first: the pause over, versions that get more requests there, versions that go unused. One that is asked where the
 * hop starts cannot be seen unasked there; that it goes is for the proof of any order to judge.
 */
export function obligations(from: State, to: State, offer: Capabilities): readonly Obligation[] {
  const found: Obligation[] = from.pause === undefined ? [] : [{ kind: 'paused', duration: from.pause }];
  const asked = askedIn(from);
  for (const { version, replicas } of from.running) {
    const startsLater = offer.splitBy === 'replicas' && replicas === 0;
    if (!startsLater && gainsRequests(version, from, to)) found.push(observed(version, replicas, offer));
    if (!asked.has(version) && !to.running.some(r => r.version === version)) found.push({ kind: 'idle', version });
  }
  return found;
}

const observed = (version: string, replicas: number, offer: Capabilities): Obligation =>
  offer.ownsWorkloads || replicas === 0 ? { kind: 'reachable', version } : { kind: 'available', version, replicas };

/** Whether a version is asked for more than before, by share, by mirror or by a rule of its own. */
function gainsRequests(version: string, from: State, to: State): boolean {
  if (from.rules === to.rules) return false;
  const before = requestsTo(version, from.rules);
  return [...requestsTo(version, to.rules)].some(([rule, share]) => share > (before.get(rule) ?? 0));
}

function requestsTo(version: string, rules: readonly Rule[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const rule of rules) {
    // A copy is no trial run: its answer is dropped, so a version that only got copies counts as new.
    for (const part of ['split', 'mirror'] as const) {
      for (const portion of rule[part])
        if (portion.version === version) shares.set(`${rule.name} ${part}`, portion.share);
    }
  }
  return shares;
}
