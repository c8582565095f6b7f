import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezesOf, frozenAt } from '../../src/gate/freeze.ts';
import type { FreezeSpec } from '../../src/model/fleet.ts';
import { beginByClock, randomSchedule } from './clock-oracle.ts';

const at = (text: string): number => Date.parse(text);
const iso = (moment: number): string => new Date(moment).toISOString().slice(0, 16);

/** The window around a moment as `begin – end` in UTC, or `free`. */
function windowAt(freeze: FreezeSpec, moment: string): string {
  const window = frozenAt([freeze], at(moment));
  return window === undefined ? 'free' : `${iso(window.begin)} – ${iso(window.end)}`;
}

const WEEKEND: FreezeSpec = { schedule: '0 17 * * 5', duration: '63h', timeZone: 'Europe/Berlin', reason: 'weekend' };

describe('a freeze', () => {
  it.each([
    ['before it', '2026-11-20T15:59:59Z', 'free'],
    ['from its first moment', '2026-11-20T16:00:00Z', '2026-11-20T16:00 – 2026-11-23T07:00'],
    ['days after it began', '2026-11-22T12:00:00Z', '2026-11-20T16:00 – 2026-11-23T07:00'],
    ['in its last moment', '2026-11-23T06:59:59.999Z', '2026-11-20T16:00 – 2026-11-23T07:00'],
    ['at its end', '2026-11-23T07:00:00Z', 'free'],
    ['an hour earlier in summer', '2026-07-10T15:00:00Z', '2026-07-10T15:00 – 2026-07-13T06:00'],
    ['over the change to summer', '2026-03-28T12:00:00Z', '2026-03-27T16:00 – 2026-03-30T07:00'],
    ['over the change to winter', '2026-10-25T12:00:00Z', '2026-10-23T15:00 – 2026-10-26T06:00'],
  ])('of a weekend: %s', (_, moment, window) => expect(windowAt(WEEKEND, moment)).toBe(window));

  const night = { schedule: '30 2 * * *', duration: '1h', timeZone: 'Europe/Berlin' };
  it.each([
    [
      'the clocks skip its time: it begins at the change',
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:00 – 2026-03-29T02:00',
    ],
    ['it is over an hour after the change', '2026-03-29T02:00:00Z', 'free'],
    ['the day before', '2026-03-28T01:29:00Z', 'free'],
    ['its time comes twice: the first', '2026-10-25T00:45:00Z', '2026-10-25T00:30 – 2026-10-25T01:30'],
    ['when the clocks went back, the first goes on', '2026-10-25T01:15:00Z', '2026-10-25T00:30 – 2026-10-25T01:30'],
    ['its time comes twice: the second', '2026-10-25T01:30:00Z', '2026-10-25T01:30 – 2026-10-25T02:30'],
  ])('in the night in which clocks change: %s', (_, moment, window) => expect(windowAt(night, moment)).toBe(window));

  const lastDay = { schedule: '0 18 L * *', duration: '12h', timeZone: 'America/New_York' };
  const day31 = { schedule: '0 0 31 * *', duration: '24h' };
  const leap = { schedule: '0 0 29 2 *', duration: '1d' };
  it.each([
    ['the last day of February', lastDay, '2027-03-01T00:00:00Z', '2027-02-28T23:00 – 2027-03-01T11:00'],
    ['the last day of a leap February', lastDay, '2028-02-29T23:00:00Z', '2028-02-29T23:00 – 2028-03-01T11:00'],
    ['not the day before it', lastDay, '2028-02-29T03:00:00Z', 'free'],
    ['the last day of the year', lastDay, '2026-12-31T23:30:00Z', '2026-12-31T23:00 – 2027-01-01T11:00'],
    ['the 31st', day31, '2026-07-31T23:59:00Z', '2026-07-31T00:00 – 2026-08-01T00:00'],
    ['no 31st in June', day31, '2026-06-30T12:00:00Z', 'free'],
    ['29 February', leap, '2028-02-29T12:00:00Z', '2028-02-29T00:00 – 2028-03-01T00:00'],
    ['no 29 February', leap, '2027-03-01T12:00:00Z', 'free'],
  ])('at the end of a month: %s', (_, freeze, moment, window) => expect(windowAt(freeze, moment)).toBe(window));

  it.each([
    ['a day of the month or of the week', '0 0 13 * 5', '2026-11-27T00:30:00Z', true],
    ['the second Friday', '0 0 * * 5#2', '2026-11-13T00:30:00Z', true],
    ['no third one', '0 0 * * 5#2', '2026-11-20T00:30:00Z', false],
    ['names of days', '0 0 * * MON-FRI', '2026-11-21T00:30:00Z', false],
    ['Sunday as 7', '0 0 * * 7', '2026-11-22T00:30:00Z', true],
    ['several spaces', '0  0 * *   0', '2026-11-22T00:30:00Z', true],
  ])('reads cron: %s', (_, schedule, moment, held) => {
    expect(frozenAt([{ schedule, duration: '1h' }], at(moment)) !== undefined).toBe(held);
  });

  it('that lasts longer than the time since its first begin, or than any calendar, holds too', () => {
    expect(windowAt({ schedule: '0 0 29 2 *', duration: '999999d' }, '2027-10-25T00:00:00Z')).toContain(
      '2024-02-29T00:00',
    );
  });
});

