import { mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { isSystemError, statOf } from './system-error.ts';

/**
 * The folder for what only saves time: `$XDG_CACHE_HOME/surefoot`, or `.cache/surefoot` of the home folder
 * (https://specifications.freedesktop.org/basedir-spec/latest/); undefined where there is none that is safe.
 *
 * Never inside the repository: what is kept here is believed, and code among it is run, so nobody may be able to commit it.
 * For the same reason it belongs to the user alone.
 */
export function cacheFolder(root: string, env: NodeJS.ProcessEnv): string | undefined {
  if ((env['SUREFOOT_NO_CACHE'] ?? '') !== '') return undefined;
  try {
    const base = baseFolder(env);
    const folder = base === undefined ? undefined : join(base, 'surefoot');
    if (folder === undefined || isInside(folder, root)) return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder) && !isInside(realpathSync(folder), realpathSync(root)) ? folder : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

function baseFolder(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return named;
  const home = homedir();
  // A home that is not there is none of ours to make: users of containers often have such a one.
  return isAbsolute(home) && statOf(`${home}/.`) !== undefined ? join(home, '.cache') : undefined;
}

const isInside = (folder: string, root: string): boolean => {
  const way = relative(root, folder);
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
};

/** Whether only this user may write there. Windows, which knows no such numbers, keeps homes apart by itself. */
function isOwn(folder: string): boolean {
  const stat = statOf(folder);
  if (stat?.isDirectory() !== true) return false;
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0);
}
