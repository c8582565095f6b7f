import { threadId } from 'node:worker_threads';
import { isSystemError } from './system-error.ts';

const PATTERN = /^\.surefoot-(\d{1,10})-\d+\.tmp$/;
/** Threads of one process count apart: they write beside each other. */
let count = threadId * 1_000_000_000;

/** A name for a file that is not finished yet, which tells who writes it and is free among `taken`. */
export function tempName(taken: { has(name: string): boolean }): string {
  let name: string;
  do name = `.surefoot-${process.pid}-${++count}.tmp`;
  while (taken.has(name));
  return name;
}

/** Whether a file has the name of an unfinished one. */
export const isTempName = (name: string): boolean => PATTERN.test(name);

/** Whether an unfinished file has the number of this process. */
export const isOwnTemp = (name: string): boolean => Number(PATTERN.exec(name)?.[1]) === process.pid;

/**
 * Whether an unfinished file was left behind: its writer runs no more. One of our own number, found before this
 * run wrote anything, is from an earlier process: in containers the numbers repeat.
 */
export function isLeftover(name: string): boolean {
  const writer = Number(PATTERN.exec(name)?.[1]);
  return writer === process.pid || !isRunning(writer);
}

/** Whether a process of this number runs on this machine. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks: https://nodejs.org/api/process.html#processkillpid-signal
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return isSystemError(error) && error.code === 'EPERM';
  }
}
