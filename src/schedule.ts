import { Cron } from 'croner';

/** What the clocks of a time zone show at a moment: both in milliseconds since 1970, the first as if the zone were UTC. */
export type Clock = (moment: number) => number;

/** A cron schedule on the clocks of one time zone. */
export interface Schedule {
  readonly cron: Cron;
  readonly clock: Clock;
}

/** No schedule is finer. */
const MINUTE = 60_000;
/** Shorter than any two changes of the same clocks are apart. */
const DAY = 1440 * MINUTE;

/** Reads cron of five fields; undefined where it cannot be read, or names no day that there is. */
export function readCron(text: string): Cron | undefined {
  const cron = parse(text);
  return cron === undefined || nextMatch(cron, 0) === Number.POSITIVE_INFINITY ? undefined : cron;
}

/** Which of the fields cannot be read, counted from 0; -1: each of them can. */
export const wrongField = (text: string): number =>
  text
    .split(/ +/)
    .findIndex(
      (field, index) => parse(Object.assign(['*', '*', '*', '*', '*'], { [index]: field }).join(' ')) === undefined,
    );

function parse(text: string): Cron | undefined {
  try {
    return new Cron(text, { utcOffset: 0, mode: '5-part', paused: true });
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** What the clocks of a time zone that there is show, as in `2026-11-23 08:00`. */
export function showMoment(moment: number, timeZone: string): string {
  const { year, month, day, hour, minute } = (timeZone === 'UTC' ? utc : (reader(timeZone) ?? utc))(moment);
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

interface Shown {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The clocks of a time zone of the IANA database; undefined where there is none of that name. */
export function clockOf(timeZone: string): Clock | undefined {
  const shownAt = reader(timeZone);
  return shownAt === undefined ? undefined : moment => momentOf(shownAt(moment)) + mod(moment, MINUTE);
}

function reader(timeZone: string): ((moment: number) => Shown) | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
    return moment => {
      const shown = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
      const of = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
      return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const momentOf = ({ year, month, day, hour, minute }: Shown): number => Date.UTC(year, month - 1, day, hour, minute);

const mod = (value: number, by: number): number => ((value % by) + by) % by;

const floor = (moment: number): number => moment - mod(moment, MINUTE);

const utc = reader('UTC')!;

/** The first match after the minute of a moment; infinity: there is none. The library is asked in UTC, where no time is skipped. */
function nextMatch(cron: Cron, moment: number): number {
  const next = cron.nextRun(`${showMoment(moment, 'UTC').replace(' ', 'T')}:00Z`);
  return next === null ? Number.POSITIVE_INFINITY : next.getTime();
}

/** The first times of a schedule, counted from 2024 and as if no clock ever changed. */
export function firstMatches(cron: Cron, count: number): readonly number[] {
  const found: number[] = [];
  for (let moment = Date.UTC(2024, 0, 1) - MINUTE; found.length < count; moment = found.at(-1)!)
    found.push(nextMatch(cron, moment));
  return found;
}

/** The last match after `after`, up to `last`; undefined: there is none. */
function lastMatch(cron: Cron, after: number, last: number): number | undefined {
  let [low, high] = [nextMatch(cron, floor(after)), floor(last)];
  if (low > last) return undefined;
  while (low < high) {
    const middle = low + floor((high - low) / 2);
    const next = nextMatch(cron, middle);
    if (next > last) high = middle;
    else low = next;
  }
  return low;
}

/**
 * The last moment after `after`, up to `last`, at which a scheduled time begins: whenever the clocks show it, twice where they
 * show it twice; where they skip it, at the change. Undefined: there is none.
 */
export function lastBegin({ cron, clock }: Schedule, after: number, last: number): number | undefined {
  for (let moment = last; moment > after; ) {
    const offset = clock(moment) - moment;
    const shown = lastMatch(cron, after + offset, moment + offset);
    const begin = shown === undefined ? undefined : shown - offset;
    const change = lastChange(clock, begin ?? after, moment);
    if (change === undefined) return begin;
    const [before, since] = [clock(change - 1) + 1, clock(change)];
    if (since > before && lastMatch(cron, before - 1, since - 1) !== undefined) return change;
    moment = change - 1;
  }
  return undefined;
}

/** The moment, after `after`, since which the clocks have gone as they do at `last`; undefined: they did all the time. */
function lastChange(clock: Clock, after: number, last: number): number | undefined {
  const isSame = (moment: number): boolean => clock(moment) - moment === clock(last) - last;
  let late = last;
  while (late > after && isSame(Math.max(after, late - DAY))) late -= DAY;
  if (late <= after) return undefined;
  for (let early = Math.max(after, late - DAY); late - early > 1; ) {
    const middle = Math.floor((early + late) / 2);
    if (isSame(middle)) late = middle;
    else early = middle;
  }
  return late;
}
