import { isUtf8 } from 'node:buffer';
import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { quote } from '../diagnostics/wording.ts';
import type { Source } from '../model/compiled.ts';
import { sourceNotUtf8, sourceUnreadable } from './messages.ts';
import { isAbsent, isSystemError } from './system-error.ts';

/** How standard input is called in messages. */
export const STANDARD_INPUT = '<stdin>';

/**
 * Bytes of a file that are read at most: beyond 256 KiB, which the reader refuses, and enough of them that the
 * text is too long for it however it counts, in bytes or in characters of up to four bytes.
 */
const MOST_BYTES = 4 * (256 * 1024 + 1);

/** Reads a file below the root, never through a link. */
export function readSource(root: string, file: string): Source | Diagnostic {
  try {
    return sourceOf(file, readStart(join(root, file)));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return wholeFile(sourceUnreadable({ path: [] }, { reason: error.code }), file);
  }
}

/** Reads standard input to its end, or until it has `most` bytes; absent: longer than any Rollout may be. */
export async function readStandardInput(most = MOST_BYTES): Promise<Source | Diagnostic> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length >= most) break;
  }
  return sourceOf(STANDARD_INPUT, Buffer.concat(chunks).subarray(0, most), most);
}

/** Reads a file wherever it lies, links and pipes included, or standard input for `-`: what a person names and nothing else points to. */
export async function readNamed(
  root: string,
  path: string,
  most: number,
): Promise<Source | { readonly wrong: string }> {
  try {
    const file = resolve(root, path);
    if (path !== '-' && statSync(file).isDirectory())
      return { wrong: `${quote(path)} is a folder. Name a file, or - for standard input.` };
    const read =
      path === '-' ? await readStandardInput(most) : sourceOf(path, readStart(file, constants.O_RDONLY, most), most);
    return 'text' in read ? read : { wrong: `${path === '-' ? '' : `${quote(path)}: `}${read.what} ${read.fix}` };
  } catch (error) {
    if (isAbsent(error)) return { wrong: `${quote(path)} does not exist. Name a file, or - for standard input.` };
    if (!isSystemError(error)) throw error;
    return { wrong: `${quote(path)} cannot be read: ${error.code}. Give yourself the right to read it.` };
  }
}

function sourceOf(file: string, bytes: Buffer, most = MOST_BYTES): Source | Diagnostic {
  // A cut may fall within a letter; such a text is refused for its length anyway.
  if (bytes.length < most && !isUtf8(bytes)) return wholeFile(sourceNotUtf8({ path: [] }, undefined), file);
  return { file, text: bytes.toString('utf8') };
}

function readStart(path: string, flags = constants.O_RDONLY | constants.O_NOFOLLOW, most = MOST_BYTES): Buffer {
  const file = openSync(path, flags);
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; length < most; ) {
      const chunk = Buffer.allocUnsafe(Math.min(16_384 * (1 + 3 * chunks.length), most - length));
      const count = readSync(file, chunk);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      length += count;
    }
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}
