import type { Command } from 'commander';
import type { Act } from './act.ts';
import { EXAMPLES } from './examples.ts';
import {
  type ReleaseFlags,
  releaseOf,
  releaseOptions,
  type TidyFlags,
  tapeRequest,
  tidyOptions,
} from './release-options.ts';
import { tellUsage } from './terminal.ts';

/** What puts releases on tapes, and takes them from there. */
export function defineReleaseCommands(program: Command, act: Act): void {
  const release = releaseOptions(program.command('release'))
    .description('put a version and its steps at the end of the tape of a Rollout; nothing that runs changes')
    .argument('<ROLLOUT>', 'name of a Rollout, or the path of its file')
    .addHelpText('after', EXAMPLES.release);
  act(release, async (settings, { args }) => {
    const flags = release.opts<ReleaseFlags>();
    const asked = releaseOf(flags);
    if (typeof asked === 'string') return tellUsage([asked], 'release');
    const { release: run } = await import('./commands/release.ts');
    return run(asked, tapeRequest(args, flags), settings);
  });
  const tidy = tidyOptions(program.command('tidy'))
    .description('take from tapes what every environment has passed; nothing that runs changes')
    .argument('[ROLLOUT...]', 'names of Rollouts, or paths of their files (default: the only one there is)')
    .addHelpText('after', EXAMPLES.tidy);
  act(tidy, async (settings, { args }) => {
    const { tidy: run } = await import('./commands/tidy.ts');
    return run(tapeRequest(args, tidy.opts<TidyFlags>()), settings);
  });
}
