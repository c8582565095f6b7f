import { lstatSync, type Stats } from 'node:fs';

/** An error of the operating system, with its code, such as ENOENT. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
}

/** Whether a thrown thing came from the operating system and not from a bug of ours. */
export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  'syscall' in error &&
  typeof error.syscall === 'string';

/** Whether a thing was not there. */
export const isAbsent = (error: unknown): boolean =>
  isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** What is at a path, links not followed; undefined where nothing is. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
