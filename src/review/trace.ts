import { list } from '../diagnostics/wording.ts';
import { matchWords } from '../layout/words.ts';
import type { CompiledRollout } from '../model/compiled.ts';
import { entry, ownEntry } from '../model/once.ts';
import type { Plan, State } from '../model/plan.ts';
import type { RecoveredPortion, RecoveredRule } from '../model/recovered.ts';
import { type RecoveredState, type StateReader, stateReader } from '../recovered-states.ts';
import { EVERYTHING } from '../traffic/clauses.ts';
import { coversSurely } from '../traffic/covers.ts';
import { matchesRequest, type Request, ruleFor } from '../traffic/evaluate.ts';
import type { Answer, AnswerPortion, Taken, Untaken } from './answer.ts';
import { answersFor } from './hosts.ts';

const readers = new WeakMap<object, StateReader>();

/** Which version answers a request in each state, read from the text of the state's file and never from the plan. */
export function answersOf(
  result: Pick<CompiledRollout, 'plan' | 'directory' | 'files'>,
  request: Request,
  states: readonly State[] = result.plan.states,
): readonly Answer[] {
  const reader = entry(readers, result, () => stateReader(result));
  return states.map(state => answerIn({ plan: result.plan, state, reader, read: reader.read(state) }, request));
}

interface Place {
  readonly plan: Plan;
  readonly state: State;
  readonly reader: StateReader;
  readonly read: RecoveredState;
}

function answerIn(place: Place, request: Request): Answer {
  const { plan, state, reader, read } = place;
  const { hosts, rules, problems } = read.recovered;
  const none = (why: string): Untaken => ({ state: state.name, rule: null, why });
  if (problems.length > 0) return none(`its objects have no meaning: ${problems.join('; ')}`);
  const { host } = request.headers;
  const isOurs =
    host === undefined || answersFor({ hosts, namespace: plan.namespace, capabilities: reader.capabilities }, host);
  if (!isOurs) return none(`no rule takes it: the route answers for ${list(hosts)}`);
  const rule = ruleFor(rules, request);
  if (rule !== undefined) return takenBy(rule, place, request);
  const last = rules.at(-1);
  return none(
    last === undefined ? 'no rule takes it: there is none' : `no rule takes it: the last one takes ${matchWords(last)}`,
  );
}

function takenBy(rule: RecoveredRule, place: Place, request: Request): Taken {
  const { matches, fault, timeout, retries, rewrite } = rule;
  const met = matches.find(match => matchesRequest(match, request));
  return {
    state: place.state.name,
    rule: nameOf(rule, place),
    matches,
    ...(met === undefined ? {} : { met }),
    split: rule.split.map(portion => portionOf(portion, rule.split.length > 1, place)),
    mirror: rule.mirror.map(portion => portionOf(portion, false, place)),
    ...(fault === undefined ? {} : { fault }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

/**
 * What is read back bears no name: the Rollout's rule at the same place has it, where it takes the same requests; else the first rule that takes all of
 * them, because some providers say a rule in several routes, in an order of their own.
 */
function nameOf(rule: RecoveredRule, { state, read }: Place): string {
  const index = read.recovered.rules.indexOf(rule);
  const written = state.rules[index];
  if (written !== undefined && matchWords(written) === matchWords(rule)) return written.name;
  const own = rule.matches.length === 0 ? [EVERYTHING] : rule.matches;
  const taker = state.rules.find(({ matches }) =>
    own.every(match => matches.length === 0 || matches.some(other => coversSurely(other, match))),
  );
  return taker?.name ?? `rule ${index + 1}`;
}

function portionOf({ target, share }: RecoveredPortion, isShared: boolean, place: Place): AnswerPortion {
  if ('missing' in target) return { missing: target.missing, share };
  const { version } = target;
  const timeout = timeoutOf(version, place);
  const isByPods = isShared && place.reader.capabilities.splitBy === 'replicas';
  return {
    version,
    share,
    ...(isByPods ? { pods: podsOfVersion(place.read, version) } : {}),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

/** A file may leave a version as another state's file has made it, so that only that one says its timeout. */
function timeoutOf(version: string, { plan, reader, read }: Place): number | undefined {
  const said = ({ recovered: { policies } }: RecoveredState) => ownEntry(policies, version)?.timeout;
  const own = said(read);
  if (own !== undefined || reader.capabilities.timeoutOf === 'rule') return own;
  return plan.states.map(state => said(reader.read(state))).find(timeout => timeout !== undefined);
}

const podsOfVersion = ({ pods }: RecoveredState, version: string): number =>
  pods.filter(pod => pod.version === version).reduce((sum, { replicas }) => sum + replicas, 0);
