import type { Requests } from '../model/breach.ts';
import type { Ask } from '../model/links.ts';
import { WHOLE } from '../model/traffic.ts';
import { waysIn } from './any-order.ts';
import { ALWAYS, type Condition, joined } from './condition.ts';
import { type Piece, statesWhere, type Variant } from './crossing.ts';
import { type Breach, carries, follow, type Reached } from './reach.ts';
import type { Pool, Wiring } from './wiring.ts';

/** Pods of each version that carry all requests by themselves, not always a whole number; a version that is not there is not judged. */
export type Strengths = ReadonlyMap<string, number>;

/**
 * Every way in which a share of the requests is sent to fewer pods than it needs while a crossing is under way. Only the last rule
 * of an entry is judged: how many requests a named rule takes, nobody knows.
 */
export const overloadsOf = (wiring: Wiring, strengths: Strengths): readonly Breach[] =>
  waysIn(wiring).flatMap(({ way, when }) => {
    const { host, rules } = way.entry;
    const rule = rules.at(-1);
    if (rule === undefined) return [];
    return together(rule.asks).flatMap(ask => {
      const requests = { host, matches: rule.matches, share: ask.share, copies: false };
      return follow(wiring, ask, when).reached.flatMap(here => overload(wiring, here, requests, strengths));
    });
  });

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
interface Contribution {
  readonly when: Condition;
  readonly pods: number;
  /** Part of all requests that those pods carry. */
  readonly carries: number;
}

function overload(wiring: Wiring, here: Reached, requests: Requests, strengths: Strengths): readonly Breach[] {
  const serving = new Map<Piece, readonly Pool[]>();
  for (const [piece, pools] of wiring.pools) {
    const own = pools.filter(({ keeper }) => carries(keeper, here.labels, here.namespace));
    if (own.length > 0) serving.set(piece, own);
  }
  const versions = [...serving.values()].flatMap(pools => pools.map(({ keeper }) => keeper.version));
  const [version] = versions;
  if (here.end !== undefined || version === undefined || versions.some(one => !strengths.has(one))) return [];
  const weakest = weakestOf(wiring, here.when, serving, strengths, requests.share / WHOLE);
  if (weakest === undefined) return [];
  const needed = Math.ceil(round((requests.share / WHOLE) * strengths.get(version)!));
  return [{ when: weakest.when, trouble: { kind: 'overloaded', requests, version, pods: weakest.pods, needed } }];
}

/** Sums of decimals are not exact. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** The mixture nearest to the start that has too few pods; undefined where all have enough. */
function weakestOf(
  wiring: Wiring,
  when: Condition,
  serving: ReadonlyMap<Piece, readonly Pool[]>,
  strengths: Strengths,
  share: number,
): { readonly when: Condition; readonly pods: number } | undefined {
  const choices = [...serving].map(([piece, pools]) =>
    contributions(wiring, piece, pools, strengths).filter(
      option => joined(when, option.when, wiring.all) !== undefined,
    ),
  );
  const fewest = choices.map(options => best(options, one => one.carries));
  const chosen = choices.map(options => best(options, one => distanceOf(one.when)));
  const isEnough = (): boolean => round(chosen.reduce((sum, one) => sum + one.carries, 0)) >= round(share);
  const gain = (index: number): number => chosen[index]!.carries - fewest[index]!.carries;
  // Those that take the most away come first, so that no fewer would do.
  for (const index of choices.map((_, i) => i).sort((a, b) => gain(b) - gain(a)))
    if (isEnough()) chosen[index] = fewest[index]!;
  if (isEnough()) return undefined;
  const mixture = chosen.reduce<Condition | undefined>((left, one) => left && joined(left, one.when, wiring.all), when);
  return mixture === undefined ? undefined : { when: mixture, pods: chosen.reduce((sum, { pods }) => sum + pods, 0) };
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
function podsOf({ scalers, pools }: Wiring, { piece, states, keeper }: Pool): readonly Count[] {
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
