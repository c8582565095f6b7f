import type { Plan } from '../../model/plan.ts';

/** Requests that Mappings divide: one match of one rule on one host. */
export interface Place {
  /** Name of the rule. */
  readonly rule: string;
  /** Which of its matches, from 0. */
  readonly index: number;
  /** Words for the host; the empty text where there is one. */
  readonly host: string;
}

/** Name of the Mapping of a version, or of the shadow; the default rule goes without a word. */
export function mappingName({ rollout }: Plan, { rule, index, host }: Place, who: string): string {
  const first = rule === 'default' && index === 0 ? [] : index === 0 ? [rule] : [rule, String(index + 1)];
  return [rollout, ...first, who, ...(host === '' ? [] : [host])].join('-');
}

/** Hosts with words for names: none where there is one host, numbers where words would be the same. */
export function namedHosts(hosts: readonly string[]): readonly (readonly [host: string, words: string])[] {
  if (hosts.length < 2) return [[hosts[0] ?? '*', '']];
  const words = hosts.map(host => host.replaceAll('*', 'any').replace(/[^a-z0-9]+/g, '-'));
  return hosts.map((host, i) => [
    host,
    words.indexOf(words[i]!) === words.lastIndexOf(words[i]!) ? words[i]! : `${words[i]}-${i + 1}`,
  ]);
}

/** The API takes durations of protobuf here: seconds, with decimals. */
export const seconds = (milliseconds: number): string => `${milliseconds / 1000}s`;
