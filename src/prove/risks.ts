import type { Capabilities } from '../model/capabilities.ts';
import type { State } from '../model/plan.ts';
import type { Risk } from '../model/risk.ts';
import { type Bypass, reachedBeside } from './bypassed.ts';
import type { Crossing, Linked } from './crossing.ts';
import { dividing } from './dividing.ts';
import { lastingIn } from './standing.ts';
import { wandering } from './wandering.ts';

/** A hop as its risks see it. */
export interface Ford {
  readonly from: State;
  readonly to: State;
  /** States with equal objects give one list: `===`. */
  readonly linked: (state: string) => readonly Linked[];
  readonly crossing: () => Crossing;
  /** Whether anything that the provider's objects open may outlast them. */
  readonly lasts: boolean;
}

/** What remains a risk of a hop that is proved safe. */
export function risksOf(ford: Ford, offer: Capabilities): readonly Risk[] {
  const { from, to, linked } = ford;
  const shifts = from.rules !== to.rules;
  const held = shifts && offer.notReadyBlocksRoute ? listedBeside(to) : [];
  const byPods = offer.splitBy === 'replicas';
  const doors = !ford.lasts ? [] : collectable(linked(from.name), linked(to.name));
  return [
    ...newlyBypassed(ford),
    ...(held.length === 0 ? [] : [{ kind: 'held', versions: held } as const]),
    ...(byPods && movingKeepers(linked(from.name), linked(to.name)) > 1 ? wandering(ford.crossing()) : []),
    ...(offer.splitHeldBy === 'versions' && linked(from.name) !== linked(to.name) ? dividing(ford.crossing()) : []),
    ...(byPods && shifts ? [{ kind: 'connections' } as const] : []),
    ...(doors.length === 0 ? [] : [{ kind: 'collected', doors } as const]),
  ];
}

/** While one number of pods changes, each share goes from one end to the other. */
function movingKeepers(from: readonly Linked[], to: readonly Linked[]): number {
  if (from === to) return 0;
  const keepers = (objects: readonly Linked[]) =>
    new Set(objects.filter(({ identity }) => identity.startsWith('apps/')));
  const [before, after] = [keepers(from), keepers(to)];
  const moved = [...before, ...after].filter(one => !(before.has(one) && after.has(one)));
  return new Set(moved.map(({ identity }) => identity)).size;
}

/** A hop is told of what was not so before. */
function newlyBypassed({ from, to, linked }: Ford): readonly Risk[] {
  if (reachedBeside(linked(to.name)).length === 0) return [];
  const before = new Set(
    bypassed(from, linked).flatMap(({ host, versions }) => versions.map(version => `${host} ${version}`)),
  );
  return bypassed(to, linked).flatMap(risk => {
    const versions = risk.versions.filter(version => !before.has(`${risk.host} ${version}`));
    return versions.length === 0 ? [] : [{ ...risk, versions }];
  });
}

/** Versions that are reached beside the route though no rule sends them requests; a copy gets no answer. */
function bypassed({ name, rules }: State, linked: Ford['linked']): readonly Bypass[] {
  const meant = new Set(rules.flatMap(({ split }) => split.map(({ version }) => version)));
  return reachedBeside(linked(name)).flatMap(risk => {
    const versions = risk.versions.filter(version => !meant.has(version));
    return versions.length === 0 ? [] : [{ ...risk, versions }];
  });
}

/** Versions beside the stable one that a route names; an abort names none that may not be ready. */
const listedBeside = ({ kind, running, stable }: State): readonly string[] =>
  kind === 'abort' ? [] : running.map(({ version }) => version).filter(version => version !== stable);

/** What lasts and is asked for on one side only: nothing uses it on the other, where no object keeps it either. */
function collectable(from: readonly Linked[], to: readonly Linked[]): readonly string[] {
  if (from === to) return [];
  const [before, after] = [lastingIn(from), lastingIn(to)];
  const lost = (needed: typeof before, held: typeof before): readonly string[] =>
    [...needed.asked].filter(door => !(needed.opened.has(door) || held.opened.has(door) || held.asked.has(door)));
  return [...new Set([...lost(after, before), ...lost(before, after)])].sort();
}
