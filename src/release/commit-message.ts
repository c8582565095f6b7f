import { DEFAULTS } from '../model/defaults.ts';

/** What a commit says of one Rollout that moved. */
export interface MoveWords {
  /** What was done, before the name of the step; absent: the Rollout went on to it. */
  readonly verb?: 'abort' | 'resume';
  readonly rollout: string;
  readonly namespace: string;
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** Lines of the body. */
  readonly lines: readonly string[];
  /** Refusals that were overridden. */
  readonly allowed: readonly string[];
  /** Why it was done, as typed; absent: nobody said. */
  readonly reason?: string;
}

/**
 * The message of the commit that moves a Rollout. Machines read its trailers, which nothing that a person typed can forge:
 * https://git-scm.com/docs/git-interpret-trailers
 */
export function moveMessage(words: MoveWords): string {
  const { verb, rollout, namespace, environment, from, to, lines, allowed, reason } = words;
  const where = environment === DEFAULTS.environment ? '' : ` in ${environment}`;
  const step = verb === 'abort' ? from : to;
  const subject = `rollout(${rollout}): ${verb === undefined ? '' : `${verb} `}${step}${where}`;
  const why = reason === undefined ? [] : [oneLine(reason)];
  const trailers = [
    `Rollout: ${namespace}/${rollout}`,
    `Rollout-Step: ${to}`,
    `Rollout-From: ${from}`,
    `Rollout-Env: ${environment}`,
    ...allowed.map(word => `Rollout-Allowed: ${word}`),
  ];
  return `${[subject, [...why, ...lines].join('\n'), trailers.join('\n')].filter(part => part !== '').join('\n\n')}\n`;
}

/** A paragraph of trailers begins with `Word:`, so the words of a person begin with something else. */
const oneLine = (text: string): string => `Why: ${text.replace(/[\p{Cc}\s]+/gu, ' ').trim()}`;
