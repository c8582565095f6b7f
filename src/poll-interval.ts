import { readDuration } from './model/duration.ts';
import { type PollIntervals, readPollIntervals } from './read/poll-intervals.ts';

/** The shortest time in which the agents of these environments must see a commit, in milliseconds; absent: nobody says. */
export function shortestPollInterval(
  fleet: string,
  environments: readonly string[],
): { readonly milliseconds?: number } | { readonly wrong: string } {
  const intervals = readPollIntervals(fleet);
  if (intervals === undefined) return { wrong: 'is no YAML that can be read' };
  const typed = environments.flatMap(environment => wordFor(intervals, environment) ?? []);
  const odd = typed.find(word => (readDuration(word) ?? 0) < 1000);
  if (odd !== undefined) return { wrong: `has an agent.pollInterval that is no duration of a second or more: ${odd}` };
  return typed.length === 0 ? {} : { milliseconds: Math.min(...typed.map(word => readDuration(word)!)) };
}

const wordFor = ({ all, environments }: PollIntervals, environment: string): string | undefined =>
  Object.hasOwn(environments, environment) ? environments[environment] : all;
