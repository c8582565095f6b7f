import { resolve } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { LOCK, type Locked, lockOut } from './lock.ts';

/** Does something while no other run writes to the output folder; a text says that another one would not end. */
export async function whileLocked<T>(root: string, outName: string, action: () => Promise<T>): Promise<T | string> {
  const release = lockOut(resolve(root, outName));
  if (typeof release === 'object') return lockedOut(outName, release);
  try {
    return await action();
  } finally {
    release();
  }
}

const lockedOut = (outName: string, { holder }: Locked): string =>
  `another surefoot${Number.isNaN(holder) ? '' : `, process ${holder},`} has been writing to ${quote(outName)} for a minute; ` +
  `wait for it, or delete ${quote(`${outName}/${LOCK}`)} if no such process runs.`;
