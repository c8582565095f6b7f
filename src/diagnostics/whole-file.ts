import type { Diagnostic, Place } from './diagnostic.ts';
import type { Finding } from './finding.ts';

/** A second file that explains a finding about a first one. */
export interface FileNote {
  readonly file: string;
  readonly text: string;
}

/** A finding about a file as a whole, placed at its first character and without an excerpt. */
export function wholeFile(finding: Finding, file: string, notes: readonly FileNote[] = []): Diagnostic {
  const { code, severity, what, why, fix } = finding;
  const explained = notes.map(note => ({
    ...firstCharacter(note.file),
    text: note.text,
  }));
  return {
    ...firstCharacter(file),
    code,
    severity,
    what,
    why,
    fix,
    notes: explained,
    excerpt: [],
  };
}

const firstCharacter = (file: string): Place => ({
  file,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
});
