import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';
import { fingerprints } from './fingerprint.ts';
import { type Reporter, resultsOf } from './report.ts';
import { sayBriefly } from './sayings.ts';

/** For the Code Quality report of GitLab (https://docs.gitlab.com/ci/testing/code_quality/): a list, empty where all is well. */
export const reportGitlab: Reporter = report => {
  const results = resultsOf(report);
  const marks = fingerprints(results);
  return `${JSON.stringify(
    results.map((result, index) => issueOf(result, marks[index] ?? '')),
    null,
    2,
  )}\n`;
};

const issueOf = (result: Diagnostic, fingerprint: string) => ({
  description: sayBriefly(result),
  check_name: result.code,
  fingerprint,
  severity: result.severity === 'error' ? 'critical' : 'minor',
  location: { path: visible(result.file), lines: { begin: result.line } },
});
