/** The way from the root of a document to a value: mapping keys and list indexes. */
export type Path = readonly (string | number)[];

/**
 * Where a finding points: a value or key by its path, or a range of characters where no tree exists yet.
 * `file` is relative to the root; absent: the Rollout itself.
 */
export type At =
  | { readonly path: Path; readonly on?: 'value' | 'key'; readonly file?: string }
  | { readonly range: readonly [start: number, end: number]; readonly file?: string };

/** An error stops the rollout; a warning is printed and changes nothing. */
export type Severity = 'error' | 'warning';

/** A second place that explains a finding, such as where a name was first set. */
export interface Note {
  readonly at: At;
  readonly text: string;
}

/** What is wrong, why it matters and how to mend it, before its line and column are known. */
export interface Finding {
  /** Stable for ever, `family/mistake`; never reused for another mistake. */
  readonly code: string;
  readonly severity: Severity;
  readonly at: At;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly notes: readonly Note[];
  /** Whether the text at this place is a secret that no excerpt may show; absent: it is none. */
  readonly hidden?: true;
}

/** Whether any of them stops the rollout. */
export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some(finding => finding.severity === 'error');