describe('several freezes', () => {
  const night = { schedule: '0 22 * * *', duration: '10h', reason: 'night' };
  const fleet = {
    apiVersion: 'surefoot.dev/v1',
    kind: 'Fleet',
    freezes: [WEEKEND],
    environments: { prod: { freezes: [night] }, staging: {} },
  } as const;

  it('hold where the fleet or the environment says so', () => {
    expect(freezesOf(fleet, 'prod')).toEqual([WEEKEND, night]);
    expect([freezesOf(fleet, 'staging'), freezesOf(fleet, 'dev')]).toEqual([[WEEKEND], [WEEKEND]]);
    expect(freezesOf({ apiVersion: 'surefoot.dev/v1', kind: 'Fleet' }, 'prod')).toEqual([]);
  });

  it('name the one that ends last', () => {
    const reasonAt = (moment: string) => frozenAt(freezesOf(fleet, 'prod'), at(moment))?.freeze.reason;
    expect(reasonAt('2026-11-20T23:00:00Z')).toBe('weekend');
    expect(reasonAt('2026-11-22T23:00:00Z')).toBe('night');
    expect(reasonAt('2026-11-24T12:00:00Z')).toBeUndefined();
  });
});

/** Moments near which clocks change, some of them by a whole day or by half an hour, and one where they do not. */
const CHANGES: readonly (readonly [timeZone: string, change: string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Asia/Kathmandu', '2026-02-28T18:15:00Z'],
  ['UTC', '2028-02-29T00:00:00Z'],
];

it('a window is what somebody sees who watches the clock minute by minute', () => {
  const DAY = 1440;
  fc.assert(
    fc.property(
      fc.constantFrom(...CHANGES),
      randomSchedule,
      fc.integer({ min: 1, max: 3 * DAY }),
      fc.integer({ min: -DAY * 60_000, max: 3 * DAY * 60_000 }),
      ([timeZone, change], schedule, minutes, offset) => {
        const now = Date.parse(change) + offset;
        const window = frozenAt([{ schedule: schedule.text, duration: `${minutes}m`, timeZone }], now);
        const begin = beginByClock(schedule, timeZone, { after: now - minutes * 60_000, last: now });
        expect(window?.begin, `${schedule.text} ${timeZone} ${new Date(now).toISOString()} ${minutes}m`).toBe(begin);
        if (window !== undefined) expect(window.end - window.begin).toBe(minutes * 60_000);
      },
    ),
    { numRuns: 300 },
  );
});
