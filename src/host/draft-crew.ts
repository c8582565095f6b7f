import { Worker } from 'node:worker_threads';
import { type Drafted, type DraftRequest, drafter } from './draft-source.ts';
import type { Look } from './look.ts';
import { openOut } from './out-folder.ts';
import { isSystemError } from './system-error.ts';

/** What a worker is given. */
export interface CrewTask {
  readonly request: DraftRequest;
  readonly outName: string;
  readonly looks: readonly Look[];
  /** One number, the place of the next file that nobody has taken. */
  readonly next: SharedArrayBuffer;
  /** Where compiled code is kept; absent: nowhere. */
  readonly cache?: string;
}

/** What a worker gives back: drafts by the place of their file, and where it stopped, why. */
export interface CrewAnswer {
  readonly drafted: readonly (readonly [place: number, drafted: Drafted])[];
  readonly failure?: Failure;
}

/** A thrown thing as plain data: an error loses all but its message on the way to another thread. */
export interface Failure {
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly syscall?: string;
}

/** Drafts files until all are taken. Whoever fails takes what is left, so that the others end soon. */
export function takePart(
  { request, outName, looks, next }: CrewTask,
  out = openOut(request.root, outName),
): CrewAnswer {
  const counter = new Int32Array(next);
  const drafted: (readonly [number, Drafted])[] = [];
  try {
    const draft = drafter(request, out);
    for (let place = take(counter); place < looks.length; place = take(counter)) {
      drafted.push([place, draft(looks[place]!)]);
    }
    return { drafted };
  } catch (error) {
    Atomics.store(counter, 0, looks.length);
    return { drafted, failure: failureOf(error) };
  }
}

const take = (counter: Int32Array): number => Atomics.add(counter, 0, 1);

const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const system = isSystemError(error) ? { code: error.code, syscall: error.syscall } : {};
  return { message, ...(stack === undefined ? {} : { stack }), ...system };
};

/** The error that a failure was. */
export const errorOf = ({ message, ...rest }: Failure): Error => Object.assign(new Error(message), rest);

/** Starts a worker; `self` is the shipped file, which does the work of `CrewTask` where it is started as one. */
export function startWorker(self: string, task: CrewTask): Promise<CrewAnswer> {
  // Without the flags of this process: what they load is not made to be loaded twice.
  const worker = new Worker(self, { workerData: task, execArgv: [] });
  return new Promise(resolve => {
    const stopped = (reason: string) => {
      Atomics.store(new Int32Array(task.next), 0, task.looks.length);
      resolve({ drafted: [], failure: { message: `a worker thread stopped: ${reason}; --jobs 1 does without` } });
    };
    worker.once('message', resolve);
    worker.once('error', error => stopped(error.message));
    worker.once('exit', code => stopped(`it ended with ${code} before its work was done`));
  });
}
