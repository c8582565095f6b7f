// `npm run fuzz`: compiles a great many damaged files and repositories and watches that nothing throws, hangs, leads out of
// out/ or points nowhere. The same seed gives the same cases.
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** A case that makes no progress for so long, in milliseconds, hangs. */
const PATIENCE = 20_000;
const MOST_FAILURES = 5;

/** @typedef {{ kind: string, seed?: number, fault?: string, case?: unknown }} Message what a child tells */
/** @typedef {{ seed: number, fault: string, case: unknown }} Failure */
/** @typedef {{ began: number, failure?: Failure, replayed?: Message }} Ended how a child ended; `began`: the last seed it tried */

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    replay: { type: 'string', default: '' },
    failures: { type: 'string', default: join(root, 'test/fuzz/failures') },
  },
});
const [runs, seed, minutes] = [values.runs, values.seed, values.minutes].map(Number);
const deadline = Date.now() + minutes * 60_000;
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-fuzz-child-'));
const current = join(scratch, 'current.json');

try {
  await bundle();
  process.exitCode = values.replay === '' ? await campaign() : await replay();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function campaign() {
  const end = seed + runs;
  let next = seed;
  let failures = 0;
  while (next < end && Date.now() < deadline && failures < MOST_FAILURES) {
    const { began, failure } = await runChild('', next, end - next);
    // It never began: the campaign itself is broken.
    if (began < next) throw new Error(failure?.fault ?? 'no case was tried');
    next = began + 1;
    if (failure === undefined) continue;
    failures++;
    report(failure);
  }
  say(`${next - seed} cases from seed ${seed}, ${failures} failed`);
  return failures === 0 ? 0 : 1;
}

async function replay() {
  const { failure, replayed } = await runChild(values.replay, 1, 1);
  const fault = failure?.fault ?? replayed?.fault;
  say(fault === undefined ? 'it does not fail any more' : `it fails: ${fault}`);
  return fault === undefined ? 0 : 1;
}

/** @param {string} file @param {number} first @param {number} count @returns {Promise<Ended>} */
function runChild(file, first, count) {
  rmSync(current, { force: true });
  const words = [root, join(root, 'dist/surefoot.js'), current, file, first, count, deadline].map(String);
  const child = fork(join(scratch, 'child.mjs'), words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  /** @type {Ended} */
  const ended = { began: first - 1 };
  let finished = false;
  let hung = false;
  let told = '';
  child.stderr?.on('data', chunk => {
    told = `${told}${chunk}`.slice(-2000);
  });
  const hang = () => {
    hung = true;
    child.kill('SIGKILL');
  };
  let watchdog = setTimeout(hang, PATIENCE);
  child.on('message', raw => {
    clearTimeout(watchdog);
    watchdog = setTimeout(hang, PATIENCE);
    const message = /** @type {Message} */ (raw);
    if (message.kind === 'began') ended.began = message.seed ?? ended.began;
    if (message.kind === 'failed')
      ended.failure = { seed: message.seed ?? 0, fault: message.fault ?? '', case: message.case };
    if (message.kind === 'replayed') ended.replayed = message;
    finished = message.kind !== 'began';
  });
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      clearTimeout(watchdog);
      if (!finished) ended.failure = { ...lastCase(), fault: hung ? 'hung' : `died of ${signal ?? code}: ${told}` };
      resolve(ended);
    });
  });
}

/** The case that was being tried; without one the campaign itself is broken. */
function lastCase() {
  try {
    const { seed: number, case: one } = JSON.parse(readFileSync(current, 'utf8'));
    return { seed: number, case: one };
  } catch {
    return { seed: 0, case: undefined };
  }
}

/** @param {Failure} failure */
function report(failure) {
  mkdirSync(values.failures, { recursive: true });
  const file = join(values.failures, `${failure.seed}.json`);
  writeFileSync(file, `${JSON.stringify(failure, null, 2)}\n`);
  say(`seed ${failure.seed}: ${failure.fault}`);
  say(`  the input is in ${relative(root, file)}; to try it again: npm run fuzz -- --replay ${relative(root, file)}`);
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}

async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/fuzz/child.ts'],
    outfile: join(scratch, 'child.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
  });
}
