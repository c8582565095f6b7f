import { visible } from '../../layout/visible.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import type { Comparison } from '../../review/comparison.ts';
import { isEmpty } from '../../review/difference.ts';
import { differenceLines } from '../../review/difference-text.ts';
import { compareWithCluster } from '../diff-cluster.ts';
import { compareCommits } from '../diff-commits.ts';
import type { Compared } from '../diff-compared.ts';
import type { DiffRequest } from '../diff-request.ts';
import { compareStates } from '../diff-states.ts';
import type { Paint } from '../paint.ts';
import type { Settings } from '../settings.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

/** Prints how the manifests of Rollouts differ between two states, two commits, or the cluster and out/. */
export async function diff(
  request: DiffRequest,
  settings: Settings,
  compiler: () => Promise<(source: Source) => Compiled>,
): Promise<ExitCode> {
  const compared = await compare(request, settings, compiler);
  if ('wrong' in compared) return tellUsage(compared.wrong, 'diff');
  const { comparisons, diagnostics, closing } = compared;
  print(await printed(request, comparisons, settings.paintData));
  const exit = tellReport({ diagnostics, findings: [], closing, facts: {} }, settings);
  const differs = comparisons.some(({ difference }) => !isEmpty(difference));
  return request.exitCode && differs ? 1 : exit;
}

async function compare(
  { form, scope }: DiffRequest,
  settings: Settings,
  compiler: () => Promise<(source: Source) => Compiled>,
): Promise<Compared> {
  switch (form.kind) {
    case 'states':
      return compareStates(form, scope, settings, await compiler());
    case 'commits':
      return compareCommits(form, scope, settings);
    case 'cluster':
      return compareWithCluster(form, scope, settings);
    default:
      return form satisfies never;
  }
}

async function printed(
  { text, output }: DiffRequest,
  comparisons: readonly Comparison[],
  paint: Paint,
): Promise<string> {
  if (output === 'json') return `${JSON.stringify(comparisons.map(dataOf), null, 2)}\n`;
  if (!text) return comparisons.map(one => inWords(one, paint)).join('\n');
  const { unifiedText } = await import('../../review/unified.ts');
  return comparisons.flatMap(({ texts }) => texts.map(unifiedText)).join('');
}

const dataOf = ({ about, before, after, difference }: Comparison): object => ({
  rollout: about.rollout,
  namespace: about.namespace,
  environment: about.environment,
  from: before,
  to: after,
  differs: !isEmpty(difference),
  ...difference,
});

function inWords({ about, before, after, difference }: Comparison, paint: Paint): string {
  const title = paint('bold', visible(`${about.namespace}/${about.rollout}`));
  const provider = about.provider === undefined ? '' : `${about.provider}, `;
  const rest = visible(`${provider}environment ${about.environment}, ${before} → ${after}`);
  const lines = differenceLines(difference).map(line => `  ${line}`);
  return [`${title}  ${rest}`, ...lines].map(line => `${line}\n`).join('');
}
