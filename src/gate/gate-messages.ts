import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { printDuration } from '../model/duration.ts';
import { showMoment } from '../schedule.ts';
import type { FreezeWindow } from './freeze.ts';
import type { SoakReason, SoakVerdict } from './soak.ts';

/** What is held back, and where. */
interface Held {
  readonly rollout: string;
  readonly environment: string;
}

export const frozen = rule<Held & { window: FreezeWindow }>('promote/frozen', {
  what: ({ environment, window: { end, freeze } }) => {
    const zone = freeze.timeZone ?? DEFAULTS.timeZone;
    const reason = freeze.reason === undefined ? '' : ` (${quote(freeze.reason)})`;
    return `${quote(environment)} is frozen until ${showMoment(end, zone)} ${zone}${reason}.`;
  },
  why: ({ window: { freeze } }) =>
    `surefoot.yaml freezes promotions for ${freeze.duration} from ${quote(freeze.schedule)} on. An abort is never held back.`,
  fix: 'Wait until then, and promote again.',
});

export const notSoaked = rule<Held & { soak: SoakVerdict }>('promote/not-soaked', {
  what: p => `${p.soak.evidence}.`,
  why: p => `surefoot.yaml promotes ${quote(p.environment)} only after ${quote(p.soak.after)} has shown the same step.`,
  fix: mendSoak,
});

export const soakUnknown = rule<Held & { soak: SoakVerdict }>('promote/soak-unknown', {
  what: p => `Nobody can tell whether ${quote(p.soak.after)} has shown this step: ${p.soak.evidence}.`,
  why: p => `surefoot.yaml promotes ${quote(p.environment)} only after it has, and what nobody can tell is no yes.`,
  fix: p => MEND_UNKNOWN[p.soak.reason] ?? 'Mend what git tells.',
});

/** Rounded up, so that the next try is not too early. */
const waitFor = (left: number): string => printDuration(Math.ceil(left / 60_000) * 60_000);

function mendSoak({ rollout, soak: { after, reason, left } }: Held & { soak: SoakVerdict }): string {
  if (left !== undefined) return `Promote again in ${waitFor(left)}.`;
  if (reason === 'aborted') return `Find out why, then type \`surefoot resume ${rollout} --env ${after}\`.`;
  if (reason === 'other-images') return `Give both environments the same image; a tag moves neither.`;
  return `Promote it there first: \`surefoot promote ${rollout} --env ${after}\`.`;
}

const MEND_UNKNOWN: { readonly [reason in SoakReason]?: string } = {
  shallow: 'Get the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in the checkout of a workflow.',
  'no-plan': 'Type `surefoot synth`, and bring what it writes to the target branch.',
  'unknown-images': 'Type `surefoot synth`, and bring what it writes to the target branch.',
};

/** Every way in which surefoot.yaml holds a promotion back. */
export const gateMessages = [frozen, notSoaked, soakUnknown] as const;
