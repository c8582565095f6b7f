import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { run, takePart } from './program.ts';
import { surviveClosedPipes } from './terminal.ts';

const self = fileURLToPath(import.meta.url);
if (isMainThread) {
  surviveClosedPipes();
  // Not process.exit(): what was written to a pipe may still be on its way.
  process.exitCode = await run(process.argv.slice(2), self);
} else parentPort?.postMessage(await takePart(workerData, self));
