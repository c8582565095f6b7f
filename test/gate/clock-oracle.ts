import fc from 'fast-check';

/** A schedule as numbers, and as cron writes it; undefined: every one. */
export interface Watched {
  readonly text: string;
  readonly minutes: readonly number[] | undefined;
  readonly hours: readonly number[] | undefined;
  /** 32 is the last of the month. */
  readonly days: readonly number[] | undefined;
  readonly months: readonly number[] | undefined;
  readonly weekdays: readonly number[] | undefined;
}

interface Field {
  readonly text: string;
  readonly values: readonly number[] | undefined;
}

const every: fc.Arbitrary<Field> = fc.constant({ text: '*', values: undefined });
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

const listed = (min: number, max: number): fc.Arbitrary<Field> =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 })
    .map(values => ({ text: values.join(','), values }));
const range = (min: number, max: number): fc.Arbitrary<Field> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    return { text: `${from}-${to}`, values: numbers(from, to) };
  });
const steps = (max: number, by: readonly number[]): fc.Arbitrary<Field> =>
  fc.constantFrom(...by).map(step => ({ text: `*/${step}`, values: numbers(0, max).filter(n => n % step === 0) }));
const lastDay: fc.Arbitrary<Field> = fc.constant({ text: 'L', values: [32] });

/** Schedules of every kind of field, of which many fall into a night. */
export const randomSchedule: fc.Arbitrary<Watched> = fc
  .record({
    minute: fc.oneof(
      every,
      listed(0, 59),
      range(0, 59),
      steps(59, [5, 15, 30]),
      fc.constant({ text: '30', values: [30] }),
    ),
    hour: fc.oneof(every, listed(0, 23), listed(0, 3), range(0, 5), steps(23, [2, 6])),
    day: fc.oneof(
      { weight: 4, arbitrary: every },
      { weight: 1, arbitrary: fc.oneof(listed(1, 31), range(1, 31), lastDay) },
    ),
    month: fc.oneof({ weight: 6, arbitrary: every }, { weight: 1, arbitrary: fc.oneof(listed(1, 12), range(1, 12)) }),
    weekday: fc.oneof({ weight: 2, arbitrary: every }, { weight: 1, arbitrary: fc.oneof(listed(0, 6), range(0, 6)) }),
  })
  .map(({ minute, hour, day, month, weekday }) => ({
    text: [minute, hour, day, month, weekday].map(({ text }) => text).join(' '),
    minutes: minute.values,
    hours: hour.values,
    days: day.values,
    months: month.values,
    weekdays: weekday.values,
  }));

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock shows, as a moment of a calendar without time zones. */
function clockAt(moment: number, timeZone: string): Date {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return new Date(`${format.format(moment).replace(' ', 'T')}Z`);
}

/** Where both days are given either is enough, as crontab(5) says. */
function isDue(schedule: Watched, shown: Date): boolean {
  const isIn = (values: readonly number[] | undefined, value: number): boolean => values?.includes(value) ?? true;
  const { days, weekdays } = schedule;
  const tomorrow = new Date(shown.getTime() + 86_400_000);
  const isDay = isIn(days, shown.getUTCDate()) || (days?.includes(32) === true && tomorrow.getUTCDate() === 1);
  const isWeekday = isIn(weekdays, shown.getUTCDay());
  return (
    isIn(schedule.minutes, shown.getUTCMinutes()) &&
    isIn(schedule.hours, shown.getUTCHours()) &&
    isIn(schedule.months, shown.getUTCMonth() + 1) &&
    (days !== undefined && weekdays !== undefined ? isDay || isWeekday : isDay && isWeekday)
  );
}

const MINUTE = 60_000;

/** Looks at the clock every minute: when it last showed, or skipped, a time of the schedule. */
export function beginByClock(
  schedule: Watched,
  timeZone: string,
  { after, last }: { readonly after: number; readonly last: number },
): number | undefined {
  let begin: number | undefined;
  const first = Math.floor(after / MINUTE) * MINUTE;
  let before = clockAt(first - MINUTE, timeZone).getTime();
  for (let moment = first; moment <= last; moment += MINUTE) {
    const shown = clockAt(moment, timeZone).getTime();
    // Those that were skipped, and the one that is shown; where clocks go back, that one alone.
    const minutes = shown > before + MINUTE ? (shown - before) / MINUTE : 1;
    const times = numbers(0, minutes - 1).map(back => new Date(shown - back * MINUTE));
    if (moment > after && times.some(time => isDue(schedule, time))) begin = moment;
    before = shown;
  }
  return begin;
}
