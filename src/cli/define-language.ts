import { Argument, type Command } from 'commander';
import type { Act } from './act.ts';
import type { SchemaKind } from './commands/schema.ts';
import { SHELLS, type Shell } from './completion/shells.ts';
import { EXAMPLES } from './examples.ts';
import { initOptions } from './init-options.ts';
import { loadCompiler } from './load-compiler.ts';

/** What helps to write Rollouts. */
export function defineLanguageCommands(program: Command, act: Act): void {
  defineSchema(program, act);
  defineCompletion(program, act);
  defineExplain(program, act);
  defineInit(program, act);
}

function defineSchema(program: Command, act: Act): void {
  const command = program
    .command('schema')
    .description('print the JSON Schema of a Rollout, or of surefoot.yaml')
    .addArgument(new Argument('[kind]', 'which file').choices(['rollout', 'fleet']).default('rollout'))
    .addHelpText('after', EXAMPLES.schema);
  act(command, async (_settings, { processedArgs }) => {
    const { schema } = await import('./commands/schema.ts');
    return schema(processedArgs[0] as SchemaKind);
  });
}

function defineCompletion(program: Command, act: Act): void {
  const command = program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES.completion);
  act(command, async (_settings, { args: [shell] }) =>
    (await import('./commands/completion.ts')).completion(shell as Shell, program),
  );
}

function defineExplain(program: Command, act: Act): void {
  const command = program
    .command('explain')
    .description('print what a field of a Rollout means')
    .argument('[FIELD]', 'its path, such as spec.route.retries (default: the top level)')
    .option('--recursive', 'print all fields below, not one level')
    .addHelpText('after', EXAMPLES.explain);
  act(command, async (settings, { args }) => {
    const { explain } = await import('./commands/explain.ts');
    const { recursive = false } = command.opts<{ recursive?: boolean }>();
    return explain({ field: args[0], recursive }, settings);
  });
}

function defineInit(program: Command, act: Act): void {
  const command = initOptions(program.command('init')).addHelpText('after', EXAMPLES.init);
  act(command, async settings => {
    const { init } = await import('./commands/init.ts');
    const { initRequest } = await import('./init-request.ts');
    return init(initRequest(command.opts()), settings, await loadCompiler(settings));
  });
}
