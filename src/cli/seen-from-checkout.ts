import { relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { STANDARD_INPUT } from '../host/read-source.ts';
import type { Report } from './reporters/report.ts';
import type { Settings } from './settings.ts';

/** A report whose files are named as CI names them: from the checkout, though the command ran below it. */
export function seenFromCheckout(report: Report, { root, checkout }: Pick<Settings, 'root' | 'checkout'>): Report {
  const seen = (file: string): string =>
    file === STANDARD_INPUT ? file : relative(checkout, resolve(root, file)).split(sep).join('/');
  const moved = (diagnostic: Diagnostic): Diagnostic => ({
    ...diagnostic,
    file: seen(diagnostic.file),
    notes: diagnostic.notes.map(note => ({ ...note, file: seen(note.file) })),
  });
  const diagnostics = report.diagnostics.map(moved);
  const sources = { ...(report.sources === undefined ? {} : { sources: report.sources.map(seen) }) };
  return report.differences === undefined
    ? { ...report, diagnostics, ...sources }
    : { ...report, diagnostics, ...sources, differences: report.differences.map(moved) };
}
