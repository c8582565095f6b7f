import { Command, CommanderError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { keepCode } from '../host/code-cache.ts';
import type { CrewAnswer, CrewTask } from '../host/draft-crew.ts';
import { fleetElsewhere } from '../host/fleet-elsewhere.ts';
import type { Act } from './act.ts';
import { defineBootstrapCommands } from './define-bootstrap.ts';
import { defineCommentCommands } from './define-comment.ts';
import { defineCompilingCommands } from './define-compiling.ts';
import { defineLanguageCommands } from './define-language.ts';
import { definePromotionCommands } from './define-promotion.ts';
import { defineReleaseCommands } from './define-release.ts';
import { defineStatusCommands } from './define-status.ts';
import { EXAMPLES } from './examples.ts';
import { tellFailure } from './failure.ts';
import { FORMATS } from './reporters/formats.ts';
import { type GlobalOptions, type Settings, settingsOf } from './settings.ts';
import { type ExitCode, tellUsage } from './terminal.ts';

/** Commands that compile Rollouts. */
const NEEDS_FLEET = [
  'validate',
  'plan',
  'synth',
  'trace',
  'diff',
  'check',
  'promote',
  'resume',
  'release',
  'tidy',
  'comment',
];

/** Of commands that read Rollouts: why they must not start here. */
const wrongRoot = (command: Command, { root }: Settings): string | undefined =>
  NEEDS_FLEET.includes(command.name()) ? fleetElsewhere(root) : undefined;

/**
 * Runs one command line, without the program's name; everything heavy is loaded by the command that needs it.
 * `self` is the path of the shipped file; absent: nothing is remembered from run to run, nothing runs beside.
 */
export async function run(words: readonly string[], self?: string): Promise<ExitCode> {
  let exit: ExitCode = 0;
  // The version of a release is another one than that of the tool.
  const program = words.includes('release') ? defineProgram() : withVersion(defineProgram());
  const act: Act = (command, action) =>
    command.showHelpAfterError(`(surefoot help ${command.name()} tells more)`).action(async () => {
      const settings = settingsOf(command.optsWithGlobals<GlobalOptions>());
      if (typeof settings !== 'string') keepCode(settings.cache, self, command.name());
      const wrong = typeof settings === 'string' ? settings : wrongRoot(command, settings);
      if (typeof settings === 'string' || wrong !== undefined) exit = tellUsage([wrong ?? ''], command.name());
      else exit = await action(settings, command);
    });
  defineCompilingCommands(program, act, self);
  definePromotionCommands(program, act);
  defineCommentCommands(program, act);
  defineReleaseCommands(program, act);
  defineLanguageCommands(program, act);
  defineStatusCommands(program, act);
  defineBootstrapCommands(program, act);
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

const withVersion = (program: Command): Command =>
  program.version(packageJson.version, '--version', 'print the version');

const defineProgram = (): Command =>
  new Command('surefoot')
    .description('Compiles Rollouts into the manifests of every step, proves each hop, and writes them to out/.')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(surefoot --help tells more)')
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
