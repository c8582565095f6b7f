import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Replaces the text of a file below the root, whole: a crash leaves it old or new. Its mode stays. Throws where the disk refuses. */
export function replaceText(root: string, file: string, text: string): void {
  const path = join(root, file);
  const temporary = `${path}.surefoot-${process.pid}`;
  // A run that was killed, perhaps with the same number in another container, may have left it.
  rmSync(temporary, { force: true });
  const opened = openSync(temporary, 'wx', statSync(path).mode & 0o777);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
    closeSync(opened);
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}
