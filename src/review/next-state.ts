import type { Finding } from '../diagnostics/finding.ts';
import { nearest, quote } from '../diagnostics/wording.ts';
import type { Plan } from '../model/plan.ts';
import { inAbort, noSuchState, notInAbort, notThere } from './move-messages.ts';

/** Where a Rollout is asked to go. */
export interface Wish {
  readonly verb: 'promote' | 'resume';
  readonly directory: string;
  /** Absent: the next state of the tape, or the step that was aborted. */
  readonly to?: string;
  /** Absent: from wherever it stands. */
  readonly from?: string;
}

/** The state to go to; `end`: there is none behind this one. */
export type Next =
  | { readonly kind: 'state'; readonly name: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'wrong'; readonly finding: Finding; readonly refusal?: 'moved' };

const AT = { path: ['spec', 'step'] };

/** Finds where a Rollout goes next, by its plan. */
export function nextState({ current, states, hops }: Plan, { verb, directory, to, from }: Wish): Next {
  if (from !== undefined && from !== current)
    return { kind: 'wrong', finding: notThere(AT, { directory, expected: from, here: current }), refusal: 'moved' };
  const resumed = hops.find(hop => hop.from === current && hop.kind === 'resume')?.to;
  if (verb === 'resume')
    return resumed === undefined
      ? { kind: 'wrong', finding: notInAbort(AT, { directory, step: current }) }
      : { kind: 'state', name: resumed };
  const tape = states.filter(({ kind }) => kind !== 'abort').map(({ name }) => name);
  if (to !== undefined) {
    const known = states.map(({ name }) => name);
    if (known.includes(to)) return to === current ? { kind: 'end' } : { kind: 'state', name: to };
    const near = nearest(to, known);
    const hint = near === undefined ? '' : ` Did you mean ${quote(near)}?`;
    return { kind: 'wrong', finding: noSuchState(AT, { directory, state: to, known, near: hint }) };
  }
  if (resumed !== undefined) {
    const base = hops.find(hop => hop.from === current && hop.kind === 'retire')?.to ?? tape[0] ?? 'baseline';
    return { kind: 'wrong', finding: inAbort(AT, { directory, step: current, resume: resumed, base }) };
  }
  const next = tape[tape.indexOf(current) + 1];
  return next === undefined ? { kind: 'end' } : { kind: 'state', name: next };
}
