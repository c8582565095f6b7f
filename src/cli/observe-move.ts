import { observe } from '../host/observe.ts';
import { prometheusAccess } from '../host/prometheus-access.ts';
import { obligationWords } from '../layout/words.ts';
import type { Fleet } from '../model/fleet.ts';
import type { Observation } from '../model/observation.ts';
import { ownEntry } from '../model/once.ts';
import { notObserved, pauseNotOver, pauseUnknown, unobservable } from '../review/move-messages.ts';
import type { JudgedHop } from './judge-move.ts';
import type { MovePlace, MoveRequest } from './move.ts';
import type { Obstacle } from './move-obstacles.ts';
import { POLL_INTERVAL, pollIntervalIn } from './poll-interval.ts';

/** What was seen before a hop, and what of it stands in its way. */
export interface SeenMove {
  readonly observations: readonly Observation[];
  readonly obstacles: readonly Obstacle[];
}

/** How long each question may take, in milliseconds. */
const TIMEOUT = 10_000;

/** Asks whoever can tell for everything that must be seen before a hop. */
export async function observeMove(
  { directory, verdict, change }: JudgedHop,
  { observers, kubeContext }: MoveRequest,
  place: MovePlace,
): Promise<SeenMove> {
  const { before } = change;
  if (before === undefined || verdict.obligations.length === 0) return { observations: [], obstacles: [] };
  const step = before.record.step ?? before.stand.name;
  const prometheus = prometheusAccess(process.env, prometheusIn(place.fleet, before.record.environment));
  if (prometheus !== undefined && 'wrong' in prometheus) throw new Error(prometheus.wrong);
  const observations = await observe({
    ...{ obligations: verdict.obligations, directory, stand: before.stand, step, timeout: TIMEOUT, now: place.now },
    ...(observers === undefined ? {} : { observers }),
    ...(prometheus === undefined ? {} : { prometheus }),
    ...(kubeContext === undefined ? {} : { kubeContext }),
    history: { repository: place.repository, target: place.target, outName: place.name },
    pollInterval: pollIntervalIn(place.fleet, before.record.environment) ?? POLL_INTERVAL,
  });
  return { observations, obstacles: observations.flatMap(one => obstacleOf(one, directory, step)) };
}

function obstacleOf(
  { obligation, verdict, evidence }: Observation,
  directory: string,
  from: string,
): readonly Obstacle[] {
  if (verdict === 'seen') return [];
  const at = { path: [] };
  const isUnknown = verdict === 'unknown';
  if (obligation.kind === 'paused') {
    const words = { directory, from, duration: obligation.duration, evidence };
    return [{ refusal: 'pause', isUnknown, finding: (isUnknown ? pauseUnknown : pauseNotOver)(at, words) }];
  }
  const words = { directory, from, wanted: obligationWords(obligation), evidence };
  return [{ refusal: 'unobserved', isUnknown, finding: (isUnknown ? unobservable : notObserved)(at, words) }];
}

const prometheusIn = (fleet: Fleet | undefined, environment: string): string | undefined =>
  (ownEntry(fleet?.environments, environment)?.prometheus ?? fleet?.prometheus)?.url;
