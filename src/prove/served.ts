import type { Requests } from '../model/breach.ts';
import type { Ask } from '../model/links.ts';
import { WHOLE } from '../model/traffic.ts';
import { waysIn } from './any-order.ts';
import { mostOfRule } from './divided.ts';
import { podsOf } from './overload.ts';
import { carries, follow, followOn, type Reached } from './reach.ts';
import type { Pool, Wiring } from './wiring.ts';

/** Requests that end at one version; `share` is of those that the rule sends there, by pods where several versions are behind one door. */
export interface Served {
  readonly requests: Requests;
  /** The empty text where nothing tells; the last door then says who keeps the pods. */
  readonly version: string;
  readonly door: string;
  /** Identity of what keeps the pods; absent: the provider, or somebody else. */
  readonly keeper?: string;
  /** Pods that can be counted on; absent: the provider, or somebody else, decides. */
  readonly pods?: number;
}

/** Where requests end in a crossing of a single state. */
export const servedIn = (wiring: Wiring): readonly Served[] =>
  waysIn(wiring).flatMap(({ way, when }) =>
    way.entry.rules.flatMap(({ matches, asks }, index) =>
      asks.flatMap(ask => {
        const share = (ask.share * mostOfRule(wiring, way, index)) / WHOLE;
        const requests = { host: way.entry.host, matches, share, copies: ask.copies };
        return endsOf(wiring, ask, requests, follow(wiring, ask, when));
      }),
    ),
  );

function endsOf(
  wiring: Wiring,
  ask: Ask,
  requests: Requests,
  { reached }: ReturnType<typeof follow>,
): readonly Served[] {
  const door = ask.doors.at(-1);
  if (requests.share === 0 || door === undefined) return [];
  return reached.flatMap(here => {
    switch (here.end?.kind) {
      case 'nothing':
        return [];
      case 'kept':
        return [{ requests, version: here.end.version, door }];
      case 'ways':
        return here.end.asks.flatMap(next =>
          endsOf(
            wiring,
            next,
            {
              ...requests,
              share: (requests.share * next.share) / WHOLE,
              copies: requests.copies || next.copies,
            },
            followOn(wiring, next, here.when),
          ),
        );
      case undefined:
        return amongPods(wiring, here, requests, door);
      default:
        return here.end satisfies never;
    }
  });
}

/** A Service sends to each of its pods alike. */
function amongPods(
  wiring: Wiring,
  { labels, namespace }: Reached,
  requests: Requests,
  door: string,
): readonly Served[] {
  const pools = [...wiring.pools.values()].flat().filter(({ keeper }) => carries(keeper, labels, namespace));
  const counted = pools.map(pool => ({ pool, pods: countOf(wiring, pool) })).filter(({ pods }) => pods > 0);
  const total = counted.reduce((sum, { pods }) => sum + pods, 0);
  return counted.map(({ pool: { piece, keeper }, pods }) => ({
    requests: { ...requests, share: (requests.share * pods) / total },
    version: keeper.version,
    door,
    keeper: piece.identity,
    pods,
  }));
}

/** The fewest pods of a pool that can be counted on. */
export const countOf = (wiring: Wiring, pool: Pool): number =>
  Math.min(...podsOf(wiring, pool).map(({ pods }) => pods));
