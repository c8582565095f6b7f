import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { replaceFile } from './replace-file.ts';
import { identityOf } from './shipped-file.ts';
import { isSystemError, statOf } from './system-error.ts';

/** Where the compiled code of this run is kept, and of which build it is. */
interface Kept {
  readonly path: string;
  readonly identity: string;
  /** False where another thread writes it. */
  readonly write: boolean;
}

let kept: Kept | undefined;

/**
 * Says where to keep what V8 made of our code, so that the next run of the same command need not compile it again
 * (https://nodejs.org/api/vm.html#scriptcreatecacheddata). V8 runs what it finds there: `folder` must be `cacheFolder`'s.
 */
export function keepCode(folder: string | undefined, self: string | undefined, command: string, write = true): void {
  const identity = folder === undefined || self === undefined ? undefined : identityOf(self);
  if (folder !== undefined && identity !== undefined) kept = { path: join(folder, `code-${command}`), identity, write };
}

/** The function with this body that takes `require`, `module` and `exports`. */
export function evaluate(body: string): (require: unknown, module: unknown, exports: unknown) => void {
  const cachedData = kept === undefined ? undefined : read(kept);
  const script = new Script(`(function (require, module, exports) {${body}\n})`, {
    filename: 'surefoot-parts.js',
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (kept?.write === true && script.cachedDataRejected !== false) writeAtEnd(script, kept);
  return script.runInThisContext();
}

/** At the end of the run V8 knows which functions were needed. */
function writeAtEnd(script: Script, { path, identity }: Kept): void {
  process.once('exit', () => replaceFile(path, Buffer.concat([beginning(identity), script.createCachedData()])));
}

function read({ path, identity }: Kept): Buffer | undefined {
  try {
    if (statOf(path)?.isFile() !== true) return undefined;
    const bytes = readFileSync(path);
    const expected = beginning(identity);
    return bytes.subarray(0, expected.length).equals(expected) ? bytes.subarray(expected.length) : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

const beginning = (identity: string): Buffer => {
  const line = Buffer.from(`${identity}\n`);
  // V8 reads numbers of four bytes from it.
  return Buffer.concat([line, Buffer.alloc((8 - (line.length % 8)) % 8)]);
};
