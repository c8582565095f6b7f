import { type Command, InvalidArgumentError, Option } from 'commander';
import { OBSERVERS, type Observer } from '../model/observation.ts';
import { REFUSALS, type Refusal } from '../review/move-messages.ts';
import type { AbortRequest } from './commands/abort.ts';
import type { PromoteRequest } from './commands/promote.ts';
import { type CommitFlags, commitOptions, commitWish } from './commit-options.ts';

interface SharedFlags extends CommitFlags {
  readonly env?: string;
  readonly label?: readonly string[];
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly output: 'text' | 'json';
}

interface MoveFlags extends SharedFlags {
  readonly to?: string;
  readonly from?: string;
  readonly allow?: readonly Refusal[];
  readonly observe?: readonly Observer[];
  readonly context?: string;
  readonly target?: string;
}

export const TARGETS = '[ROLLOUT...]';
export const ABOUT_TARGETS = 'names of Rollouts, or paths of their files (default: the only one there is)';

const each = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** The last of several would win unseen. */
function once(text: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('Name one; run the command once for each.');
  return text;
}

/** An option that may be typed again and again, each time one of some words. */
function eachOf(flags: string, about: string, words: readonly string[]): Option {
  const option = new Option(flags, `${about}; may be repeated`).choices([...words]);
  const parse = option.parseArg;
  // Commander's own check of the choices keeps only the last of them.
  return option.argParser((text: string, before: readonly string[] | undefined) => {
    parse?.(text, undefined);
    return each(text, before);
  });
}

const shared = (): readonly Option[] => [
  new Option('-e, --env <name>', 'the environment (default: the only one of the Rollout)').argParser(once),
  new Option('-l, --label <key=value>', 'every Rollout with this label; may be repeated').argParser<readonly string[]>(
    each,
  ),
  new Option('--reason <words>', 'why, for the commit message'),
  new Option('--dry-run', 'judge and tell, write nothing'),
  new Option('-o, --output <output>', 'how to print').choices(['text', 'json']).default('text'),
  ...commitOptions(),
];

const moving = (): readonly Option[] => [
  new Option('--from <step>', 'refuse where it stands in another step than this one'),
  eachOf('--allow <refusal>', 'go in spite of a refusal, and say so in the commit', REFUSALS),
  eachOf('--observe <observer>', 'ask only this observer (default: all that there are)', OBSERVERS),
  new Option('--context <name>', 'the context of kubectl (default: the current one)'),
  new Option('--target <ref>', "the branch from which agents sync (default: the remote's default branch)"),
];

export const promoteOptions = (command: Command): Command =>
  withAll(command, [
    new Option('--to <state>', 'the state to go to (default: the next one of the tape)'),
    ...moving(),
    ...shared(),
  ]);

export const resumeOptions = (command: Command): Command => withAll(command, [...moving(), ...shared()]);

export const abortOptions = (command: Command): Command => withAll(command, shared());

function withAll(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [k in K]?: V };

const sharedRequest = (names: readonly string[], flags: SharedFlags) => ({
  targets: { names, labels: flags.label ?? [], ...optional('environment', flags.env) },
  wish: commitWish(flags),
  dryRun: flags.dryRun ?? false,
  output: flags.output,
  ...optional('reason', flags.reason),
});

/** What the options of `promote` or `resume` ask for. */
export const promoteRequest = (
  verb: PromoteRequest['verb'],
  names: readonly string[],
  flags: MoveFlags,
): PromoteRequest => ({
  ...sharedRequest(names, flags),
  verb,
  allow: new Set(flags.allow),
  ...optional('to', flags.to),
  ...optional('from', flags.from),
  ...optional('observers', flags.observe),
  ...optional('kubeContext', flags.context),
  ...optional('target', flags.target),
});

/** What the options of `abort` ask for. */
export const abortRequest = (names: readonly string[], flags: SharedFlags): AbortRequest => sharedRequest(names, flags);
