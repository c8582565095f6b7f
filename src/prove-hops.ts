import type { Crosser } from './crosser.ts';
import type { Finding } from './diagnostics/finding.ts';
import { objectWords, traceSentence } from './layout/trouble-words.ts';
import type { Counterexample } from './model/breach.ts';
import type { HopProof } from './model/hop-proof.ts';
import { entry } from './model/once.ts';
import { type Hop, type Plan, stateOf } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Risk } from './model/risk.ts';
import { unsafeHop } from './prove/messages.ts';
import { pastStates, statesBefore } from './prove/past.ts';
import { risksOf } from './prove/risks.ts';

/** Proves every hop of a plan: forth, back, and from a state that was never seen whole. In the order of `plan.hops`. */
export function proveHops({ states, hops }: Plan, { cross, lasts }: Crosser): readonly HopProof[] {
  const before = statesBefore({ states });
  const pastOf = lasts ? pastStates({ states }) : () => [];
  return hops.map(({ from, to, kind }) => {
    const past = pastOf(from, to);
    // That a version gets no requests, which a retire obliges, cannot be seen before the state is whole.
    const earlier = kind === 'retire' ? undefined : before.get(from);
    const forth = cross({ from: [from], to, past });
    const { broken: brokenBack } = cross({ from: [to], to: from, past: [...past, to] });
    const unobserved = earlier === undefined ? undefined : cross({ from: [earlier, from], to, past: [earlier] }).broken;
    return {
      atOnce: forth.isAtOnce,
      ...(forth.broken === undefined ? {} : { broken: forth.broken }),
      ...(brokenBack === undefined ? {} : { brokenBack }),
      ...(unobserved === undefined ? {} : { unobserved }),
    };
  });
}

/** What remains a risk of each hop. In the order of `plan.hops`. */
export function hopRisks(
  { states, hops }: Plan,
  { cross, linked, lasts }: Crosser,
  { capabilities }: Provider,
): readonly (readonly Risk[])[] {
  const byName = new Map(states.map(state => [state.name, state]));
  const pastOf = lasts ? pastStates({ states }) : () => [];
  return hops.map(({ from, to }) => {
    const { crossing } = cross({ from: [from], to, past: pastOf(from, to) });
    return risksOf({ from: byName.get(from)!, to: byName.get(to)!, linked, crossing, lasts }, capabilities);
  });
}

/**
 * The hops of a plan, with what the proofs oblige to see: where a hop is safe only from a state that was applied whole, this comes before everything
 * else that must be seen.
 */
export const withSynced = (hops: readonly Hop[], proofs: readonly HopProof[]): readonly Hop[] =>
  proofs.every(({ unobserved }) => unobserved === undefined)
    ? hops
    : hops.map((hop, i) =>
        proofs[i]?.unobserved === undefined || hop.kind === 'abort'
          ? hop
          : { ...hop, obligations: [{ kind: 'synced', state: hop.from }, ...hop.obligations] },
      );

/** Hops on whose way, there or back, requests are lost; what breaks several is told of the first. An abort must never wait, whatever it starts from. */
export function unsafeHops(plan: Plan, proofs: readonly HopProof[]): readonly Finding[] {
  const told = new Map<string, Finding>();
  proofs.forEach((proof, index) => {
    const hop = plan.hops[index]!;
    const counterexample = counterexampleOf(hop, proof);
    if (counterexample === undefined) return;
    const { from, to } = hop;
    const { trouble } = counterexample;
    const shared = trouble.kind === 'cannot-start' ? objectWords(trouble.mount) : undefined;
    const [start, end] = counterexample === proof.brokenBack ? [to, from] : [from, to];
    const at = { path: stateOf(plan, to).origin };
    const finding = unsafeHop(at, { from: start, to: end, trace: traceSentence(counterexample), shared });
    entry(told, shared ?? finding.what, () => finding);
  });
  return [...told.values()];
}

const counterexampleOf = ({ kind }: Hop, { broken, brokenBack, unobserved }: HopProof): Counterexample | undefined =>
  broken ?? brokenBack ?? (kind === 'abort' ? unobserved : undefined);
