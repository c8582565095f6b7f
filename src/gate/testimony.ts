import type { Observation, Observer } from '../model/observation.ts';
import type { Obligation } from '../model/plan.ts';

/** What one observer says of an obligation; the words are a sentence without its full stop. */
export type Testimony =
  | { readonly kind: 'told'; readonly verdict: 'seen' | 'unseen'; readonly evidence: string }
  /** It sees nothing that tells, so the next one is asked. */
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

export const silent = (why: string): Testimony => ({ kind: 'silent', why });

export const failed = (why: string): Testimony => ({ kind: 'failed', why });

/** What is said of an obligation by the first observer that is not silent; why others were silent is part of the evidence. */
export function observationOf(obligation: Obligation, asked: Asked): Observation {
  const end = asked.findIndex(([, { kind }]) => kind !== 'silent');
  const before = asked
    .slice(0, end < 0 ? undefined : end)
    .flatMap(([, said]) => (said.kind === 'silent' ? said.why : []));
  const [by, said] = asked[end] ?? [];
  if (by === undefined || said === undefined || said.kind !== 'told') {
    const last = said?.kind === 'failed' ? [said.why] : [];
    return { obligation, verdict: 'unknown', evidence: [...last, ...before].join('; ') || 'nobody was asked' };
  }
  return { obligation, verdict: said.verdict, by, evidence: [said.evidence, ...before].join('; ') };
}
