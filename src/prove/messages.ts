import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

const OURS =
  'Nothing was written for this Rollout. This is a fault of surefoot: report it with the Rollout that shows it.';

export const notTranslated = rule<{
  state: string;
  path: string;
  wanted: string;
  found: string;
}>('prove/translation', {
  what: p =>
    `In state "${p.state}" the emitted objects do not say what the plan says: ${p.path} should be ${p.wanted} and reads ${p.found}.`,
  why: 'Every state is read back from its YAML before it is written, so that no manifest sends requests where the plan does not.',
  fix: OURS,
});
export const refusedBySchema = rule<{ object: string; reason: string }>('prove/schema', {
  what: p => `The cluster would refuse ${p.object}: ${p.reason}.`,
  why: 'Every object is held against the closed schema of its kind before it is written; one refused object stops the whole sync.',
  fix: 'Change the value that the message names. Where no value of yours is named, this is a fault of surefoot: report it.',
});
export const repeatedObject = rule<{ state: string; identity: string }>('prove/repeated-object', {
  what: p => `State "${p.state}" holds two objects ${p.identity}.`,
  why: 'The second would overwrite the first in the cluster.',
  fix: 'Rename the version or the Rollout whose derived name collides.',
});
export const mixedHop = rule<{ from: string; to: string; kind: string }>('prove/mixed-hop', {
  what: p => `The hop from "${p.from}" to "${p.to}" does more than a ${p.kind}.`,
  why: 'A hop that moves traffic and changes pods at once is not safe in every order of application.',
  fix: OURS,
});

export const otherOrder = rule<{ provider: string; earlier: string; later: string; others: readonly string[] }>(
  'rules/other-order',
  {
    what: p =>
      `The rule ${quote(p.earlier)} stands before ${quote(p.later)}, and ${quote(p.provider)} would try ${quote(p.later)} first.`,
    why: 'It goes by how particular a match is, not by the order of the list, so requests that both rules match would meet the wrong one; what they share cannot be said in one match, because of a regular expression, several cookies or too many matches.',
    fix: p =>
      `Let ${quote(p.earlier)} and ${quote(p.later)} match different requests, or put ${quote(p.later)} first.${p.others.length === 0 ? '' : ` ${list(p.others)} ${p.others.length === 1 ? 'tries' : 'try'} rules in the order written: change spec.provider.`}`,
  },
);

export const unsafeHop = rule<{ from: string; to: string; trace: string; shared: string | undefined }>('hop/unsafe', {
  what: p => `The hop from "${p.from}" to "${p.to}" loses requests in some order: ${p.trace}`,
  why: 'An agent may apply, and delete, the objects of a hop in any order, and stop in between; requests must not notice.',
  fix: p =>
    p.shared === undefined
      ? OURS
      : `Keep ${p.shared} for as long as pods of another version name it: take it out of the template and let somebody else keep it, or give each version its own by the annotation surefoot.dev/scope: version.`,
});

/** Every mistake that proofs can find. */
export const proveMessages = [notTranslated, refusedBySchema, repeatedObject, mixedHop, otherOrder, unsafeHop] as const;
