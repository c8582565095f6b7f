import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { type CheckFlags, checkOptions, checkRequest } from './check-options.ts';
import { DIFF_OUTPUTS } from './diff-output.ts';
import type { DiffFlags } from './diff-request.ts';
import { EXAMPLES } from './examples.ts';
import { loadCompiler } from './load-compiler.ts';
import { PLAN_OUTPUTS, type PlanFlags, type PlanOutput } from './plan-output.ts';
import { parseJobs, type SynthFlags, watchOption } from './synth-options.ts';
import { tellUsage } from './terminal.ts';
import { type TraceFlags, traceOptions } from './trace-options.ts';

/** What compiles Rollouts, and what tells of compiled ones. */
export function defineCompilingCommands(program: Command, act: Act, self: string | undefined): void {
  defineValidate(program, act);
  definePlan(program, act);
  defineSynth(program, act, self);
  defineCheck(program, act);
  defineTrace(program, act);
  defineDiff(program, act);
}

const PATHS = '[PATH...]';
const ABOUT_PATHS = 'files or folders of Rollouts (default: rollouts)';

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
