import { type Rule, rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';

/** One file of the output folder that differs, and the command that mends it. */
export interface Differing {
  readonly file: string;
  readonly mend: string;
}

const synthFix = (p: Differing): string => `Run \`${p.mend}\` and commit what it changes.`;

export const driftStale: Rule<Differing> = rule<Differing>('out/stale', {
  what: p => `${quote(p.file)} is not what its Rollout compiles to.`,
  why: 'What is in git is what runs: reviewers and the cluster see manifests that no Rollout says.',
  fix: synthFix,
});
export const driftMissing: Rule<Differing> = rule<Differing>('out/missing', {
  what: p => `${quote(p.file)} is missing, though its Rollout compiles to it.`,
  why: 'What is not in git is not synced, or is not there when a promotion or an abort needs it.',
  fix: synthFix,
});
export const driftObsolete: Rule<Differing> = rule<Differing>('out/obsolete', {
  what: p => `${quote(p.file)} is left from what its Rollout said before.`,
  why: 'The cluster keeps what git holds, so an object that nobody wants any more goes on running.',
  fix: synthFix,
});
export const driftUnfinished: Rule<Differing> = rule<Differing>('out/unfinished', {
  what: p => `${quote(p.file)} is left from a run that was interrupted.`,
  why: 'It is half of a write: nothing reads it, and it does not belong in git.',
  fix: synthFix,
});
export const driftExtra: Rule<Differing> = rule<Differing>('out/extra', {
  what: p => `${quote(p.file)} was not written by Surefoot.`,
  why: 'What lies in this folder may be synced to the cluster, and no Rollout says that it should be.',
  fix: p => `Move it elsewhere, or run \`${p.mend}\`; surefoot deletes only what it wrote.`,
});

/** Every way in which a file of the output folder can differ from what the Rollouts say. */
export const driftMessages = [driftStale, driftMissing, driftObsolete, driftUnfinished, driftExtra] as const;
