// `npm run check`: everything that must hold before a change is merged, in order, up to the first thing that does not.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, run: () => boolean, mend: string }} Step `mend` says what to type where the step fails */

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-check-'));
const testReport = join(scratch, 'tests.json');
const GENERATED = [
  'schemas/rollout.schema.json',
  'schemas/fleet.schema.json',
  'docs/providers.md',
  'docs/reference.md',
];
const before = GENERATED.map(contentIn);

/** @type {Step[]} */
const steps = [
  { name: 'build', run: () => node('src/build/build.mjs'), mend: 'npm run build' },
  {
    name: 'lint',
    run: () => tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
    mend: 'npm run format',
  },
  { name: 'types', run: () => tool('typescript/bin/tsc', '--noEmit'), mend: 'npm run typecheck' },
  { name: 'tests', run: runTests, mend: 'npm test' },
  {
    name: 'out/ is fresh',
    run: () => node('dist/surefoot.js', 'synth', '--check'),
    mend: 'npm run synth, then commit out/',
  },
  {
    name: `${GENERATED.join(' and ')} are fresh`,
    run: () => GENERATED.every((file, index) => contentIn(file) === before[index]),
    mend: `git add ${GENERATED.join(' ')}: the build has just written them anew`,
  },
];

const failed = steps.find(step => {
  process.stdout.write(`\n# ${step.name}\n`);
  return !step.run();
});
if (failed !== undefined) process.stdout.write(`\ncheck stopped at "${failed.name}". To mend it: ${failed.mend}\n`);
process.stdout.write(testCounts());
rmSync(scratch, { recursive: true });
process.exitCode = failed === undefined ? 0 : 1;

/** @param {...string} args a script, relative to the root, and its arguments */
function node(...args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) process.stdout.write(`${error.message}\n`);
  return status === 0;
}

/** @param {string} script inside of node_modules @param {...string} args */
function tool(script, ...args) {
  return node(join('node_modules', script), ...args);
}

function runTests() {
  return tool('vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${testReport}`);
}

/** `N passed, N failed`, or nothing where no test was run. A file that cannot be loaded counts as one failed test. */
function testCounts() {
  const report = contentOf(testReport);
  if (report === undefined) return '';
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report);
  const unloaded = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return `${numPassedTests} passed, ${numFailedTests + unloaded.length} failed\n`;
}

/** @param {string} file relative to the root */
function contentIn(file) {
  return contentOf(join(root, file));
}

/** @param {string} file @returns {string | undefined} */
function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
