import { visible } from '../layout/visible.ts';
import { naturally } from '../model/order.ts';
import { currentState, nextHop, type Phase, phaseOf, placeOf, type StoodSince } from './standing.ts';
import { sinceWords, trafficWords, waitWords } from './standing-words.ts';
import type { Tape, Untold } from './tape.ts';

/** A Rollout in one environment, and since when it stands where it stands. */
export interface Stay {
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  readonly environment: string;
  readonly namespace: string;
  readonly rollout: string;
  /** Path of the Rollout file; absent: nothing tells. */
  readonly source?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly tape: Tape | Untold;
  readonly since: StoodSince;
}

/** One line of the fleet; cells are visible text. */
export interface FleetRow {
  readonly phase: Phase | 'unreadable';
  /** How much of the tape is behind, from 0 to 1; absent: unknown. */
  readonly done?: number;
  readonly cells: FleetCells;
}

/** In the order of the columns. */
export interface FleetCells {
  readonly environment: string;
  readonly rollout: string;
  readonly step: string;
  readonly tape: string;
  readonly traffic: string;
  readonly since: string;
  readonly next: string;
  readonly waits: string;
}

export const FLEET_HEADER: FleetCells = {
  environment: 'environment',
  rollout: 'rollout',
  step: 'step',
  tape: 'tape',
  traffic: 'traffic',
  since: 'since',
  next: 'next',
  waits: 'waits for',
};

/** Environments in the given order, all others behind them by name; in each of them by namespace and name. */
export function inOrder(stays: readonly Stay[], environments: readonly string[] = []): readonly Stay[] {
  const place = ({ environment }: Stay): number => {
    const index = environments.indexOf(environment);
    return index < 0 ? environments.length : index;
  };
  return [...stays].sort(
    (a, b) =>
      place(a) - place(b) ||
      naturally(a.environment, b.environment) ||
      naturally(a.namespace, b.namespace) ||
      naturally(a.rollout, b.rollout),
  );
}

/** The fleet for a table, in the order of the stays. */
export const fleetRows = (stays: readonly Stay[], now: number): readonly FleetRow[] =>
  stays.map(stay => ('untold' in stay.tape ? untoldRow(stay, stay.tape) : toldRow(stay, stay.tape, now)));

const nameOf = ({ environment, namespace, rollout }: Stay): Pick<FleetCells, 'environment' | 'rollout'> => ({
  environment: visible(environment),
  rollout: visible(`${namespace}/${rollout}`),
});

const untoldRow = (stay: Stay, { untold }: Untold): FleetRow => ({
  phase: 'unreadable',
  cells: {
    ...nameOf(stay),
    ...{ step: '?', tape: '-', traffic: '-', since: '-', next: '-' },
    waits: visible(`plan.json ${untold}`),
  },
});

function toldRow(stay: Stay, tape: Tape, now: number): FleetRow {
  const place = placeOf(tape);
  const { since } = stay;
  return {
    phase: phaseOf(tape),
    ...(place === undefined ? {} : { done: place.length === 1 ? 1 : (place.position - 1) / (place.length - 1) }),
    cells: {
      ...nameOf(stay),
      step: visible(tape.step),
      tape: place === undefined ? '-' : `${place.position}/${place.length}`,
      traffic: visible(trafficWords(currentState(tape))),
      since: visible(sinceWords(since, now)),
      next: visible(nextHop(tape)?.to ?? '-'),
      waits: visible(waitWords(tape, since, now).join(', ')),
    },
  };
}

/** What tells a Rollout from others, in whatever environments it stands. */
export const rolloutOf = ({ namespace, rollout, source }: Stay): string => source ?? `${namespace}/${rollout}`;

/** The fleet in one line: `12 Rollouts: 3 in progress, 1 aborted, 8 at rest`. */
export function fleetSummary(stays: readonly Stay[]): string {
  const phases = stays.map(({ tape }) => ('untold' in tape ? 'unreadable' : phaseOf(tape)));
  const counts = Object.entries(PHASES).flatMap(([phase, words]) => {
    const count = phases.filter(one => one === phase).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const rollouts = new Set(stays.map(rolloutOf)).size;
  const each = rollouts === stays.length ? '' : ', each environment counted';
  return `${rollouts} Rollout${rollouts === 1 ? '' : 's'}${each}: ${counts.join(', ')}`;
}

const PHASES: { readonly [phase in FleetRow['phase']]: string } = {
  'in-progress': 'in progress',
  aborted: 'aborted',
  'at-rest': 'at rest',
  unreadable: 'unreadable',
};
