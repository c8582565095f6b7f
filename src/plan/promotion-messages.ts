import { rule } from '../diagnostics/rule.ts';
import { list, nearest, quote } from '../diagnostics/wording.ts';

/** The fields of cron in their order, and what may stand in each. */
const CRON_FIELDS: readonly (readonly [field: string, values: string])[] = [
  ['minute', '0 to 59'],
  ['hour', '0 to 23'],
  ['day of the month', '1 to 31, or L for the last'],
  ['month', '1 to 12, or JAN to DEC'],
  ['day of the week', '0 to 7 or SUN to SAT, where 0 and 7 are Sunday'],
];

/** `field`: which field cannot be read, counted from 0; -1: each of them can, and together they name no day. */
export const unreadableSchedule = rule<{ schedule: string; field: number }>('freeze/unreadable-schedule', {
  what: p => {
    const [name] = CRON_FIELDS[p.field] ?? [];
    const word = p.schedule.split(/ +/)[p.field] ?? '';
    return name === undefined
      ? `No month has the day of the schedule ${quote(p.schedule)}.`
      : `The schedule ${quote(p.schedule)} has ${quote(word)} where the ${name} stands.`;
  },
  why: 'Nobody could tell when the freeze begins, so it would hold nothing back.',
  fix: p => {
    const [name, values] = CRON_FIELDS[p.field] ?? [];
    return name === undefined
      ? 'Write a day that there is; `L` is the last one of each month, as in `0 17 L * *`.'
      : `Write the ${name} as * or ${values}; also as a range (1-5), a list (1,3,5) or steps (*/2).`;
  },
});

export const unknownTimeZone = rule<{ name: string; known: readonly string[] }>('freeze/unknown-time-zone', {
  what: p => `There is no time zone ${quote(p.name)}.`,
  why: 'Without the clocks of a place nobody can tell when the freeze begins.',
  fix: p => {
    const near = nearest(p.name, p.known);
    return near === undefined
      ? 'Write a name of the IANA time zone database, such as `Europe/Berlin` or `America/New_York`, or remove the key for UTC.'
      : `Write \`${near}\`.`;
  },
});

/** `apart`: the time between two windows; `always`: whether all of them are so near. */
export const freezesOverlap = rule<{ duration: string; apart: string; always: boolean }>('freeze/overlap', {
  severity: 'warning',
  what: p =>
    `This freeze lasts ${p.duration}, and ${p.always ? 'the next one' : 'sometimes the next one'} begins after ${p.apart}.`,
  why: p =>
    p.always
      ? 'The freeze never ends, so nobody could ever promote.'
      : 'Windows that run into one another are a longer freeze than either of them says.',
  fix: p => `Write a duration shorter than ${p.apart}, or a schedule that comes less often.`,
});

export const noTime = rule<{ text: string; why: string; fix: string }>('duration/no-time', {
  what: p => `${quote(p.text)} is no time at all.`,
  why: p => p.why,
  fix: p => p.fix,
});

export const unknownEarlier = rule<{ name: string; environment: string; known: readonly string[] }>(
  'promotion/unknown-environment',
  {
    what: p =>
      `${quote(p.environment)} shall be promoted after ${quote(p.name)}, and surefoot.yaml has no such environment.`,
    why: 'No Rollout could ever reach a step there, so nothing could be promoted.',
    fix: p => {
      const near = nearest(p.name, p.known);
      if (near !== undefined) return `Write \`after: ${near}\`.`;
      return p.known.length === 0 ? 'Remove `promotion`.' : `Write ${list(p.known, 'or')}.`;
    },
  },
);

/** `circle`: the environments in order, the last one after the first. */
export const promotionCircle = rule<{ circle: readonly string[] }>('promotion/circle', {
  what: p =>
    p.circle.length === 1
      ? `${quote(p.circle[0]!)} shall be promoted after itself.`
      : `${list(p.circle)} wait for one another: each shall be promoted after the next, and the last after the first.`,
  why: 'A release would have to be there before it is there, so nothing could be promoted.',
  fix: p =>
    p.circle.length === 1
      ? 'Name an earlier environment, or remove `promotion`.'
      : 'Remove `promotion` from the environment that gets a release first.',
});

/** Every mistake in what surefoot.yaml says about promotions. */
export const promotionMessages = [
  unreadableSchedule,
  unknownTimeZone,
  freezesOverlap,
  noTime,
  unknownEarlier,
  promotionCircle,
] as const;
