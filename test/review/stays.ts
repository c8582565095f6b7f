import { compile } from '../../src/compile.ts';
import type { Stay } from '../../src/review/fleet-status.ts';
import type { StoodSince } from '../../src/review/standing.ts';
import { readTape } from '../../src/review/tape.ts';
import { type Spec, specOf } from '../cli/surefoot.ts';

export const NOW = Date.UTC(2026, 2, 1, 12);
const MINUTE = 60_000;

/** On the target branch since so many minutes. */
export const minutesAgo = (minutes: number): StoodSince => ({
  ...{ kind: 'since', target: 'origin/main', commit: 'c0ffee'.padEnd(40, '0') },
  time: NOW - minutes * MINUTE,
});

/** The text of the plan.json of a Rollout, and its directory. */
export function planOf(text: string): { readonly directory: string; readonly plan: string } {
  const [result] = compile({ file: 'rollouts/some.yaml', text }).results!;
  const { directory, files } = result!;
  return { directory, plan: files.find(({ path }) => path.endsWith('/plan.json'))!.text };
}

/** A compiled Rollout that stands since some time; `environment` is where it is told to stand. */
export function stayOf(spec: Spec | string, since: StoodSince, environment = 'prod'): Stay {
  const { directory, plan } = planOf(typeof spec === 'string' ? spec : specOf(spec));
  const [, namespace = '', rollout = ''] = directory.split('/');
  return {
    directory: `${environment}/${namespace}/${rollout}`,
    ...{ environment, namespace, rollout, source: `rollouts/${rollout}.yaml` },
    tape: readTape(directory, plan),
    since,
  };
}
