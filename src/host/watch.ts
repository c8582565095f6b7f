import { type FSWatcher, watch } from 'node:fs';
import { isAbsent } from './system-error.ts';
import { foldersToWatch, type Watched } from './watched-folders.ts';

/** Milliseconds from a first change until it is told: an editor or git touches several files in one go. */
const GATHER = 100;

/**
 * Watches from now on and resolves once: with true a moment after the first change, with false when `ended` is aborted.
 * Call it anew for each change, before reading what it watches: then nothing is missed, and folders that come are watched.
 */
export function nextChange(watched: Watched, ended: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    const finish = (changed: boolean): void => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      ended.removeEventListener('abort', onEnd);
      resolve(changed);
    };
    const onEnd = (): void => finish(false);
    const onChange = (): void => {
      timer ??= setTimeout(finish, GATHER, true);
    };
    ended.addEventListener('abort', onEnd);
    try {
      for (const [folder, concerns] of foldersToWatch(watched)) {
        watchers.push(...watchFolder(folder, name => (name === null || concerns(name)) && onChange(), onChange));
      }
    } catch (error) {
      reject(error);
      finish(false);
    }
    if (ended.aborted) finish(false);
  });
}

/** One watcher, or none where the folder went away since it was listed; that is a change too. */
function watchFolder(
  folder: string,
  onName: (name: string | null) => void,
  onChange: () => void,
): readonly FSWatcher[] {
  try {
    return [watch(folder, (_event, name) => onName(name)).on('error', onChange)];
  } catch (error) {
    if (!isAbsent(error)) throw error;
    onChange();
    return [];
  }
}
