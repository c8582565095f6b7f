import type { Capabilities } from '../model/capabilities.ts';
import type { Plan, State } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { Recovered, RecoveredPolicy, RecoveredRule } from '../model/recovered.ts';
import type { Rule, Split } from '../model/traffic.ts';
import { expectedMounts } from './expected-mounts.ts';

/** What the objects of a state must say, in the words of a reader; `problems` aside. */
export type Meaning = Omit<Recovered, 'problems'>;

/** What of a provider a plan is proved against. */
export type Provision = Pick<Provider, 'capabilities' | 'entrances' | 'addressed'>;

/** The meaning of one state of a plan. */
export function expectedMeaning(plan: Plan, state: State, provider: Provision): Meaning {
  const { capabilities } = provider;
  return {
    hosts: plan.route.hosts,
    gateways: provider.entrances(plan),
    ports: plan.ports,
    rules: state.rules.map(rule => expectedRule(plan, rule, capabilities)),
    addresses: provider.addressed(plan, state).map(version => ({
      promised: version,
      target: { version },
    })),
    policies: Object.fromEntries(
      state.running.map(({ version }) => [
        version,
        {
          ...expectedPolicy(plan, capabilities),
          ...(capabilities.ownsWorkloads ? expectedMounts(plan, version) : {}),
        },
      ]),
    ),
  };
}

function expectedRule(plan: Plan, rule: Rule, { timeoutOf }: Capabilities): RecoveredRule {
  const { timeout, retries, rewrite } = plan.route;
  return {
    matches: rule.matches,
    split: portions(rule.split),
    mirror: portions(rule.mirror),
    ...(rule.fault === undefined ? {} : { fault: rule.fault }),
    ...(timeout === undefined || timeoutOf === 'version' ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

const portions = (split: Split): RecoveredRule['split'] =>
  split.map(({ version, share }) => ({ target: { version }, share }));

function expectedPolicy(plan: Plan, { timeoutOf }: Capabilities): RecoveredPolicy {
  const { loadBalancing, outlierDetection, circuitBreaker, timeout } = plan.route;
  return {
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
    ...(outlierDetection === undefined ? {} : { outlierDetection }),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
    ...(timeout === undefined || timeoutOf === 'rule' ? {} : { timeout }),
  };
}
