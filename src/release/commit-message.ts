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

/** What a commit says of the tape of one Rollout. */
export interface TapeWords {
  readonly rollout: string;
  /** Namespaces that it goes to. */
  readonly namespaces: readonly string[];
}

/** The message of the commit that puts a release on the tape. */
export function releaseMessage(
  { rollout, namespaces }: TapeWords,
  { version, from, states }: { readonly version: string; readonly from: string; readonly states: readonly string[] },
): string {
  const lines = [`${from} -> ${version}: ${states.join(', ')}`, SAME];
  const trailers = [...rolloutTrailers({ rollout, namespaces }), `Rollout-Version: ${version}`];
  return paragraphs([`release(${rollout}): ${version}`, lines.join('\n'), trailers.join('\n')]);
}

/** The message of the commit that takes from the tape what every environment has passed. */
export function tidyMessage(
  words: TapeWords,
  gone: { readonly steps: readonly string[]; readonly versions: readonly string[]; readonly rules: readonly string[] },
): string {
  const { steps, versions, rules } = gone;
  const what = versions.length > 0 ? versions : steps.length > 2 ? [`${steps.length} steps`] : steps;
  const lines = [
    `Passed by every environment: ${steps.join(', ')}`,
    ...(rules.length === 0 ? [] : [`Rules that no step uses any more: ${rules.join(', ')}`]),
    SAME,
  ];
  return paragraphs([
    `tidy(${words.rollout}): drop ${what.join(', ')}`,
    lines.join('\n'),
    rolloutTrailers(words).join('\n'),
  ]);
}

const SAME = 'What runs stays the same: no live manifest differs.';

const rolloutTrailers = ({ rollout, namespaces }: TapeWords): readonly string[] =>
  namespaces.map(namespace => `Rollout: ${namespace}/${rollout}`);

const paragraphs = (parts: readonly string[]): string => `${parts.join('\n\n')}\n`;
