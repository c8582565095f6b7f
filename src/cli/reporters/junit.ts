import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';
import { entry } from '../../model/once.ts';
import { ofSeverity, type Reporter, resultsOf } from './report.ts';
import { sayAll, sayBriefly, visibleLines } from './sayings.ts';

/** For test reports: a test case for each file, a failure for each error, warnings in what the case printed. */
export const reportJunit: Reporter = report => {
  const cases = [...byFile(report.sources ?? [], resultsOf(report))];
  const failed = cases.filter(([, results]) => ofSeverity('error', results).length > 0).length;
  const counts = `tests="${cases.length}" failures="${failed}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="surefoot" ${counts}>`,
    `  <testsuite name="surefoot" ${counts} skipped="0">`,
    ...cases.map(([file, results]) => caseOf(file, results)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

function byFile(sources: readonly string[], results: readonly Diagnostic[]): ReadonlyMap<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>(sources.map(file => [file, []]));
  for (const result of results) entry(found, result.file, () => []).push(result);
  return found;
}

function caseOf(file: string, results: readonly Diagnostic[]): string {
  const parts = [...ofSeverity('error', results).map(failureOf), ...printed(ofSeverity('warning', results))];
  const opening = `    <testcase classname="surefoot" name="${escapeXml(visible(file))}"`;
  return parts.length === 0 ? `${opening}/>` : [`${opening}>`, ...parts, '    </testcase>'].join('\n');
}

const failureOf = (error: Diagnostic): string =>
  `      <failure type="${escapeXml(error.code)}" message="${escapeXml(sayBriefly(error))}">${escapeXml(sayPlaced(error))}</failure>`;

const printed = (warnings: readonly Diagnostic[]): readonly string[] =>
  warnings.length === 0 ? [] : [`      <system-out>${escapeXml(warnings.map(sayPlaced).join('\n\n'))}</system-out>`];

const sayPlaced = (diagnostic: Diagnostic): string => {
  const { file, line, column, severity, code } = diagnostic;
  return `${file}:${line}:${column}: ${severity} ${code}\n${sayAll(diagnostic)}`;
};

/** Text for content and attributes. What XML cannot hold even as a reference is spelled out or, where it is no letter at all, left out. */
const escapeXml = (text: string): string =>
  visibleLines(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`);
