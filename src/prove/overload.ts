import type { Requests } from '../model/breach.ts';
import type { Ask } from '../model/links.ts';
import { WHOLE } from '../model/traffic.ts';
import { waysIn } from './any-order.ts';
import { ALWAYS, type Condition, joined } from './condition.ts';
import { type Mask, type Piece, statesWhere, type Variant } from './crossing.ts';
import { takenBy } from './divided.ts';
import { type Breach, carries, follow, followOn, type Reached } from './reach.ts';
import type { Pool, Wiring } from './wiring.ts';

/** Pods of each version that carry all requests by themselves, not always a whole number; a version that is not there is not judged. */
export type Strengths = ReadonlyMap<string, number>;

/**
 * Every way in which a share of the requests is sent to fewer pods than it needs while a crossing is under way, one mixture for each. Only the last rule
 * of an entry is judged: how many requests a named rule takes, nobody knows, nor how many pass the route by.
 */
export const overloadsOf = (wiring: Wiring, strengths: Strengths): readonly Breach[] =>
  demandsOf(wiring, strengths).flatMap(demand => {
    const weakest = weakestOf(demand);
    return weakest === undefined ? [] : overloaded(demand, weakest);
  });

/** Some requests, and the pieces that may keep pods for them. */
export interface Demand {
  readonly when: Condition;
  readonly requests: Requests;
  readonly choices: readonly Choice[];
  readonly strengths: Strengths;
  /** Every state of the crossing. */
  readonly all: Mask;
}

/** A piece, and what it contributes in each of its variants. */
interface Choice {
  readonly version: string;
  readonly options: readonly Contribution[];
}

/** All requests that are judged, on their way to pods that can be counted. */
export const demandsOf = (wiring: Wiring, strengths: Strengths): readonly Demand[] =>
  waysIn(wiring).flatMap(({ way, when }) => {
    const { host, rules, aside } = way.entry;
    const rule = rules.at(-1);
    if (rule === undefined || aside === true) return [];
    return takenBy(wiring, way, when).flatMap(taken =>
      together(rule.asks).flatMap(ask => {
        const requests = { host, matches: rule.matches, share: (ask.share * taken.part) / WHOLE, copies: false };
        return follow(wiring, ask, taken.when).reached.flatMap(here => demandsAt(wiring, here, requests, strengths));
      }),
    );
  });

/** Behind a door that leads on, each way gets its share. */
function demandsAt(wiring: Wiring, here: Reached, requests: Requests, strengths: Strengths): readonly Demand[] {
  if (here.end?.kind !== 'ways') return demand(wiring, here, requests, strengths);
  return together(here.end.asks).flatMap(next => {
    const passed = { ...requests, share: (requests.share * next.share) / WHOLE };
    return followOn(wiring, next, here.when).reached.flatMap(on => demandsAt(wiring, on, passed, strengths));
  });
}

/** Several asks may go one way. */
function together(asks: readonly Ask[]): readonly Ask[] {
  const sent = asks.filter(({ copies, share }) => !copies && share > 0);
  if (new Set(sent.map(({ doors }) => doors.at(-1))).size === sent.length) return sent;
  const ways = new Map<string, Ask>();
  for (const ask of sent) {
    const key = ask.doors.join('\n');
    ways.set(key, { ...ask, share: ask.share + (ways.get(key)?.share ?? 0) });
  }
  return [...ways.values()];
}

/** What a piece may contribute in some mixtures. */
export interface Contribution {
  readonly when: Condition;
  readonly pods: number;
  /** Part of all requests that those pods carry. */
  readonly carries: number;
}

function demand(wiring: Wiring, here: Reached, requests: Requests, strengths: Strengths): readonly Demand[] {
  const { when } = here;
  const choices: Choice[] = [];
  for (const [piece, pools] of wiring.pools) {
    const own = pools.filter(({ keeper }) => carries(keeper, here.labels, here.namespace));
    if (own.length === 0) continue;
    if (own.some(({ keeper }) => !strengths.has(keeper.version))) return [];
    const options = contributions(wiring, piece, own, strengths).filter(
      option => joined(when, option.when, wiring.all) !== undefined,
    );
    choices.push({ version: own[0]!.keeper.version, options });
  }
  return here.end !== undefined || choices.length === 0
    ? []
    : [{ when, requests, choices, strengths, all: wiring.all }];
}

