import { type Command, Option } from 'commander';
import type { MatchSpec } from '../model/rollout.ts';
import type { ChosenSteps, ShorthandKind } from '../release/next-steps.ts';
import type { Release } from '../release/release.ts';
import { type CommitFlags, commitOptions, commitWish } from './commit-options.ts';
import type { TapeRequest } from './tape-edit.ts';

/** Options of `tidy` as typed. */
export interface TidyFlags extends CommitFlags {
  readonly label?: readonly string[];
  readonly dryRun?: boolean;
}

/** Options of `release` as typed. */
export interface ReleaseFlags extends CommitFlags {
  readonly version: string;
  readonly image?: string;
  readonly template?: string;
  readonly service?: string;
  readonly like?: string;
  readonly steps?: readonly ShorthandKind[];
  readonly weights?: readonly number[];
  readonly pause?: string;
  readonly match?: readonly MatchSpec[];
  readonly dryRun?: boolean;
}

const KINDS: readonly ShorthandKind[] = ['canary', 'blueGreen', 'abTest', 'shadow'];

const dryRun = (): Option => new Option('--dry-run', 'print what would change in the Rollout, write nothing');

const each = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const releaseOptions = (command: Command): Command =>
  withAll(command, [
    new Option('--version <name>', 'name of the new version').makeOptionMandatory(),
    new Option('--image <image>', 'what its pods run').conflicts(['template', 'service']),
    new Option('--template <file>', 'rendered objects to take its pods from, as the Rollout names them').conflicts(
      'service',
    ),
    new Option('--service <name>', 'a Service that somebody else keeps and that answers as this version'),
    new Option('--like <version>', 'the version whose other settings it begins with (default: the one released last)'),
    new Option('--steps <kinds>', `its steps: ${KINDS.join(', ')} (default: those of the release before)`).argParser(
      words,
    ) as Option,
    new Option('--weights <percents>', 'of a canary (default: 5,20,50)').argParser(numbers),
    new Option('--pause <duration>', 'after each of these steps (default: until someone promotes)'),
    new Option('--match <header:value>', 'of an A/B test; may be repeated, any of them will do').argParser(matches),
    dryRun(),
    ...commitOptions(),
  ]);

export const tidyOptions = (command: Command): Command =>
  withAll(command, [
    new Option('-l, --label <key=value>', 'every Rollout with this label; may be repeated').argParser<
      readonly string[]
    >(each),
    dryRun(),
    ...commitOptions(),
  ]);

function withAll(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option);
  return command;
}

/** What is not one of the kinds stays as it is typed, for the request to tell. */
const words = (text: string): readonly string[] => text.split(',').map(word => word.trim());

const numbers = (text: string): readonly number[] =>
  words(text).map(word => (/^\d+(?:\.\d+)?$/.test(word) ? Number(word) : Number.NaN));

function matches(text: string, before: readonly MatchSpec[] = []): readonly MatchSpec[] {
  const colon = text.indexOf(':');
  const name = colon < 0 ? '' : text.slice(0, colon).trim();
  return [...before, { headers: { [name]: text.slice(colon + 1).trim() } }];
}

/** What the options of `release` ask for; a text says what is wrong with them. */
export function releaseOf(flags: ReleaseFlags): Release | string {
  const { version, image, template, service, like } = flags;
  if (image === undefined && template === undefined && service === undefined)
    return 'say what the version runs: --image, --template or --service.';
  const chosen = chosenSteps(flags);
  if (typeof chosen === 'string') return chosen;
  return {
    version,
    ...(image === undefined ? {} : { image }),
    ...(template === undefined ? {} : { template }),
    ...(service === undefined ? {} : { service }),
    ...(like === undefined ? {} : { like }),
    ...(chosen === undefined ? {} : { steps: chosen }),
  };
}

function chosenSteps({ steps: kinds, weights, pause, match }: ReleaseFlags): ChosenSteps | string | undefined {
  if (kinds === undefined) {
    const [lonely] = [weights && '--weights', pause && '--pause', match && '--match'].filter(
      flag => flag !== undefined,
    );
    return lonely === undefined ? undefined : `${lonely} needs --steps, such as --steps canary.`;
  }
  const odd = kinds.find(kind => !KINDS.includes(kind));
  if (odd !== undefined) return `--steps knows ${KINDS.join(', ')}; "${odd}" is none of them.`;
  if (weights !== undefined && !kinds.includes('canary')) return '--weights is of a canary: add --steps canary.';
  if (weights?.some(Number.isNaN) === true) return '--weights takes percents, such as --weights 5,20,50.';
  if (kinds.includes('abTest') !== (match !== undefined))
    return match === undefined
      ? "an A/B test needs to know whom: --match 'end-user: jason'."
      : '--match is of an A/B test: add --steps abTest.';
  if (match?.some(({ headers }) => Object.hasOwn(headers ?? {}, '')) === true)
    return "--match takes a header and its value: --match 'end-user: jason'.";
  return {
    kinds,
    ...(weights === undefined ? {} : { weights }),
    ...(pause === undefined ? {} : { pause }),
    ...(match === undefined ? {} : { match }),
  };
}

/** Which Rollouts, and what becomes of the change. */
export const tapeRequest = (names: readonly string[], flags: TidyFlags): TapeRequest => ({
  targets: { names, labels: flags.label ?? [] },
  dryRun: flags.dryRun ?? false,
  wish: commitWish(flags),
});
