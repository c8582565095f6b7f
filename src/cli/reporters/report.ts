import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Severity } from '../../diagnostics/finding.ts';
import type { Paint } from '../paint.ts';

/** What a command has to say besides its data. */
export type Report = Said & Found;

interface Said {
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were looked at, sound ones too; absent: only those that the diagnostics name. */
  readonly sources?: readonly string[];
  /** Last lines, for people; left out where only errors are wanted. */
  readonly closing: readonly string[];
  /** Further facts, for the JSON document. */
  readonly facts: { readonly [name: string]: unknown };
}

/** Findings that have no place in a file, as lines for people; and the same one by one, for formats that know only results. */
type Found =
  | { readonly findings: readonly []; readonly differences?: undefined }
  | { readonly findings: readonly string[]; readonly differences: readonly Diagnostic[] };

/** Turns a report into text that ends with a line break, or into nothing where there is nothing to say. */
export type Reporter = (report: Report, paint: Paint) => string;

/** All that was found, in the order of the report. */
export const resultsOf = ({ diagnostics, differences = [] }: Report): readonly Diagnostic[] => [
  ...diagnostics,
  ...differences,
];

/** The errors, or the warnings, among results. */
export const ofSeverity = (severity: Severity, results: readonly Diagnostic[]): readonly Diagnostic[] =>
  results.filter(result => result.severity === severity);
