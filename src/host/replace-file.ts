import { renameSync, writeFileSync } from 'node:fs';
import { isSystemError } from './system-error.ts';

/** Replaces a file that only saves time, whole: whoever reads it sees the old or the new. Where the disk refuses, it stays. */
export function replaceFile(path: string, content: string | Buffer): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