/** Sums of decimals are not exact. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Whether one contribution of each piece, together, is too little. */
export const isTooFew = (chosen: readonly Contribution[], { requests }: Demand): boolean =>
  round(chosen.reduce((sum, one) => sum + one.carries, 0)) < round(requests.share / WHOLE);

/** The breach in which each piece contributes what was chosen; none where no mixture is such. It names the version that has the most pods left. */
export function overloaded(
  { when, requests, choices, strengths, all }: Demand,
  chosen: readonly Contribution[],
): readonly Breach[] {
  const mixture = chosen.reduce<Condition | undefined>((left, one) => left && joined(left, one.when, all), when);
  if (mixture === undefined) return [];
  const left = Math.max(...chosen.map(({ pods }) => pods));
  const { version } = choices[chosen.findIndex(({ pods }) => pods === left)]!;
  const pods = chosen.reduce((sum, one) => sum + one.pods, 0);
  const needed = Math.ceil(round((requests.share / WHOLE) * strengths.get(version)!));
  return [{ when: mixture, trouble: { kind: 'overloaded', requests, version, pods, needed } }];
}

/** The mixture nearest to the start that has too few pods; undefined where all have enough. */
export function weakestOf(demand: Demand): readonly Contribution[] | undefined {
  const { choices } = demand;
  const fewest = choices.map(({ options }) => best(options, one => one.carries));
  const chosen = choices.map(({ options }) => best(options, one => distanceOf(one.when)));
  const gain = (index: number): number => chosen[index]!.carries - fewest[index]!.carries;
  // Those that take the most away come first, so that no fewer would do.
  for (const index of choices.map((_, i) => i).sort((a, b) => gain(b) - gain(a)))
    if (!isTooFew(chosen, demand)) chosen[index] = fewest[index]!;
  return isTooFew(chosen, demand) ? chosen : undefined;
}

/** The first one of the least. */
const best = (options: readonly Contribution[], measure: (option: Contribution) => number): Contribution =>
  options.reduce((a, b) => (measure(b) < measure(a) ? b : a));

/** Objects that are not as in the first start. */
const distanceOf = (when: Condition): number => [...when.values()].filter(states => (states & 1) === 0).length;

/** What a piece contributes in each of its variants, absence among them. */
function contributions(
  wiring: Wiring,
  piece: Piece,
  pools: readonly Pool[],
  strengths: Strengths,
): readonly Contribution[] {
  const without = statesWhere(piece, ({ states }) => pools.every(pool => pool.states !== states));
  const idle = { when: new Map([[piece.identity, without]]), pods: 0, carries: 0 };
  const running = pools.flatMap(pool =>
    podsOf(wiring, pool).map(({ when, pods }) => ({
      when: new Map([...when, [piece.identity, pool.states]]),
      pods,
      carries: pods / strengths.get(pool.keeper.version)!,
    })),
  );
  return without === 0 ? running : [...running, idle];
}

type Count = Pick<Contribution, 'when' | 'pods'>;

/**
 * Pods that can be counted on. A Deployment that ceases to say its number falls to the API's default of one until its
 * autoscaler acts: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
 */
export function podsOf({ scalers, pools }: Wiring, { piece, states, keeper }: Pool): readonly Count[] {
  if (keeper.replicas !== undefined) return [{ when: ALWAYS, pods: keeper.replicas }];
  const others = pools.get(piece) ?? [];
  const ceased =
    (states & 1) === 0 && others.some(other => (other.states & 1) !== 0 && other.keeper.replicas !== undefined);
  const scaled = [...new Set(scalers.get(piece.identity) ?? [])].flatMap(scaler => scaledBy(scaler, piece));
  return ceased || scaled.length === 0 ? [{ when: ALWAYS, pods: 1 }] : scaled;
}

/** Pods by what an autoscaler may be. One that is not there yet has asked for none; when it goes, the pods stay. */
function scaledBy(scaler: Piece, { identity }: Piece): readonly Count[] {
  const leastOf = ({ links }: Variant): number | undefined =>
    links.scales?.keeper === identity ? links.scales.min : undefined;
  const least = Math.min(...scaler.variants.flatMap(variant => leastOf(variant) ?? []));
  return scaler.variants.map(variant => ({
    when: new Map([[scaler.identity, variant.states]]),
    pods: leastOf(variant) ?? ((variant.states & 1) !== 0 ? 1 : least),
  }));
}
