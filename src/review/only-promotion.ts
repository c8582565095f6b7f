import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { moreThanSteps } from '../promotion.ts';
import { notOnlyPromotion } from './check-messages.ts';

/** Everything that a proposal changes in its repository. */
export interface ProposedPaths {
  readonly changed: readonly {
    readonly path: string;
    readonly change: 'added' | 'deleted' | 'modified' | 'other';
  }[];
  /** The folder of Rollouts, and the output folder, relative to the root. */
  readonly rollouts: string;
  readonly out: string;
  /** Names of the environments of surefoot.yaml; absent: it names none. */
  readonly environments?: readonly string[];
  /** Text of a path on one side; undefined: it cannot be read. */
  readonly textOf: (path: string, side: 'before' | 'after') => string | undefined;
  /** Paths of the output folder that are not what the Rollouts compile to, and what to do about each. */
  readonly drift: readonly Drifted[];
}

interface Drifted {
  readonly path: string;
  readonly fix: string;
}

interface Offence {
  readonly path: string;
  readonly why: string;
  readonly fix?: string;
}

/** Every path that is more than a promotion: nothing but steps, and what follows from them, may change. */
export function onlyPromotion(proposed: ProposedPaths): readonly Diagnostic[] {
  const offending: readonly Offence[] = [
    ...proposed.drift.map(one => ({ ...one, why: 'it is not what the Rollouts compile to' })),
    ...proposed.changed.flatMap(({ path, change }): readonly Offence[] => {
      const why = reasonOf(path, change, proposed);
      return why === undefined ? [] : [{ path, why }];
    }),
  ];
  const once = new Map([...offending].reverse().map(one => [one.path, one]));
  return oneByRollout([...once.values()], proposed)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(one => wholeFile(notOnlyPromotion({ path: [] }, one), one.path));
}

/** A Rollout that comes or goes is told once: at its own file where that differs, else at its plan. */
function oneByRollout(offending: readonly Offence[], { out, rollouts, changed, drift, textOf }: ProposedPaths) {
  const directoryOf = (path: string): string | undefined =>
    path.startsWith(`${out}/`)
      ? /^(?:live|plan)\/([^/]+\/[^/]+\/[^/]+)\//.exec(path.slice(out.length + 1))?.[1]
      : undefined;
  const moved = changed.filter(({ change }) => change === 'added' || change === 'deleted');
  const plans = [...moved, ...drift].filter(({ path }) => path.endsWith('/plan.json'));
  const whole = new Set(plans.flatMap(({ path }) => directoryOf(path) ?? []));
  const isSaid = offending.some(({ path }) => path.startsWith(`${rollouts}/`));
  return offending.filter(({ path }) => {
    const directory = directoryOf(path);
    if (directory === undefined || !whole.has(directory)) return true;
    const plan = `${out}/plan/${directory}/plan.json`;
    const comesOrGoes = moved.some(one => one.path === plan) || textOf(plan, 'after') === undefined;
    return path === plan && !(isSaid && comesOrGoes);
  });
}

type ChangeKind = ProposedPaths['changed'][number]['change'];

function reasonOf(path: string, change: ChangeKind, proposed: ProposedPaths): string | undefined {
  const { out, rollouts } = proposed;
  if (path.startsWith(`${out}/live/`)) return undefined;
  if (path.startsWith(`${out}/plan/`)) return planReason(path, change, proposed);
  const isRollout = path.startsWith(`${rollouts}/`) && /\.ya?ml$/i.test(path) && !path.includes('/templates/');
  if (!isRollout) return 'it is neither a Rollout nor made from one';
  if (change !== 'modified') return CHANGES[change];
  const [before, after] = textsOf(path, proposed);
  return before === undefined || after === undefined
    ? 'it cannot be read'
    : moreThanSteps(before, after, proposed.environments);
}

const CHANGES = {
  added: 'it is new',
  deleted: 'it is deleted',
  other: 'it is no longer the kind of file that it was',
} as const;

const textsOf = (path: string, { textOf }: ProposedPaths) => [textOf(path, 'before'), textOf(path, 'after')] as const;

/** A promotion chooses among states: it changes none of them, nor what versions are made of. */
function planReason(path: string, change: ChangeKind, proposed: ProposedPaths): string | undefined {
  if (change !== 'modified') return CHANGES[change];
  if (path.endsWith('/plan.md')) return undefined;
  if (!path.endsWith('/plan.json')) return 'a state of the plan differs, and not only which of them is live';
  const [before, after] = textsOf(path, proposed).map(versionsIn);
  return before !== undefined && before === after ? undefined : 'what it remembers of versions differs';
}

/** As text, whose order surefoot keeps; undefined where it cannot be read, or is nested too deeply to be ours. */
function versionsIn(text: string | undefined): string | undefined {
  try {
    return JSON.stringify((JSON.parse(text ?? '') as { readonly versions?: unknown }).versions);
  } catch {
    return undefined;
  }
}
