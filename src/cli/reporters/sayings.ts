import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';

/** A text of several lines with nothing in it that a reader would obey, hide or reorder; its line breaks stay. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n');

/** Everything that a diagnostic says but its place and code: a paragraph for each part. */
export const sayAll = ({ what, why, fix, notes }: Diagnostic): string =>
  [
    what,
    `why: ${why}`,
    `fix: ${fix}`,
    ...notes.map(note => `note: ${note.file}:${note.line}:${note.column} ${note.text}`),
  ]
    .map(visibleLines)
    .join('\n');

/** What is wrong and how to mend it, on one line. */
export const sayBriefly = ({ what, fix }: Diagnostic): string => visible(`${what} ${fix}`.split(/\s*\n\s*/).join(' '));
