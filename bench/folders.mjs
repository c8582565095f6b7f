// The folders that a fleet is measured in.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleetFiles, THREE_ENVIRONMENTS, withTemplates, writeFleet } from './fleet.mjs';
import { nodeOutput, SUREFOOT, start } from './measure.mjs';

/**
 * @typedef {object} Folders
 * @property {string} committed a git repository with the fleet and its out/, in which nothing changes
 * @property {string} work the same fleet, in which things change
 * @property {string} scratch for whatever else
 * @property {readonly string[]} rollouts paths of the Rollout files
 * @property {readonly string[]} states absolute paths of the files of all states
 * @property {() => void} changeOne moves `spec.step` of one Rollout of `work` there and back
 */

/** @param {string} folder an empty one @param {number} count @param {boolean} [environments] whether there are three, and templates @returns {Folders} */
export function makeFolders(folder, count, environments = false) {
  const [committed, work, scratch] = [join(folder, 'committed'), join(folder, 'work'), join(folder, 'scratch')];
  const files = fleetFiles(count);
  const all = environments ? [...withTemplates(files), THREE_ENVIRONMENTS] : files;
  writeFleet(committed, all);
  writeFleet(work, all);
  nodeOutput(committed, SUREFOOT, 'synth', '--quiet');
  cpSync(join(committed, 'out'), join(work, 'out'), { recursive: true });
  commit(committed);
  return {
    committed,
    work,
    scratch,
    rollouts: files.map(file => file.path),
    states: statesOf(committed),
    changeOne: changerOf(work, files[0]),
  };
}

/** @param {string} folder */
function commit(folder) {
  const settings = ['gc.auto=0', 'core.looseCompression=0', 'user.name=bench', 'user.email=bench@example.com'];
  const git = (/** @type {string[]} */ ...words) =>
    start(folder, 'git', ...settings.flatMap(one => ['-c', one]), ...words);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A fleet');
}

/** @param {string} folder */
const statesOf = folder =>
  readdirSync(join(folder, 'out/plan'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yaml'))
    .sort()
    .map(path => join(folder, 'out/plan', path));

/** @param {string} folder @param {import('./fleet.mjs').FleetFile | undefined} file */
function changerOf(folder, file) {
  if (file === undefined) throw new Error('there is no Rollout to change');
  const place = join(folder, file.path);
  const other = file.text.replace(/^ {2}step: \S+/m, '  step: baseline');
  return () => writeFileSync(place, readFileSync(place, 'utf8') === file.text ? other : file.text);
}

/** Empties a place. @param {string} path */
export const clear = path => rmSync(path, { recursive: true, force: true });
