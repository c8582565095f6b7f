import { Argument, Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { keepCode } from '../host/code-cache.ts';
import type { CrewAnswer, CrewTask } from '../host/draft-crew.ts';
import { fleetElsewhere } from '../host/fleet-elsewhere.ts';
import { type CheckFlags, checkOptions, checkRequest } from './check-options.ts';
import type { SchemaKind } from './commands/schema.ts';
import { SHELLS, type Shell } from './completion/shells.ts';
import { DIFF_OUTPUTS } from './diff-output.ts';
import type { DiffFlags } from './diff-request.ts';
import { EXAMPLES } from './examples.ts';
import { tellFailure } from './failure.ts';
import { initOptions } from './init-options.ts';
import { PLAN_OUTPUTS, type PlanFlags, type PlanOutput } from './plan-output.ts';
import { FORMATS } from './reporters/formats.ts';
import { type GlobalOptions, type Settings, settingsOf } from './settings.ts';
import { parseJobs, type SynthFlags, watchOption } from './synth-options.ts';
import { type ExitCode, tellUsage } from './terminal.ts';
import { type TraceFlags, traceOptions } from './trace-options.ts';

/** Of commands that read Rollouts: why they must not start here. */
const wrongRoot = (command: Command, { root }: Settings): string | undefined =>
  ['validate', 'plan', 'synth', 'trace', 'diff', 'check'].includes(command.name()) ? fleetElsewhere(root) : undefined;

/**
 * Runs one command line, without the program's name; everything heavy is loaded by the command that needs it.
 * `self` is the path of the shipped file; absent: nothing is remembered from run to run, nothing runs beside.
 */
export async function run(words: readonly string[], self?: string): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = defineProgram();
  const act: Act = (command, action) =>
    command.showHelpAfterError(`(surefoot help ${command.name()} tells more)`).action(async () => {
      const settings = settingsOf(command.optsWithGlobals<GlobalOptions>());
      if (typeof settings !== 'string') keepCode(settings.cache, self, command.name());
      const wrong = typeof settings === 'string' ? settings : wrongRoot(command, settings);
      if (typeof settings === 'string' || wrong !== undefined) exit = tellUsage([wrong ?? ''], command.name());
      else exit = await action(settings, command);
    });
  defineValidate(program, act);
  definePlan(program, act);
  defineSynth(program, act, self);
  defineCheck(program, act);
  defineTrace(program, act);
  defineDiff(program, act);
  defineSchema(program, act);
  defineCompletion(program, act);
  defineExplain(program, act);
  defineInit(program, act);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(error, process.env);
    return error.exitCode === 0 ? 0 : 2;
  }
}

/** Does the share of a worker thread of `synth`. */
export async function takePart(task: CrewTask, self: string): Promise<CrewAnswer> {
  keepCode(task.cache, self, 'synth', false);
  return (await import('../host/draft-crew.ts')).takePart(task);
}

/** Says what a command does once its settings are known. */
type Act = (command: Command, action: (settings: Settings, command: Command) => Promise<ExitCode>) => void;

const defineProgram = (): Command =>
  new Command('surefoot')
    .description('Compiles Rollouts into the manifests of every step, proves each hop, and writes them to out/.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(surefoot --help tells more)')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print help on a command')
    .option('-C <dir>', 'run as if started in this folder')
    // The cdk8s command line tells its app where to write by this variable.
    .addOption(new Option('--out <dir>', 'output folder').env('CDK8S_OUTDIR').default('out'))
    .addOption(new Option('--format <format>', ABOUT_FORMAT).choices(FORMATS))
    .option('-q, --quiet', 'report errors only')
    .option('--color', 'colour the output, even where it is no terminal')
    .option('--no-color', 'never colour the output (NO_COLOR and FORCE_COLOR are heeded too)')
    .option('--no-cache', 'believe and keep nothing from run to run (SUREFOOT_NO_CACHE=1 does the same)')
    .addHelpText('after', EXAMPLES.program);

const ABOUT_FORMAT = 'how findings are reported (default: text; in a GitHub workflow, github)';

const PATHS = '[PATH...]';
const ABOUT_PATHS = 'files or folders of Rollouts (default: rollouts)';

const loadCompiler = async ({ root, outName }: Settings) => {
  const [{ compilerAt }, { openOut }] = await Promise.all([
    import('../host/compiler.ts'),
    import('../host/out-folder.ts'),
  ]);
  return compilerAt(root, openOut(root, outName));
};

function defineValidate(program: Command, act: Act): void {
  const command = program
    .command('validate')
    .description('compile Rollouts, write nothing, report every finding')
    .argument(PATHS, `${ABOUT_PATHS}; - reads standard input`)
    .addHelpText('after', EXAMPLES.validate);
  act(command, async (settings, { args }) => {
    const { validate } = await import('./commands/validate.ts');
    return validate(args, settings, await loadCompiler(settings));
  });
}

