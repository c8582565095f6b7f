import { rule } from '../../diagnostics/rule.ts';
import { list, quote } from '../../diagnostics/wording.ts';
import type { Share } from '../../model/traffic.ts';
import { printShare } from '../../traffic/share.ts';

/** `methods` are those that Consul knows. */
export const unknownMethod = rule<{ method: string; methods: readonly string[] }>('consul/method', {
  what: p => `Consul does not take the method ${quote(p.method)}.`,
  why: 'It compares methods whole with a list of its own, and refuses the whole route over any other.',
  fix: p => `Write one of ${list(p.methods)}, each in a match of its own.`,
});
/** `wanted` and `sent` are what the version should get and what it would get. */
export const weightLost = rule<{ version: string; wanted: Share; sent: Share }>('consul/weight-lost', {
  what: p =>
    `Consul would send version ${quote(p.version)} ${printShare(p.sent)} % instead of ${printShare(p.wanted)} %.`,
  why: 'It counts weights in numbers of few digits and cuts off what does not fit.',
  fix: 'Write whole, half or quarter percents: these are kept exactly.',
});
export const notTotal = rule<{ rule: string }>('consul/total', {
  what: p => `Consul would not find that the weights of ${quote(p.rule)} total 100.`,
  why: 'It adds them up in numbers of few digits, and its webhook refuses a splitter whose sum is off by the last one.',
  fix: 'Write whole, half or quarter percents: these are added up exactly.',
});

/** Every mistake that only Consul knows. */
export const consulMessages = [unknownMethod, weightLost, notTotal] as const;
