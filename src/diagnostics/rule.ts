import type { At, Finding, Note, Severity } from './finding.ts';

/** The wording of one mistake; each part is a sentence, or a function of the mistake's parameters. */
export interface Wording<P> {
  readonly severity?: Severity;
  readonly what: string | ((p: P) => string);
  readonly why: string | ((p: P) => string);
  readonly fix: string | ((p: P) => string);
}

/** One entry of the catalogue: called with a place and its parameters it gives a finding. */
export interface Rule<P> {
  (at: At, params: P, notes?: readonly Note[]): Finding;
  readonly code: string;
  readonly severity: Severity;
}

/** Declares a mistake once: its code, severity (absent: error) and words, with typed parameters. */
export function rule<P = undefined>(code: `${string}/${string}`, wording: Wording<P>): Rule<P> {
  const severity = wording.severity ?? 'error';
  const say = (text: string | ((p: P) => string), params: P) => (typeof text === 'string' ? text : text(params));
  const make = (at: At, params: P, notes: readonly Note[] = []): Finding => ({
    code,
    severity,
    at,
    what: say(wording.what, params),
    why: say(wording.why, params),
    fix: say(wording.fix, params),
    notes,
  });
  return Object.assign(make, { code, severity });
}
