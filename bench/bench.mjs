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

/** `300e`: three hundred Rollouts in three environments, some of them with templates. */
const words = process.argv.length > 2 ? process.argv.slice(2) : ['10', '100', '300e', '1000'];
const asked = words
  .map(word => ({ size: Number(word.replace(/e$/, '')), environments: word.endsWith('e') }))
  .sort((a, b) => a.size - b.size);
if (asked.every(({ size }) => Number.isInteger(size) && size > 0)) await bench();
else {
  process.stderr.write(
    'usage: npm run bench -- [sizes…], whole numbers of rollouts, such as 10 100 300e 1000; e: in three environments and with templates\n',
  );
  process.exitCode = 2;
}

async function bench() {
  const scratch = mkdtempSync(join(tmpdir(), 'surefoot-bench-'));
  try {
    const bundles = { parts: await bundleParts(), compile: await bundleCompile() };
    const small = measureSmall(makeFolders(join(scratch, 'small'), 1));
    const fleets = asked.map(({ size, environments }) => {
      const name = `${size}${environments ? ' × 3' : ''}`;
      const folder = join(scratch, environments ? `${size}e` : String(size));
      process.stderr.write(`measuring ${name} …\n`);
      const times = measureFleet({ size, name, folders: makeFolders(folder, size, environments), bundles });
      clear(folder);
      return times;
    });
    const rows = [...goalsOfStart(small.medians), ...fleets.flatMap(goalsOfFleet), ...goalsOfGrowth(fleets)];
    const turns = fleets.map(({ name, turns }) => `${turns} of ${name}`).join(', ');
    process.stdout.write(
      `${table(['rollouts', 'goal', 'wanted', 'reached', 'ok'], rows)}\nMedians of interleaved runs: ${turns}.\n\n`,
    );
    process.stdout.write(`Parts of a full synth:\n\n${partsTable(fleets)}`);
  } finally {
    clear(scratch);
  }
}