const outputOption = (): Option =>
  new Option('-o, --output <output>', 'how to print').choices(PLAN_OUTPUTS).default('table');

function definePlan(program: Command, act: Act): void {
  const command = program
    .command('plan')
    .description('print every state and hop of Rollouts, shorthand steps written out')
    .argument(PATHS, `${ABOUT_PATHS}; - reads standard input`)
    .addOption(outputOption())
    .option('--flat', 'with -o yaml or json: print the effective Rollout of each environment instead')
    .option('--skips', 'judge every move between two states: which ones lose requests, how, and which way is safe')
    .addHelpText('after', EXAMPLES.plan);
  act(command, async (settings, { args }) => {
    const { plan } = await import('./commands/plan.ts');
    const { output: shape, flat = false, skips = false } = command.opts<PlanFlags>();
    return plan({ paths: args, flat, skips, output: shape }, settings, await loadCompiler(settings));
  });
}

function defineSynth(program: Command, act: Act, self: string | undefined): void {
  const command = program
    .command('synth')
    .description('write the manifests of every step to the output folder')
    .argument(PATHS, ABOUT_PATHS)
    .addOption(new Option('--check', 'write nothing; tell which files differ').conflicts('prune'))
    .option('--prune', 'delete the manifests of Rollouts that no file describes any more')
    .addOption(watchOption())
    .option('--jobs <number>', 'threads that compile a large fleet (default: 1)', parseJobs)
    .addHelpText('after', EXAMPLES.synth);
  act(command, async (settings, { args }) => {
    const { synth } = await import('./commands/synth.ts');
    const { check = false, prune = false, watch, jobs } = command.opts<SynthFlags>();
    const run = async () =>
      synth({ paths: args, check, prune, ...(jobs === undefined ? {} : { jobs }) }, settings, self);
    return watch === true ? (await import('./commands/synth-watch.ts')).watchSynth(args, settings, run) : run();
  });
}

function defineTrace(program: Command, act: Act): void {
  const command = program
    .command('trace')
    .description('print which version answers a request, in each state, as the manifests say it')
    .argument(PATHS, `${ABOUT_PATHS}; - reads standard input`)
    .addHelpText('after', EXAMPLES.trace);
  for (const option of [...traceOptions(), outputOption()]) command.addOption(option);
  act(command, async (settings, { args }) => {
    const { trace } = await import('./commands/trace.ts');
    const { output, ...flags } = command.opts<{ output: PlanOutput } & TraceFlags>();
    return trace({ paths: args, output, flags }, settings, await loadCompiler(settings));
  });
}

function defineCheck(program: Command, act: Act): void {
  const command = program
    .command('check')
    .description('prove every hop that the live manifests on disk make against a commit')
    .argument(PATHS, 'files or folders of Rollouts, or folders of live manifests (default: all that differ)')
    .addHelpText('after', EXAMPLES.check);
  for (const option of checkOptions()) command.addOption(option);
  act(command, async (settings, { args }) => {
    const { check } = await import('./commands/check.ts');
    return check(checkRequest(command.opts<CheckFlags>(), args), settings);
  });
}

function defineDiff(program: Command, act: Act): void {
  const command = program
    .command('diff')
    .description('say what differs between two states, two commits, or the cluster and the output folder')
    .argument(PATHS, ABOUT_PATHS)
    .option('--from <state>', 'the state before (default: the one in which the cluster should stand)')
    .option('--to <state>', 'the state after (default: the next on the tape)')
    .option('--base <ref>', 'compare the output folder of this commit with the files on disk')
    .option('--head <ref>', 'with --base: with this commit instead')
    .option(
      '--cluster <file>',
      'compare what kubectl get -o yaml or json printed with the output folder; - reads standard input',
    )
    .option('--environment <name>', 'compare the Rollouts of this environment only')
    .option('--text', 'print the lines that differ, as unified text')
    .addOption(new Option('-o, --output <output>', 'how to print').choices(DIFF_OUTPUTS).default('table'))
    .option('--exit-code', 'exit with 1 where something differs')
    .addHelpText('after', EXAMPLES.diff);
  act(command, async (settings, { args }) => {
    const [{ diff }, { diffRequest }] = await Promise.all([import('./commands/diff.ts'), import('./diff-request.ts')]);
    const request = diffRequest(command.opts<DiffFlags>(), args);
    return typeof request === 'string'
      ? tellUsage([request], 'diff')
      : diff(request, settings, () => loadCompiler(settings));
  });
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
