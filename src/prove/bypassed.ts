import { type Behind, type Entry, entriesOf } from '../model/links.ts';
import { entry } from '../model/once.ts';
import { naturally } from '../model/order.ts';
import type { Risk } from '../model/risk.ts';
import type { Linked } from './crossing.ts';
import { carries } from './reach.ts';

/** Versions that some callers reach beside those that are meant to answer. */
export type Bypass = Extract<Risk, { kind: 'bypass' }>;

/**
 * Versions that callers reach who do not take the way of the highest precedence: without a sidecar a caller knows the Service only,
 * whatever a VirtualService says. Which of them are meant to answer is not told apart. Whatever is asked again is looked up.
 */
export const reachedBeside = (objects: readonly Linked[]): readonly Bypass[] =>
  entry(known, objects, () => find(objects));

const known = new WeakMap<readonly Linked[], readonly Bypass[]>();

function find(objects: readonly Linked[]): readonly Bypass[] {
  const byHost = new Map<string, Entry[]>();
  for (const { links } of objects)
    for (const found of entriesOf(links)) entry(byHost, found.host, (): Entry[] => []).push(found);
  return [...byHost].flatMap(([host, entries]) => {
    const highest = Math.max(...entries.map(({ precedence }) => precedence));
    const lower = entries.filter(({ precedence }) => precedence < highest);
    const versions = lower.length === 0 ? [] : [...versionsBehind(objects, lower)].sort(naturally);
    return versions.length === 0 ? [] : [{ kind: 'bypass', host, versions } as const];
  });
}

/** Versions that answer requests which come in here; a copy gets no answer. All objects are there, so doors are looked up, not proved. */
function versionsBehind(objects: readonly Linked[], entries: readonly Entry[]): ReadonlySet<string> {
  const doors = new Map(objects.flatMap(({ links }) => links.doors.map(({ name, behind }) => [name, behind] as const)));
  const ways = new Set<string>();
  const found = new Set<string>();
  for (const ask of entries.flatMap(({ rules }) => rules.flatMap(rule => rule.asks))) {
    const way = ask.doors.join('\n');
    if (ask.share === 0 || ask.copies || ways.has(way)) continue;
    ways.add(way);
    for (const version of versionsAt(
      objects,
      ask.doors.map(door => doors.get(door)),
    ))
      found.add(version);
  }
  return found;
}

function versionsAt(objects: readonly Linked[], way: readonly (Behind | undefined)[]): readonly string[] {
  const last = way.at(-1);
  if (last?.kind === 'kept') return [last.version];
  const pods = way.flatMap(behind => (behind?.kind === 'pods' ? [behind] : []));
  if (pods.length < way.length) return [];
  const labels = pods.map(behind => behind.labels);
  return objects.flatMap(({ links: { keeps } }) =>
    keeps !== undefined && keeps.replicas !== 0 && carries(keeps, labels, pods.at(-1)?.namespace)
      ? [keeps.version]
      : [],
  );
}
