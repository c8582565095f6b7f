import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { count } from './count.ts';
import type { Report } from './reporters/report.ts';
import { REPORTERS } from './reporters/reporters.ts';
import { seenFromCheckout } from './seen-from-checkout.ts';
import type { Settings } from './settings.ts';
import { type ExitCode, print, tell } from './terminal.ts';

/** Reports on stderr what a command found beside its work; the exit code says whether there is an error. */
export function tellReport(report: Report, settings: Settings): ExitCode {
  const { format, paintWords } = settings;
  const asked = forListener(report, settings);
  tell(REPORTERS[format](format === 'text' ? withoutRepeats(asked) : asked, paintWords));
  return exitCodeOf(report);
}

/** Reports as the very work of the command, whole: on stdout where a machine reads, on stderr for people. */
export function printReport(report: Report, settings: Settings): ExitCode {
  const asked = forListener(report, settings);
  if (settings.format === 'text') tell(REPORTERS.text(asked, settings.paintWords));
  else print(REPORTERS[settings.format](asked, settings.paintData));
  return exitCodeOf(report);
}

const exitCodeOf = ({ diagnostics }: Report): ExitCode => (diagnostics.some(isError) ? 1 : 0);

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function forListener(report: Report, settings: Settings): Report {
  const { format, quiet } = settings;
  const asked = quiet ? { ...report, diagnostics: report.diagnostics.filter(isError), closing: [] } : report;
  return format === 'text' || format === 'json' ? asked : seenFromCheckout(asked, settings);
}

/** The same warning at every image of a fleet would bury what the command did: the first of each kind is enough. */
function withoutRepeats(report: Report): Report {
  const seen = new Set<string>();
  const diagnostics = report.diagnostics.filter(diagnostic => {
    const isFirst = !seen.has(diagnostic.code);
    seen.add(diagnostic.code);
    return isFirst || isError(diagnostic);
  });
  const more = report.diagnostics.length - diagnostics.length;
  if (more === 0) return report;
  const hint = `${count(more, 'more warning')} of the same kind; surefoot validate tells all`;
  return { ...report, diagnostics, closing: [hint, ...report.closing] };
}
