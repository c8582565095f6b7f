import type { Requests } from '../model/breach.ts';
import type { Ask } from '../model/links.ts';
import { WHOLE } from '../model/traffic.ts';
import { waysIn } from './any-order.ts';
import { both, type Condition } from './condition.ts';
import { type Mask, type Piece, statesWhere } from './crossing.ts';
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

/** What a piece may contribute in some states. */
interface Contribution {
  readonly states: Mask;
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

/** The mixture with the fewest pods, or one that still has too few and is nearer to the start; undefined where all have enough. */
function weakestOf(
  wiring: Wiring,
  when: Condition,
  serving: ReadonlyMap<Piece, readonly Pool[]>,
  strengths: Strengths,
  share: number,
): { readonly when: Condition; readonly pods: number } | undefined {
  const choices = [...serving].map(([piece, pools]) => ({
    piece,
    options: contributions(wiring, piece, pools, strengths).filter(({ states }) =>
      both(when, piece.identity, states, wiring.all),
    ),
  }));
  const chosen = choices.map(({ options }) => least(options));
  const total = (): number => round(chosen.reduce((sum, one) => sum + one.carries, 0));
  if (total() >= round(share)) return undefined;
  choices.forEach(({ options }, i) => {
    const fewest = chosen[i]!;
    chosen[i] = options.find(({ states }) => (states & 1) !== 0) ?? fewest;
    if (total() >= round(share)) chosen[i] = fewest;
  });
  let joined: Condition | undefined = when;
  chosen.forEach(({ states }, i) => {
    if (joined !== undefined) joined = both(joined, choices[i]!.piece.identity, states, wiring.all);
  });
  return joined === undefined ? undefined : { when: joined, pods: chosen.reduce((sum, { pods }) => sum + pods, 0) };
}

const least = (options: readonly Contribution[]): Contribution =>
  options.reduce((a, b) => (b.carries < a.carries ? b : a));

/** What a piece contributes in each of its variants, absence among them. */
function contributions(
  wiring: Wiring,
  piece: Piece,
  pools: readonly Pool[],
  strengths: Strengths,
): readonly Contribution[] {
  const without = statesWhere(piece, ({ states }) => pools.every(pool => pool.states !== states));
  const idle: Contribution = { states: without, pods: 0, carries: 0 };
  const running = pools.map(pool => {
    const pods = podsOf(wiring, pool);
    return { states: pool.states, pods, carries: pods / strengths.get(pool.keeper.version)! };
  });
  return without === 0 ? running : [...running, idle];
}

/**
 * Pods that can be counted on. A Deployment that ceases to say its number falls to the API's default of one until its
 * autoscaler acts: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
 */
function podsOf({ scalers, pools }: Wiring, { piece, states, keeper }: Pool): number {
  if (keeper.replicas !== undefined) return keeper.replicas;
  const others = pools.get(piece) ?? [];
  const ceased =
    (states & 1) === 0 && others.some(other => (other.states & 1) !== 0 && other.keeper.replicas !== undefined);
  if (ceased) return 1;
  const wanted = (scalers.get(piece.identity) ?? []).flatMap(scaler =>
    scaler.variants.flatMap(({ links }) => (links.scales === undefined ? [] : [links.scales.min])),
  );
  return wanted.length === 0 ? 1 : Math.min(...wanted);
}
