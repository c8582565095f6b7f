import type { Observation, Observer } from '../model/observation.ts';
import type { Obligation } from '../model/plan.ts';

/** What one observer says of an obligation; the words are a sentence without its full stop. */
export type Testimony =
  | { readonly kind: 'told'; readonly verdict: 'seen' | 'unseen'; readonly evidence: string }
  /** It is not there, or never sees such a thing: the next one is asked, and this is told only where nobody knows. */
  | { readonly kind: 'absent'; readonly why: string }
  /** It was asked and sees nothing that tells, so the next one is asked. */
  | { readonly kind: 'silent'; readonly why: string }
  /** It is the one to ask and could not be asked: a weaker one must not answer in its place. */
  | { readonly kind: 'failed'; readonly why: string };

/** Who was asked, in that order, and what each said. */
export type Asked = readonly (readonly [by: Observer, said: Testimony])[];

export const told = (isSeen: boolean, evidence: string): Testimony => ({
  kind: 'told',
  verdict: isSeen ? 'seen' : 'unseen',
  evidence,
});

export const absent = (why: string): Testimony => ({ kind: 'absent', why });

export const silent = (why: string): Testimony => ({ kind: 'silent', why });

export const failed = (why: string): Testimony => ({ kind: 'failed', why });

/** What is said of an obligation by the first observer that can tell; why others could not is part of the evidence. */
export function observationOf(obligation: Obligation, asked: Asked): Observation {
  const notes = asked.flatMap(([, said]) => (said.kind === 'silent' ? [said.why] : []));
  for (const [by, said] of asked) {
    if (said.kind === 'told')
      return { obligation, verdict: said.verdict, by, evidence: [said.evidence, ...notes].join('; ') };
    if (said.kind === 'failed') return { obligation, verdict: 'unknown', evidence: [said.why, ...notes].join('; ') };
  }
  const whys = asked.flatMap(([, said]) => ('why' in said ? [said.why] : []));
  return { obligation, verdict: 'unknown', evidence: whys.join('; ') || 'nobody was asked' };
}

/** Whether the next observer is asked after this one. */
export const passesOn = ({ kind }: Testimony): boolean => kind === 'absent' || kind === 'silent';
