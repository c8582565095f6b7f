// Runs one command line of the very program, in a bundle in which the doors of the rooms are timed (see
// parts-bundle.mjs), and prints what each part took as JSON on stdout.
import { run } from '../src/cli/program.ts';
import { timesUntilNow } from './part-clock.ts';

process.exitCode = await run(process.argv.slice(2));
process.stdout.write(JSON.stringify(timesUntilNow()));
