import type { Replaced } from '../model/compiled.ts';
import { printDuration } from '../model/duration.ts';
import type { Json } from '../model/kubernetes.ts';
import type { Plan, State } from '../model/plan.ts';
import type { Fault, Match, NamedMatch, Rule, Split, TextMatch } from '../model/traffic.ts';
import type { Skips } from '../skips.ts';

/** Every move between two states as data. */
export const skipsData = ({ states, between }: Skips): readonly object[] =>
  states.flatMap(from =>
    states
      .filter(to => to !== from)
      .map(to => {
        const { unsafe, ...skip } = between(from, to);
        return { ...skip, ...unsafe };
      }),
  );

/** A plan as data; sets of defaults by their number, and what the next sync replaces in place where it does. */
export const planData = ({ versions, ...plan }: Plan, replaced: readonly Replaced[] = []): object => ({
  ...plan,
  versions: versions.map(version =>
    version.kind === 'workload' ? { ...version, defaults: version.defaults.number } : version,
  ),
  ...(replaced.length === 0 ? {} : { replaced }),
});

/** A plan in the words of a Rollout: every state as a step that says all about itself. */
export const planDocument = (plan: Plan): Json => ({
  rollout: plan.rollout,
  namespace: plan.namespace,
  environment: plan.environment,
  provider: plan.provider,
  step: plan.current,
  states: plan.states.map(stateDocument),
});

const stateDocument = (state: State): Json => {
  const rules = state.rules.slice(0, -1);
  return {
    name: state.name,
    kind: state.kind,
    pods: Object.fromEntries(state.running.map(({ version, replicas }) => [version, replicas])),
    ...(rules.length === 0 ? {} : { rules: rules.map(ruleDocument) }),
    ...state.rules.slice(-1).map(actionOf)[0],
    stable: state.stable,
    ...(state.pause === undefined ? {} : { pause: printDuration(state.pause) }),
  };
};

const ruleDocument = (rule: Rule): Json => ({
  name: rule.name,
  match: rule.matches.map(matchDocument),
  ...actionOf(rule),
});

/** The conditions of one alternative, the route's own path among them; a `prefix` compares letters here. */
export const matchDocument = ({ path, method, headers, cookies, query }: Match): Json => ({
  ...(path === undefined ? {} : { path: textDocument(path) }),
  ...(method === undefined ? {} : { method: textDocument(method) }),
  ...namedDocument('headers', headers),
  ...namedDocument('cookies', cookies),
  ...namedDocument('query', query),
});

const namedDocument = (key: string, named: readonly NamedMatch[]): { readonly [key: string]: Json } =>
  named.length === 0 ? {} : { [key]: Object.fromEntries(named.map(({ name, text }) => [name, textDocument(text)])) };

const textDocument = (text: TextMatch): Json => {
  if (text.kind === 'present') return { present: true };
  return text.kind === 'exact' ? text.value : { [text.kind]: text.value };
};

const actionOf = ({ split, mirror, fault }: Rule): { readonly [key: string]: Json } => ({
  traffic: percentsOf(split),
  ...(mirror.length === 0 ? {} : { mirror: percentsOf(mirror) }),
  ...(fault === undefined ? {} : { fault: faultDocument(fault) }),
});

const percentsOf = (split: Split): Json =>
  Object.fromEntries(split.map(({ version, share }) => [version, share / 100]));

/** A fault in the words of a Rollout. */
export const faultDocument = ({ delay, abort }: Fault): Json => ({
  ...(delay === undefined ? {} : { delay: { duration: printDuration(delay.duration), percent: delay.share / 100 } }),
  ...(abort === undefined ? {} : { abort: { status: abort.status, percent: abort.share / 100 } }),
});
