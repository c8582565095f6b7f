// In one process: our `compile` of some Rollouts against cdk8s making the text of the very same objects, each state a
// Chart; nothing is written, nothing is imported while the clock runs. Prints { ours, theirs }, medians in milliseconds.
// node cdk8s.mjs <bundle of compile.ts> <number of Rollouts>
import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { fleetFiles } from './fleet.mjs';
import { interleave } from './measure.mjs';

const [, , bundle = '', count = ''] = process.argv;
const { compile } = /** @type {typeof import('../src/compile.ts')} */ (await import(bundle));
const sources = fleetFiles(Number(count)).map(({ path, text }) => ({ file: path, text }));
const fleet = sources.map(statesOf);

/** Ours is the quicker: so many rounds take about as long as one of theirs, and warm it up as well. */
const ROUNDS = 8;

const { medians } = interleave(
  [
    { name: 'ours', run: compileAll },
    { name: 'theirs', run: () => fleet.forEach(synthesise) },
  ],
  { seconds: 8, least: 3, most: 9, warm: true },
);
process.stdout.write(JSON.stringify(medians));

/** Milliseconds of one round. */
function compileAll() {
  const begin = performance.now();
  for (let round = 0; round < ROUNDS; round++) for (const source of sources) compile(source);
  return (performance.now() - begin) / ROUNDS;
}

/** The objects of every state as plain data. @param {{ file: string, text: string }} source */
function statesOf(source) {
  const files = compile(source).results?.[0]?.files ?? [];
  return files
    .filter(({ path }) => path.startsWith('plan/') && path.endsWith('.yaml'))
    .map(({ path, text }) => ({
      name: path.replace(/^.*\/|\.yaml$/g, ''),
      objects: parseAllDocuments(text).map(one => one.toJS()),
    }));
}

/** @param {ReturnType<typeof statesOf>} states */
function synthesise(states) {
  const app = new App();
  for (const { name, objects } of states) {
    const chart = new Chart(app, name);
    for (const [index, object] of objects.entries()) new ApiObject(chart, `object-${index}`, object);
  }
  app.synthYaml();
}
