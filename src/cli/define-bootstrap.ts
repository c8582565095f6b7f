import { Argument, type Command } from 'commander';
import { AGENTS, type Agent } from '../gitops/target.ts';
import type { Act } from './act.ts';
import { type BootstrapFlags, bootstrapOptions } from './bootstrap-options.ts';
import { EXAMPLES } from './examples.ts';

/** What tells agents about the output folder. */
export function defineBootstrapCommands(program: Command, act: Act): void {
  const command = program
    .command('bootstrap')
    .description('print what tells Argo CD or Flux to sync the live manifests, each setting with its reason')
    .addArgument(new Argument('<agent>', 'which agent').choices(AGENTS))
    .addHelpText('after', EXAMPLES.bootstrap);
  for (const option of bootstrapOptions()) command.addOption(option);
  act(command, async (settings, { processedArgs }) => {
    const { bootstrap } = await import('./commands/bootstrap.ts');
    return bootstrap(processedArgs[0] as Agent, command.opts<BootstrapFlags>(), settings);
  });
}
