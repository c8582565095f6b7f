import { visible } from '../layout/visible.ts';
import { faultWords, matchWords } from '../layout/words.ts';
import type { Fault } from '../model/traffic.ts';
import { printShare } from '../traffic/share.ts';
import { type Difference, isEmpty } from './difference.ts';
import type { ObjectChange } from './objects-difference.ts';
import { places, some } from './places.ts';
import { podsLines } from './pods-words.ts';
import {
  isMoved,
  isRoutingUnchanged,
  type RoutingDifference,
  type RuleDifference,
  type ShareChange,
} from './routing-difference.ts';
import { isWholePolicy, settingWords, treatmentWords } from './setting-words.ts';

/** A difference in a reviewer's words, routing first; safe for a terminal. */
export function differenceLines(difference: Difference): readonly string[] {
  if (isEmpty(difference)) return ['nothing differs'];
  const { provider, routing, pods, objects, clusterOnly = [] } = difference;
  const lines = [
    ...(provider === undefined ? [] : [`provider ${provider.before} → ${provider.after}`]),
    ...routingLines(
      routing,
      pods.some(({ revision }) => revision !== undefined),
    ),
    ...(pods.length === 0 ? ['no pod touched'] : pods.flatMap(podsLines)),
    ...objects.flatMap(objectLines),
    ...clusterOnly.map(object => `${object} in the cluster only`),
  ];
  return lines.map(visible);
}

/** Where a template makes a new revision, the policy of the one before is in the cluster only and has not changed. */
function routingLines(routing: RoutingDifference, isNewRevision: boolean): readonly string[] {
  const isRead = routing.problems.before.length + routing.problems.after.length === 0;
  if (isRoutingUnchanged(routing))
    return [isRead ? 'routing unchanged' : 'routing unchanged as far as it can be read', ...unreadable(routing)];
  const settings = routing.settings.filter(setting => !(isNewRevision && isWholePolicy(setting)));
  const changed = routing.rules.filter(({ change }) => change !== 'unchanged');
  return [
    ...changed.map(rule => ruleLine(rule, routing.rules.length === 1)),
    ...(routing.reordered ? ['rules are tried in another order'] : []),
    ...some(settings.map(settingWords)),
    ...(changed.length === 0 ? ['shares unchanged'] : []),
    ...(routing.matchesUnchanged ? ['match unchanged'] : []),
    ...unreadable(routing),
  ];
}

const unreadable = ({ problems: { before, after } }: RoutingDifference): readonly string[] => [
  ...before.map(problem => `routes before could not be read whole: ${problem}`),
  ...after.map(problem => `routes after could not be read whole: ${problem}`),
];

function ruleLine(rule: RuleDifference, isOnly: boolean): string {
  const words = [
    ...shareWords(rule, rule.split, ''),
    ...shareWords(rule, rule.mirror, 'mirror '),
    ...(rule.fault === undefined ? [] : [faultChange(rule.fault)]),
    ...rule.settings.map(setting => treatmentWords(setting, rule.change === 'changed')),
  ].join(', ');
  const name = rule.matches.length === 0 ? (isOnly ? '' : 'other requests: ') : `${matchWords(rule)}: `;
  switch (rule.change) {
    case 'added':
      return `new rule: ${name}${words || 'goes nowhere'}`;
    case 'removed':
      return `rule removed: ${name}${words || 'went nowhere'}`;
    case 'changed':
    case 'unchanged':
      return `${name}${words}`;
    default:
      return rule.change satisfies never;
  }
}

/** Of a rule that both sides have the shares that moved; else the shares that there are. */
function shareWords({ change }: RuleDifference, shares: readonly ShareChange[], prefix: string): readonly string[] {
  if (change === 'added') return shares.map(({ target, after }) => `${prefix}${target} ${printShare(after)} %`);
  if (change === 'removed') return shares.map(({ target, before }) => `${prefix}${target} ${printShare(before)} %`);
  return shares
    .filter(isMoved)
    .map(({ target, before, after }) => `${prefix}${target} ${printShare(before)} % → ${printShare(after)} %`);
}

const faultChange = ({ before, after }: { readonly before?: Fault; readonly after?: Fault }): string =>
  `fault ${faultWords(before).join(' and ') || 'none'} → ${faultWords(after).join(' and ') || 'none'}`;

function objectLines({ object, change, leaves }: ObjectChange): readonly string[] {
  return change === 'updated' ? places(`${object} updated:`, leaves) : [`${object} ${change}`];
}
