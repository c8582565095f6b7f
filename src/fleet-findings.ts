import type { Finding, Path } from './diagnostics/finding.ts';
import { printDuration, readDuration } from './model/duration.ts';
import type { AgentSpec, Fleet, FreezeSpec } from './model/fleet.ts';
import {
  freezesOverlap,
  noTime,
  promotionCircle,
  unknownEarlier,
  unknownTimeZone,
  unreadableSchedule,
} from './plan/promotion-messages.ts';
import { clockOf, firstMatches, readCron, wrongField } from './schedule.ts';

/** What is wrong with surefoot.yaml beyond its shape: freezes that nobody can read, and environments that wait for ever. */
export function fleetFindings(fleet: Fleet): readonly Finding[] {
  const environments = Object.entries(fleet.environments ?? {});
  return [
    ...agentFindings(fleet.agent, []),
    ...freezesFindings(fleet.freezes, []),
    ...environments.flatMap(([name, { agent, freezes, promotion }]) => [
      ...agentFindings(agent, ['environments', name]),
      ...freezesFindings(freezes, ['environments', name]),
      ...soakFindings(promotion?.soak, ['environments', name, 'promotion', 'soak']),
    ]),
    ...orderFindings(fleet),
  ];
}

const isNoTime = (text: string | undefined): text is string => text !== undefined && readDuration(text) === 0;

const agentFindings = (agent: AgentSpec | undefined, at: Path): readonly Finding[] => {
  const text = agent?.pollInterval;
  const why = 'No agent sees a commit at once, and a step would count as observed before anything was applied.';
  const fix = 'Write how long the agent waits between two looks, such as `pollInterval: 3m`.';
  return isNoTime(text) ? [noTime({ path: [...at, 'agent', 'pollInterval'] }, { text, why, fix })] : [];
};

const soakFindings = (text: string | undefined, path: Path): readonly Finding[] => {
  const why = 'A time to soak that is none looks like a check, and holds nothing back.';
  const fix = 'Write how long the step must have stood there, such as `soak: 24h`, or remove the key.';
  return isNoTime(text) ? [noTime({ path }, { text, why, fix })] : [];
};

const freezesFindings = (freezes: readonly FreezeSpec[] = [], at: Path): readonly Finding[] =>
  freezes.flatMap((freeze, index) => freezeFindings(freeze, [...at, 'freezes', index]));

function freezeFindings(freeze: FreezeSpec, at: Path): readonly Finding[] {
  const { schedule, duration: text, timeZone } = freeze;
  const cron = readCron(schedule);
  const why = 'The freeze would be over when it begins, so it would hold nothing back.';
  const fix = 'Write how long it lasts, such as `duration: 63h`, or remove the freeze.';
  const found: Finding[] = [];
  if (cron === undefined)
    found.push(unreadableSchedule({ path: [...at, 'schedule'] }, { schedule, field: wrongField(schedule) }));
  if (timeZone !== undefined && clockOf(timeZone) === undefined)
    found.push(
      unknownTimeZone({ path: [...at, 'timeZone'] }, { name: timeZone, known: Intl.supportedValuesOf('timeZone') }),
    );
  if (isNoTime(text)) found.push(noTime({ path: [...at, 'duration'] }, { text, why, fix }));
  const overlap = cron === undefined ? undefined : overlapOf(firstMatches(cron, LOOKED_AT), readDuration(text) ?? 0);
  return overlap === undefined
    ? found
    : [...found, freezesOverlap({ path: [...at, 'duration'] }, { duration: text, ...overlap })];
}

/** Enough for five years of months. */
const LOOKED_AT = 60;

/** Whether windows that begin at these times run into one another; where they only touch, they must all do. */
function overlapOf(begins: readonly number[], length: number): { apart: string; always: boolean } | undefined {
  const gaps = begins.slice(1).map((begin, index) => begin - begins[index]!);
  const least = Math.min(...gaps);
  const always = gaps.every(gap => gap <= length);
  return least < length || always ? { apart: printDuration(least), always } : undefined;
}

/** Environments that come after one that there is not, or, in the end, after themselves. */
function orderFindings({ environments = {} }: Fleet): readonly Finding[] {
  const known = Object.keys(environments);
  const after = new Map(known.map(name => [name, environments[name]?.promotion?.after]));
  const told = new Set<string>();
  return known.flatMap((name): readonly Finding[] => {
    const earlier = after.get(name);
    const at = { path: ['environments', name, 'promotion', 'after'] };
    if (earlier === undefined || told.has(name)) return [];
    if (!known.includes(earlier))
      return [unknownEarlier(at, { name: earlier, environment: name, known: known.filter(one => one !== name) })];
    const circle = circleFrom(name, after);
    for (const one of circle) told.add(one);
    return circle.length === 0 ? [] : [promotionCircle(at, { circle })];
  });
}

/** The environments from one back to itself, each after the next; none where the way ends elsewhere. */
function circleFrom(name: string, after: ReadonlyMap<string, string | undefined>): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = name; at !== undefined && !way.includes(at); at = after.get(at)) way.push(at);
  return after.get(way.at(-1)!) === name ? way : [];
}
