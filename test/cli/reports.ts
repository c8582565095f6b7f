import fc from 'fast-check';
import type { Report } from '../../src/cli/reporters/report.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

/** One error with nothing special about it. */
export const plainError: Diagnostic = {
  file: 'rollouts/shop.yaml',
  line: 14,
  column: 15,
  endLine: 14,
  endColumn: 17,
  severity: 'error',
  code: 'steps/total-not-100',
  what: 'The traffic totals 90 %.',
  why: 'Every request must go somewhere.',
  fix: 'Write 30.',
  notes: [],
  excerpt: [],
};

export const reportOf = (...diagnostics: readonly Partial<Diagnostic>[]): Report => ({
  diagnostics: diagnostics.map(part => ({ ...plainError, ...part })),
  findings: [],
  closing: [],
  facts: {},
});

/** What some format obeys, ends at, or cannot hold. */
const SHARP = [
  ...['::error::x', '::set-env name=A::b', '##[group]x', '##[', '%0A::error::', '%', ':', ','],
  ...['\n', '\r', '\r\n', '\u2028', '\u0085', '\u00a0', '\u3000', '\u0000', '\u001b[31m', '\ud800', '\udfff'],
  ...[']]>', '<![CDATA[', '</failure>', '<', '&', '&amp;', '&#0;', '"', "'", '\ufffe', '\uffff', '\u{1f600}'],
  ...['](', '[a](https://example.com)', '\\', '/', '..', '?', '#', '\u202e', '`', '{0}'],
];

/** Anything that a person can write, and more. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...SHARP), fc.string({ unit: 'binary', maxLength: 4 }), fc.lorem({ maxCount: 2 })), {
    maxLength: 5,
  })
  .map(parts => parts.join(''));

const anyPlace = fc
  .record({
    file: anyText,
    line: fc.integer({ min: 1, max: 50 }),
    lines: fc.nat(2),
    column: fc.integer({ min: 1, max: 9 }),
    width: fc.nat(9),
  })
  .map(({ file, line, lines, column, width }) => ({
    file,
    line,
    column,
    endLine: line + lines,
    endColumn: (lines === 0 ? column : 1) + width,
  }));

const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc
  .record({
    place: anyPlace,
    severity: fc.constantFrom('error' as const, 'warning' as const),
    code: fc.constantFrom('a/b', 'out/stale', 'steps/total-not-100'),
    what: anyText,
    why: anyText,
    fix: anyText,
    notes: fc.array(
      fc.tuple(anyPlace, anyText).map(([place, text]) => ({ ...place, text })),
      { maxLength: 2 },
    ),
    excerpt: fc.array(fc.record({ line: fc.nat(), text: anyText }), { maxLength: 1 }),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

/** A report in which every text is hostile; often with more results than GitHub shows. */
export const anyReport: fc.Arbitrary<Report> = fc.record({
  diagnostics: fc.array(anyDiagnostic, { maxLength: 40, size: 'max' }),
  sources: fc.array(anyText, { maxLength: 4 }),
  findings: fc.array(anyText, { maxLength: 2 }),
  differences: fc.array(anyDiagnostic, { maxLength: 3 }),
  closing: fc.array(anyText, { maxLength: 3 }),
  facts: fc.constant({}),
});
