import type { Plan, State } from '../model/plan.ts';
import type { Recovered, RecoveredPolicy, RecoveredRule, Target } from '../model/recovered.ts';
import { type Decision, decideAlike } from '../traffic/decisions.ts';
import { type Difference, firstDifference, sortedBy } from './difference.ts';
import { expectedMeaning, type Meaning, type Provision } from './expected.ts';

/**
 * Translation validation: what was read back from emitted objects must be what the plan says, no more and no less.
 * Gives the first difference, or undefined where there is none.
 */
export function translationDifference(
  plan: Plan,
  state: State,
  provider: Provision,
  read: Recovered,
): Difference | undefined {
  if (read.problems.length > 0)
    return {
      path: 'objects',
      wanted: 'a meaning',
      found: read.problems.join('; '),
    };
  const wanted = expectedMeaning(plan, state, provider);
  const { policies, rules, addresses, ...rest } = canonical(wanted);
  const {
    policies: readPolicies,
    rules: readRules,
    addresses: readAddresses,
    ...readRest
  } = canonical({
    ...read,
    addresses: read.addresses.filter(isOpen(state)),
  });
  return (
    firstDifference(rest, readRest) ??
    ruleDifference(rules, readRules) ??
    firstDifference(addresses, readAddresses, 'addresses') ??
    firstDifference(
      visible(policies, readPolicies, provider.capabilities.ownsWorkloads),
      nonEmpty(readPolicies),
      'policies',
    )
  );
}

/** Rules may be said in another order, and in more of them, where every request meets the same one. */
function ruleDifference(wanted: readonly RecoveredRule[], read: readonly RecoveredRule[]): Difference | undefined {
  const difference = firstDifference(wanted, read, 'rules');
  return difference === undefined || decideAlike(wanted.map(decision), read.map(decision)) ? undefined : difference;
}

const decision = ({ matches, ...outcome }: RecoveredRule): Decision => ({
  matches,
  outcome: JSON.stringify(outcome, sortedKeys),
});

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** An address of a version that runs without pods yet leads nowhere, and is not missed; its selector must still find the version. */
const isOpen =
  (state: State) =>
  ({ promised, target }: Recovered['addresses'][number]): boolean =>
    'version' in target ||
    !target.missing.startsWith('0 pods carry') ||
    !state.running.some(({ version, replicas }) => version === promised && replicas === 0);

/** Lists whose order carries no meaning, sorted. Rules, and the matches of one rule, stay as they are. */
function canonical(meaning: Meaning): Meaning {
  return {
    hosts: sortedBy(meaning.hosts, host => host),
    gateways: sortedBy(meaning.gateways, gateway => gateway),
    ports: sortedBy(meaning.ports, port => port.name),
    ...(meaning.beside === undefined ? {} : { beside: meaning.beside }),
    rules: meaning.rules.map(canonicalRule),
    addresses: sortedBy(meaning.addresses, address => address.promised),
    policies: meaning.policies,
  };
}

const canonicalRule = (rule: RecoveredRule): RecoveredRule => ({
  ...rule,
  split: sortedBy(rule.split, portion => nameOf(portion.target)),
  mirror: sortedBy(rule.mirror, portion => nameOf(portion.target)),
});

const nameOf = (target: Target): string => ('version' in target ? target.version : '');

type Policies = { readonly [version: string]: RecoveredPolicy };

/** Where the provider keeps the pods, settings of versions that only the cluster still knows cannot be read back. */
const visible = (wanted: Policies, read: Policies, ownsWorkloads: boolean): Policies =>
  nonEmpty(ownsWorkloads ? Object.fromEntries(Object.entries(wanted).filter(([version]) => version in read)) : wanted);

const nonEmpty = (policies: Policies): Policies =>
  Object.fromEntries(Object.entries(policies).filter(([, policy]) => Object.keys(policy).length > 0));
