import { stampOf } from './file-stamp.ts';
import { statOf } from './system-error.ts';

/** Which build of the tool this is, on which Node; undefined where its file cannot be found. */
export function identityOf(path: string): string | undefined {
  const stat = statOf(path);
  return stat === undefined ? undefined : JSON.stringify([path, stampOf(stat), process.version, process.arch]);
}
