import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { notTotal, unknownMethod, weightLost } from './messages.ts';
import { countedWeights } from './weights.ts';

/** What Consul cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] =>
  [...new Set(plan.states.flatMap(state => state.rules))].flatMap(rule => [
    ...rule.matches.flatMap(match => checkMethod(match, rule)),
    ...checkWeights(rule),
  ]);

/** https://github.com/hashicorp/consul/blob/main/agent/structs/config_entry_discoverychain.go (isValidHTTPMethod) */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];

function checkMethod({ method }: Match, rule: Rule): readonly Finding[] {
  if (method === undefined || method.kind === 'present') return [];
  if (method.kind === 'exact' && METHODS.includes(method.value)) return [];
  return [unknownMethod({ path: rule.origin, on: 'key' }, { method: method.value, methods: METHODS })];
}

function checkWeights({ split, name, origin }: Rule): readonly Finding[] {
  const { sent, isWhole } = countedWeights(split.map(({ share }) => share / 100));
  const lost = split.flatMap(({ version, share }, i) =>
    sent[i] === share ? [] : [weightLost({ path: origin, on: 'key' }, { version, wanted: share, sent: sent[i]! })],
  );
  return lost.length > 0 || isWhole ? lost : [notTotal({ path: origin, on: 'key' }, { rule: name })];
}
