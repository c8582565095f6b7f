import type { Path } from '../diagnostics/finding.ts';
import { printDuration, readDuration } from '../model/duration.ts';
import type { Report } from './report.ts';
import { tooShort, wholeSeconds } from './version-messages.ts';

/** Milliseconds of a written duration; a zero is reported where `positive` is asked for. */
export function milliseconds(text: string, path: Path, report?: Report): number {
  const value = readDuration(text) ?? 0;
  if (report !== undefined && value === 0) report(tooShort({ path }, { text }));
  return value;
}

/** Whole seconds of a written duration; parts of a second are reported. */
export function seconds(text: string, path: Path, report: Report): number {
  const value = readDuration(text) ?? 0;
  if (value % 1000 !== 0) report(wholeSeconds({ path }, { text: printDuration(value) }));
  return Math.ceil(value / 1000);
}
