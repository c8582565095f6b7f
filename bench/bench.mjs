// npm run bench [-- sizes…]: how far the goals of speed are reached. Timings depend on the machine and are never
// assertions: a missed goal is said and the exit code stays 0. See README.md in this folder.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clear, makeFolders } from './folders.mjs';
import { goalsOfFleet, goalsOfGrowth, goalsOfStart } from './goals.mjs';
import { measureFleet, measureSmall } from './measure-fleet.mjs';
import { bundleCompile, bundleParts } from './parts-bundle.mjs';
import { partsTable, table } from './table.mjs';

const sizes = (process.argv.length > 2 ? process.argv.slice(2) : ['10', '100', '1000'])
  .map(Number)
  .sort((a, b) => a - b);
if (sizes.every(size => Number.isInteger(size) && size > 0)) await bench();
else {
  process.stderr.write('usage: npm run bench -- [sizes…], whole numbers of rollouts, such as 10 100 1000\n');
  process.exitCode = 2;
}

async function bench() {
  const scratch = mkdtempSync(join(tmpdir(), 'surefoot-bench-'));
  try {
    const bundles = { parts: await bundleParts(), compile: await bundleCompile() };
    const small = measureSmall(makeFolders(join(scratch, 'small'), 1));
    const fleets = sizes.map(size => {
      const folder = join(scratch, String(size));
      process.stderr.write(`measuring ${size} …\n`);
      const times = measureFleet({ size, folders: makeFolders(folder, size), bundles });
      clear(folder);
      return times;
    });
    const rows = [...goalsOfStart(small.medians), ...fleets.flatMap(goalsOfFleet), ...goalsOfGrowth(fleets)];
    const turns = fleets.map(({ size, turns }) => `${turns} of ${size}`).join(', ');
    process.stdout.write(
      `${table(['rollouts', 'goal', 'wanted', 'reached', 'ok'], rows)}\nMedians of interleaved runs: ${turns}.\n\n`,
    );
    process.stdout.write(`Parts of a full synth:\n\n${partsTable(fleets)}`);
  } finally {
    clear(scratch);
  }
}
