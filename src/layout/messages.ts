import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

export const sameFile = rule<{ objects: readonly string[]; file: string }>('layout/same-file', {
  what: p => `The objects ${list(p.objects)} would both be written to ${quote(p.file)}.`,
  why: 'Files are named by kind and name, and some disks do not tell upper from lower case: the second would overwrite the first.',
  fix: 'Rename one of the two objects.',
});
export const noFileName = rule<{ object: string; file: string }>('layout/no-file-name', {
  what: p =>
    `The object ${quote(p.object)} would be written to ${quote(p.file)}, which is no name of a file everywhere.`,
  why: 'Each object has a file of its own, named by its kind and name, that every system can check out.',
  fix: 'Give the object a name of letters, digits, dashes and dots, of at most 200 characters.',
});

/** Every mistake that keeps objects from having files of their own. */
export const layoutMessages = [sameFile, noFileName] as const;
