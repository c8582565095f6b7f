import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';
import { count } from '../count.ts';
import { ofSeverity, type Reporter, resultsOf } from './report.ts';
import { sayAll, sayBriefly } from './sayings.ts';

/** Annotations of one severity that GitHub keeps of a step; it drops the others in silence. */
const MOST_OF_A_KIND = 10;

/**
 * For a GitHub workflow: errors, then warnings, as annotations at their lines, those beyond GitHub's limit as lines of
 * the log, and the closing lines.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const reportGithub: Reporter = report => {
  const results = resultsOf(report);
  const errors = ofSeverity('error', results);
  const warnings = ofSeverity('warning', results);
  const shown = [...errors.slice(0, MOST_OF_A_KIND), ...warnings.slice(0, MOST_OF_A_KIND)];
  const more = [...errors.slice(MOST_OF_A_KIND), ...warnings.slice(MOST_OF_A_KIND)];
  const last =
    more.length === 0
      ? []
      : [`${count(more.length, 'finding')} above without annotation: GitHub shows ${MOST_OF_A_KIND} of a kind`];
  return [...shown.map(annotation), ...[...more.map(logLine), ...report.closing, ...last].map(plainLine)]
    .map(line => `${line}\n`)
    .join('');
};

function annotation(diagnostic: Diagnostic): string {
  const { severity, code } = diagnostic;
  const properties = Object.entries({ ...placeOf(diagnostic), title: code })
    .map(([name, value]) => `${name}=${escapeProperty(visible(`${value}`))}`)
    .join(',');
  return `::${severity} ${properties}::${escapeData(sayAll(diagnostic))}`;
}

/** GitHub takes columns only where they are on one line. */
function placeOf({ file, line, column, endLine, endColumn }: Diagnostic): { readonly [name: string]: string | number } {
  const lastLine = endColumn === 1 && endLine > line ? endLine - 1 : endLine;
  return lastLine === line && endLine === line
    ? { file, line, col: column, endLine, endColumn }
    : { file, line, endLine: lastLine };
}

/** As https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts escapes. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const logLine = (diagnostic: Diagnostic): string => {
  const { severity, file, line, column, code } = diagnostic;
  return `${severity} ${file}:${line}:${column} ${code}: ${sayBriefly(diagnostic)}`;
};

/** A line that the runner prints and does not obey: it takes `::` at the start for a command, and `##[` anywhere. */
const plainLine = (line: string): string =>
  visible(line)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ');
