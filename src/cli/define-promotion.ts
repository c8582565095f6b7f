import type { Command } from 'commander';
import type { Act } from './act.ts';
import { EXAMPLES } from './examples.ts';
import {
  ABOUT_TARGETS,
  abortOptions,
  abortRequest,
  promoteOptions,
  promoteRequest,
  resumeOptions,
  TARGETS,
} from './promotion-options.ts';

/** What moves Rollouts along their tape, and back from it. */
export function definePromotionCommands(program: Command, act: Act): void {
  const promote = promoteOptions(program.command('promote'))
    .description('go on to the next step of Rollouts: change one line, compile, prove the hop, say the commit')
    .argument(TARGETS, ABOUT_TARGETS)
    .addHelpText('after', EXAMPLES.promote);
  const resume = resumeOptions(program.command('resume'))
    .description('go back from an abort to the step that was aborted')
    .argument(TARGETS, ABOUT_TARGETS)
    .addHelpText('after', EXAMPLES.resume);
  for (const [verb, command] of [['promote', promote] as const, ['resume', resume] as const])
    act(command, async (settings, { args }) => {
      const { promote: run } = await import('./commands/promote.ts');
      return run(promoteRequest(verb, args, command.opts()), settings);
    });
  const abort = abortOptions(program.command('abort'))
    .description(
      'send all requests back to the stable version: puts the committed abort into place, whatever is broken',
    )
    .argument(TARGETS, ABOUT_TARGETS)
    .addHelpText('after', EXAMPLES.abort);
  act(abort, async (settings, { args }) => {
    const { abort: run } = await import('./commands/abort.ts');
    return run(abortRequest(args, abort.opts()), settings);
  });
}
