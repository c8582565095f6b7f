import type { Capabilities } from '../model/capabilities.ts';
import { askedIn, type Plan, type State } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { Recovered, RecoveredPolicy, RecoveredRule } from '../model/recovered.ts';
import { type Rule, type Split, WHOLE } from '../model/traffic.ts';
import { versionOfOwnName } from '../traffic/own-name.ts';
import { expectedMounts } from './expected-mounts.ts';

/** What the objects of a state must say, in the words of a reader; `problems` aside. */
export type Meaning = Omit<Recovered, 'problems'>;

/** What of a provider a plan is proved against. */
export type Provision = Pick<Provider, 'capabilities' | 'entrances' | 'addressed'>;

/** The meaning of one state of a plan. */
export function expectedMeaning(plan: Plan, state: State, provider: Provision): Meaning {
  const { capabilities } = provider;
  const asked = askedIn(state);
  return {
    hosts: plan.route.hosts,
    gateways: provider.entrances(plan),
    ports: expectedPorts(plan, state),
    ...expectedBeside(plan, state),
    rules: state.rules.map(rule => expectedRule(plan, rule, capabilities)),
    addresses: provider.addressed(plan, state).map(version => ({
      promised: version,
      target: { version },
    })),
    policies: Object.fromEntries(
      state.running.map(({ version }) => [
        version,
        {
          ...expectedPolicy(plan, capabilities, asked.has(version)),
          ...(capabilities.ownsWorkloads ? expectedMounts(plan, version) : {}),
        },
      ]),
    ),
  };
}

/** Only Services of ours tell the ports of an entrance. */
const expectedPorts = ({ ports, route, versions }: Plan, { running }: State): Plan['ports'] =>
  route.ownName === 'route' || running.some(({ version }) => !isForeign(versions, version)) ? ports : [];

/** The own name leads to one version, where every version could be chosen by its pods. */
function expectedBeside({ route, versions }: Plan, state: State): Pick<Meaning, 'beside'> {
  if (route.ownName === 'route' || versions.some(({ kind }) => kind === 'service')) return {};
  return { beside: [{ target: { version: versionOfOwnName(state) }, share: WHOLE }] };
}

const isForeign = (versions: Plan['versions'], name: string): boolean =>
  versions.find(version => version.name === name)?.kind === 'service';

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

function expectedPolicy(plan: Plan, { timeoutOf, balancingOf }: Capabilities, asked: boolean): RecoveredPolicy {
  const { loadBalancing, outlierDetection, circuitBreaker, timeout } = plan.route;
  return {
    ...(loadBalancing === undefined || (balancingOf === 'rule' && !asked) ? {} : { loadBalancing }),
    ...(outlierDetection === undefined ? {} : { outlierDetection }),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
    ...(timeout === undefined || timeoutOf === 'rule' ? {} : { timeout }),
  };
}
