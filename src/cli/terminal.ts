import { visible } from '../layout/visible.ts';

/** 0: fine · 1: findings, drift, or a refused promotion · 2: wrong usage, a system that refuses, or a bug of ours · 3: nobody can tell. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Writes data for the next program. */
export const print = (text: string): void => {
  process.stdout.write(text);
};

/** Writes words for people. */
export const tell = (text: string): void => {
  process.stderr.write(text);
};

/** Says what is wrong with the command line. */
export function tellUsage(messages: readonly string[], command: string): ExitCode {
  for (const message of messages) tell(`error: ${visible(message)}\n`);
  tell(`(surefoot help ${command} tells more)\n`);
  return 2;
}

/** Ends quietly when the reader of our output leaves before its end, as `head` does. */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
