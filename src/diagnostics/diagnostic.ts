import type { Severity } from './finding.ts';

/** A place in a file; lines and columns count from 1, the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding with its place: plain data, complete, ready for any reporter. */
export interface Diagnostic extends Place {
  readonly code: string;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly notes: readonly (Place & { readonly text: string })[];
  /** The lines of the file around the place, without decoration; empty where the file could not be read. */
  readonly excerpt: readonly { readonly line: number; readonly text: string }[];
  /** The columns of the excerpt's line to mark, where a hidden secret moved them; absent: those of the place. */
  readonly mark?: { readonly column: number; readonly endColumn: number };
}

/** The order in which diagnostics are printed: file, line, column, code. */
export const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);

/** The same mistake at the same place once: a rule that three steps use is wrong once. Keeps the order. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(d => {
    const key = `${d.file}:${d.line}:${d.column} ${d.code} ${d.what}`;
    return !seen.has(key) && seen.add(key);
  });
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
