import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clear } from './folders.mjs';
import { interleave, isInstalled, median, node, nodeOutput, SUREFOOT, start } from './measure.mjs';

const MEMORY = new URL('peak-memory.mjs', import.meta.url).href;
const CDK8S = fileURLToPath(new URL('cdk8s.mjs', import.meta.url));
/** So many Rollouts are given to cdk8s, so many states per turn to kubectl; the whole is reckoned from them. */
const CDK8S_SAMPLE = 20;
const STATES_PER_TURN = 3;
/** From here on a run is long enough to need no warming up, and its files are too many to be kept. */
const LARGE = 1000;

/** @typedef {{ parts: string, compile: string }} Bundles */
/** @typedef {{ size: number, name: string, folders: import('./folders.mjs').Folders, bundles: Bundles }} Fleet */
/** @typedef {Awaited<ReturnType<typeof measureFleet>>} FleetTimes */

/** Measures everything that depends on the size of the fleet. @param {Fleet} fleet */
export function measureFleet(fleet) {
  const { size, name, folders } = fleet;
  mkdirSync(folders.scratch, { recursive: true });
  const limits = { seconds: size < LARGE ? 15 : 45, least: 3, most: 15, warm: size < LARGE };
  const { turns, medians } = interleave([...commandsOf(fleet), ...kustomize(folders)], limits);
  return {
    size,
    name,
    turns,
    medians,
    states: folders.states.length,
    cdk8s: measureCdk8s(fleet),
    parts: measureParts(fleet),
    memory: measureMemory(folders),
  };
}

/** @param {Fleet} fleet @returns {import('./measure.mjs').Measured[]} */
function commandsOf({ size, folders: { committed, work, scratch, changeOne } }) {
  const [full, copy] = [freshFolder(join(scratch, 'full'), size), freshFolder(join(scratch, 'copy'), size)];
  return [
    { name: 'full', prepare: full.renew, run: () => node(work, SUREFOOT, 'synth', '--out', full.path()) },
    { name: 'copy', prepare: copy.renew, run: () => start(committed, 'cp', '-r', 'out', copy.path()) },
    { name: 'nothing', run: () => node(committed, SUREFOOT, 'synth') },
    { name: 'status', run: () => start(committed, 'git', 'status') },
    { name: 'start', run: () => node(committed, '-e', '0') },
    { name: 'one', prepare: changeOne, run: () => node(work, SUREFOOT, 'synth') },
  ];
}

/**
 * A place where nothing is yet. To delete the last one first would slow down whoever writes next: some disks are busy
 * for seconds after it. Only where there would be too many files it is done, and waited for.
 * @param {string} prefix @param {number} size
 */
function freshFolder(prefix, size) {
  let turn = 0;
  const path = () => `${prefix}-${turn}`;
  const renew = () => {
    if (size > LARGE) {
      clear(path());
      spawnSync('sync');
    }
    turn++;
  };
  return { path, renew };
}

/** `kubectl kustomize` of a few states, others in each turn; the mean of them. @param {import('./folders.mjs').Folders} folders @returns {import('./measure.mjs').Measured[]} */
function kustomize({ scratch, states }) {
  if (!isInstalled('kubectl', 'version', '--client')) return [];
  const folders = Array.from({ length: STATES_PER_TURN }, (_, index) => join(scratch, `kustomize-${index}`));
  let next = 0;
  const prepare = () => {
    for (const folder of folders) {
      const state = states[(next++ * 7919) % states.length] ?? '';
      clear(folder);
      mkdirSync(folder);
      cpSync(state, join(folder, 'state.yaml'));
      writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [state.yaml]\n');
    }
  };
  const run = () => {
    const begin = performance.now();
    for (const folder of folders) start(folder, 'kubectl', 'kustomize', '.');
    return (performance.now() - begin) / folders.length;
  };
  return [{ name: 'kustomize', prepare, run }];
}

/** Milliseconds of either side for a sample of the fleet. @param {Fleet} fleet @returns {{ ours: number, theirs: number, sampled: number }} */
function measureCdk8s({ size, folders, bundles }) {
  const sampled = Math.min(size, CDK8S_SAMPLE);
  return { ...JSON.parse(nodeOutput(folders.scratch, CDK8S, bundles.compile, String(sampled))), sampled };
}

/** Medians of what each part of a full synth takes, in milliseconds. @param {Fleet} fleet @returns {Record<string, number>} */
function measureParts({ size, folders: { work, scratch }, bundles }) {
  const runs = Array.from({ length: size < LARGE ? 3 : 1 }, (_, turn) =>
    JSON.parse(nodeOutput(work, bundles.parts, 'synth', '--out', join(scratch, `parts-${turn}`))),
  );
  return Object.fromEntries(Object.keys(runs[0]).map(part => [part, median(runs.map(run => run[part]))]));
}

/** MB at the peak of a full synth. @param {import('./folders.mjs').Folders} folders */
const measureMemory = ({ work, scratch }) =>
  Number(nodeOutput(work, '--import', MEMORY, SUREFOOT, 'synth', '--out', join(scratch, 'memory')));

/** Measures what does not depend on the size of the fleet. @param {import('./folders.mjs').Folders} folders */
export function measureSmall({ committed, rollouts }) {
  const [file = ''] = rollouts;
  const commands = [
    { name: 'start', run: () => node(committed, '-e', '0') },
    { name: 'help', run: () => node(committed, SUREFOOT, '--help') },
    { name: 'validate', run: () => node(committed, SUREFOOT, 'validate', file) },
  ];
  return interleave(commands, { seconds: 10, least: 9, most: 31, warm: true });
}
