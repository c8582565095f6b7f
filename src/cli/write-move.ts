import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NewCommit } from '../host/git-write.ts';
import { lookAt } from '../host/look.ts';
import { openOut } from '../host/out-folder.ts';
import { replaceText } from '../host/replace-text.ts';
import { synthFiles } from '../host/synth-files.ts';
import { obligationWords, splitWords } from '../layout/words.ts';
import type { Observation } from '../model/observation.ts';
import { stateOf } from '../model/plan.ts';
import { moveMessage } from '../release/commit-message.ts';
import type { Move, MovePlace } from './move.ts';

/** Writes an edited Rollout to disk: its text, then what it is compiled to. Where the latter fails the Rollout is as before. */
export async function writeMove(
  { before, after }: Pick<Move, 'before' | 'after'>,
  { settings }: Pick<MovePlace, 'settings'>,
): Promise<readonly Diagnostic[]> {
  const { root, outName } = settings;
  const look = lookAt(root, after.file);
  if (look.kind === 'wrong') throw new Error(look.message);
  replaceText(root, after.file, after.text);
  let isWritten = false;
  try {
    const out = openOut(root, outName);
    const request = { root, out, looks: [look], whole: false, prune: false, write: true, index: () => undefined };
    const { diagnostics, outcomes } = await synthFiles(request);
    isWritten = outcomes.every(({ outcome }) => outcome !== 'untouched');
    return isWritten ? [] : diagnostics.filter(({ severity }) => severity === 'error');
  } finally {
    if (!isWritten) replaceText(root, before.file, before.text);
  }
}

/** The commit of a move: its message, and every path that it may have changed. */
export function commitOf(move: Move, { name }: MovePlace, verb: 'promote' | 'resume', reason?: string): NewCommit {
  const { directory, facts } = move.standing;
  const { rollout, namespace, environment } = facts;
  const message = moveMessage({
    ...(verb === 'resume' ? { verb } : {}),
    ...{ rollout, namespace, environment, from: move.from, to: move.to, allowed: move.allowed, lines: linesOf(move) },
    ...(reason === undefined ? {} : { reason }),
  });
  return { message, paths: pathsOf(move.after.file, name, directory) };
}

/** Every path that belongs to a Rollout in an environment, relative to the root of the repository. */
export const pathsOf = (source: string, outName: string, directory: string): readonly string[] => [
  source,
  `${outName}/live/${directory}`,
  `${outName}/plan/${directory}`,
];

/** The history sees that time has passed, and nothing of the cluster. */
const witnessed = ({ by, obligation }: Observation): string =>
  by === 'history' && obligation.kind !== 'paused' ? 'Assumed' : 'Seen';

function linesOf({ result: { plan }, from, to, verdict, observations }: Move): readonly string[] {
  const [old, now] = [from, to].map(name => splitWords(stateOf(plan, name).rules.at(-1)!.split));
  const kind = plan.hops.find(hop => hop.from === from && hop.to === to)?.kind;
  const seen = observations.filter(one => one.verdict === 'seen');
  return [
    `${from} -> ${to}${kind === undefined ? '' : ` (${kind})`}`,
    old === now ? `Traffic: ${old}, as before` : `Traffic: ${old} -> ${now}`,
    ...(verdict.findings.length > 0 ? [] : [`Proved: no request is lost, in any order of ${verdict.operations}`]),
    ...seen.map(one => `${witnessed(one)}: ${obligationWords(one.obligation)} (${one.by}: ${one.evidence})`),
  ];
}
