import packageJson from '../../../package.json' with { type: 'json' };
import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts';
import { entry } from '../../model/once.ts';
import { fingerprints } from './fingerprint.ts';
import { type Reporter, resultsOf } from './report.ts';
import { sayAll, visibleLines } from './sayings.ts';

/** For code scanning: one run of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export const reportSarif: Reporter = report => {
  const results = resultsOf(report);
  const byCode = new Map<string, Diagnostic[]>();
  for (const result of results) entry(byCode, result.code, () => []).push(result);
  const codes = [...byCode.keys()].sort();
  const index = new Map(codes.map((code, position) => [code, position]));
  const marks = fingerprints(results);
  const run = {
    tool: {
      driver: {
        name: 'surefoot',
        semanticVersion: packageJson.version,
        rules: codes.map(code => ruleOf(code, byCode.get(code) ?? [])),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: results.map((result, position) => resultOf(result, index.get(result.code) ?? -1, marks[position] ?? '')),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** A mistake by its name; reason and remedy where all of its results give the same, because both may speak of one place. */
function ruleOf(code: string, results: readonly Diagnostic[]) {
  const short = code.replace('/', ': ').replaceAll('-', ' ');
  return {
    id: code,
    shortDescription: messageOf(short),
    fullDescription: messageOf(alike(results.map(result => result.why)) ?? short),
    help: messageOf(alike(results.map(result => result.fix)) ?? 'The message of each result says how to mend it.'),
  };
}

const alike = (texts: readonly string[]): string | undefined => (new Set(texts).size === 1 ? texts[0] : undefined);

const resultOf = (result: Diagnostic, ruleIndex: number, fingerprint: string) => ({
  ruleId: result.code,
  ruleIndex,
  level: result.severity,
  message: messageOf(sayAll(result)),
  locations: [locationOf(result)],
  ...(result.notes.length === 0
    ? {}
    : {
        relatedLocations: result.notes.map((note, id) => ({ id, ...locationOf(note), message: messageOf(note.text) })),
      }),
  partialFingerprints: { 'surefootFinding/v1': fingerprint },
});

/** `[a](b)` in a message is a link (section 3.11.6), so that user's text must not hold any. */
const messageOf = (text: string) => ({ text: visibleLines(text).replaceAll('](', '] (') });

const locationOf = ({ file, line, column, endLine, endColumn }: Place) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file) },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  },
});

/** A path as a relative reference; halves of letters, which no URI can hold, are replaced. */
const uriOf = (file: string): string =>
  // Two slashes at the beginning would name a host.
  file
    .replace(/^\/{2,}/, '/')
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
