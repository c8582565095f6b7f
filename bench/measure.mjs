import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program that is measured: what users install. */
export const SUREFOOT = fileURLToPath(new URL('../dist/surefoot.js', import.meta.url));

/** Nobody's own settings of git may make it faster or slower. */
const ENVIRONMENT = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1' };

/** @typedef {{ name: string, prepare?: () => void, run: () => number | void }} Measured `run` may give milliseconds of its own */

/**
 * Measures several things in turns, so that a busy moment of the machine hits all of them; every other turn goes
 * backwards. With `warm` a first turn does not count. Gives medians in milliseconds by name.
 * @param {readonly Measured[]} all
 * @param {{ seconds: number, least: number, most: number, warm: boolean }} limits turns go on until the time is used up
 */
export function interleave(all, { seconds, least, most, warm }) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(all.map(({ name }) => [name, []]));
  const end = performance.now() + seconds * 1000;
  let turns = warm ? -1 : 0;
  while (turns < least || (turns < most && performance.now() < end)) {
    for (const one of turns % 2 === 0 ? all : [...all].reverse()) {
      const time = measureOnce(one);
      if (turns >= 0) times[one.name]?.push(time);
    }
    turns++;
  }
  const medians = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  return { turns, medians };
}

/** @param {Measured} measured */
function measureOnce({ prepare, run }) {
  prepare?.();
  const start = performance.now();
  const own = run();
  return own ?? performance.now() - start;
}

/** @param {readonly number[]} list */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * Runs a program to its end without its output; what fails is not worth measuring.
 * @param {string} cwd @param {string} program @param {...string} args
 */
export function start(cwd, program, ...args) {
  const { status, error } = spawnSync(program, args, { cwd, env: ENVIRONMENT, stdio: 'ignore' });
  if (error !== undefined || status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${status ?? error}`);
}

/** Runs Node. @param {string} cwd @param {...string} args */
export const node = (cwd, ...args) => start(cwd, process.execPath, ...args);

/** Runs Node and gives its stdout; on failure the end of its stderr is told. @param {string} cwd @param {...string} args */
export function nodeOutput(cwd, ...args) {
  const options = /** @type {const} */ ({ cwd, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr.slice(-3000)}`);
  return stdout;
}

/** Whether a program can be started. @param {string} program @param {...string} args */
export const isInstalled = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).error === undefined;
