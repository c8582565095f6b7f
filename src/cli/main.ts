import { run } from './program.ts';
import { surviveClosedPipes } from './terminal.ts';

surviveClosedPipes();
// Not process.exit(): what was written to a pipe may still be on its way.
process.exitCode = await run(process.argv.slice(2));
