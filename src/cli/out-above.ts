import { dirname, join } from 'node:path';
import { quote } from '../diagnostics/wording.ts';
import { statOf } from '../host/system-error.ts';
import type { Settings } from './settings.ts';

/** Where the output folder may be meant to be looked for, as a sentence that follows one; empty: nothing is known. */
export function outAbove({ root, outName }: Settings): string {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder))
    if (statOf(join(folder, outName, 'plan'))?.isDirectory() === true)
      return ` There is one in ${quote(folder)}: start there, or use -C.`;
  return '';
}
