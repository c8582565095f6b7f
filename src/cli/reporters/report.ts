import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Paint } from '../paint.ts';

/** What a command has to say besides its data. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that have no place in a file, for people. */
  readonly findings: readonly string[];
  /** Last lines, for people; left out where only errors are wanted. */
  readonly closing: readonly string[];
  /** Further facts, for machines. */
  readonly facts: { readonly [name: string]: unknown };
}

/** Turns a report into text that ends with a line break, or into nothing where there is nothing to say. */
export type Reporter = (report: Report, paint: Paint) => string;
