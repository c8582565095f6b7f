import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { EXAMPLES } from './examples.ts';
import { STATUS_OUTPUTS, type StatusOutput } from './status-output.ts';

interface StatusFlags {
  readonly label?: readonly string[];
  readonly env?: string;
  readonly target?: string;
  readonly output: StatusOutput;
}

const each = (label: string, others: readonly string[] = []): readonly string[] => [...others, label];

/** What tells where Rollouts stand. */
export function defineStatusCommands(program: Command, act: Act): void {
  const command = program
    .command('status')
    .description('tell where Rollouts stand, since when, and what comes next; reads the output folder and git alone')
    .argument('[ROLLOUT...]', 'names of Rollouts, or paths of their files or of folders of them (default: all)')
    .option('-l, --label <key=value>', 'only Rollouts with this label; may be repeated', each)
    .option('-e, --env <name>', 'only this environment (default: all)')
    .option('--target <ref>', "the branch from which agents sync (default: the remote's default branch, else HEAD)")
    .addOption(new Option('-o, --output <output>', 'how to print').choices(STATUS_OUTPUTS).default('table'))
    .addHelpText('after', EXAMPLES.status);
  act(command, async (settings, { args }) => {
    const { status } = await import('./commands/status.ts');
    const { label = [], env, target, output } = command.opts<StatusFlags>();
    const request = {
      ...{ names: args, labels: label, output },
      ...(env === undefined ? {} : { environment: env }),
      ...(target === undefined ? {} : { target }),
    };
    return status(request, settings);
  });
}
