import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

/** How a version stands in the way of an edit. */
export type Role =
  /** Gets requests or copies where the cluster stands, or an abort returns to it. */
  | 'serves'
  /** Runs idle where the cluster stands, and gets requests in the state that is to follow. */
  | 'joins'
  /** Runs idle, and the cluster takes no edit of it. */
  | 'runs';

/** What an edit does to the requests of a version. */
export type Effect =
  | { readonly kind: 'replaces-pods'; readonly next: number }
  /** The cluster refuses it, `why` is a sentence. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'moves-requests' }
  | { readonly kind: 'changes-keeper' };

/** Parts that changed, with both images where the image did. */
export interface Change {
  readonly parts: readonly string[];
  readonly images?: readonly [before: string, after: string];
}

/** The change as half a sentence: `its image changed from "a" to "b"`. */
export function changeOf({ parts, images }: Change): string {
  const rest = images === undefined ? parts : parts.filter(part => part !== 'image');
  const others = rest.length === 0 ? '' : words(rest);
  const [before, after] = images?.map(shortImage) ?? [];
  if (before === undefined || after === undefined) return `its ${others} changed`;
  const image = before === after ? 'its image changed' : `its image changed from ${before} to ${after}`;
  return others === '' ? image : `${image}, and so did its ${others}`;
}

/** The first digits of a digest tell it from another one. */
const shortImage = (image: string): string => quote(image.replace(/(?<=@sha256:\w{12})\w+/, '…'));

const words = (parts: readonly string[]): string => list(parts).replaceAll('"', '');

/** Which version of which Rollout, and where its Rollout stands by what is committed. */
export interface Standing {
  readonly version: string;
  readonly rollout: string;
  readonly step: string;
  readonly role: Role;
}

const named = ({ version, rollout }: Pick<Standing, 'version' | 'rollout'>): string =>
  `${quote(version)} of ${quote(rollout)}`;

const standing = (p: Standing): string => {
  const { role, step } = p;
  switch (role) {
    case 'serves':
      return `Version ${named(p)} serves in the committed step ${quote(step)}`;
    case 'joins':
      return `Version ${named(p)} runs idle in the committed step ${quote(step)}; now it is to get requests`;
    case 'runs':
      return `Version ${named(p)} runs in the committed step ${quote(step)}`;
    default:
      return role satisfies never;
  }
};

const NO_WAY_BACK = 'with no canary before it and nothing to return to';
const newVersion = (version: string): string =>
  `Undo it, leave ${quote(version)} declared, and write it in a version with a new name, with a step that moves traffic to it.`;
const NO_VERSION = 'Undo it: it holds for every version, so that no new one can bring it';

export interface Edited extends Standing {
  readonly change: Change;
  readonly effect: Effect;
  /** Whether something changed that no version can set for itself. */
  readonly shared: boolean;
}

export const changedWhileServing = rule<Edited>('version/changed-while-serving', {
  what: p => `${standing(p)}, and ${changeOf(p.change)}.`,
  why: ({ effect, role }) => {
    switch (effect.kind) {
      case 'replaces-pods':
        return role === 'joins'
          ? 'The next sync would send it requests while its pods are being replaced.'
          : `The next sync would replace its pods under load, ${NO_WAY_BACK}.`;
      case 'refused':
        return effect.why;
      case 'moves-requests':
        return `The next sync would move all its requests at once, ${NO_WAY_BACK}.`;
      case 'changes-keeper':
        return 'The next sync would delete its pods while others that should take their place are still starting.';
      default:
        return effect satisfies never;
    }
  },
  fix: ({ effect, role, version, step, shared }) => {
    switch (effect.kind) {
      case 'replaces-pods': {
        const meant = `If it is meant, write \`replacement: ${effect.next}\` in version ${quote(version)}.`;
        return role === 'joins'
          ? `Edit it while \`step\` is still ${quote(step)}: run surefoot synth, commit, and move \`step\` once its new pods are ready. ${meant}`
          : `${shared ? `${NO_VERSION}.` : newVersion(version)} ${meant}`;
      }
      case 'refused':
        return shared
          ? `${NO_VERSION}; a second Rollout can, with a new name that callers change over to.`
          : newVersion(version);
      case 'moves-requests':
        return newVersion(version);
      case 'changes-keeper':
        return 'Undo it, and write a second Rollout, with a new name that callers change over to.';
      default:
        return effect satisfies never;
    }
  },
});
export const autoscaleWhileServing = rule<Standing & { added: boolean }>('version/autoscale-while-serving', {
  what: p =>
    `${standing(p)}, and its autoscale was ${p.added ? 'added: nothing says any more how many pods its Deployment has' : 'removed'}.`,
  why: p =>
    p.added
      ? 'Kubernetes reads a Deployment that no longer says `replicas` as one with a single pod, which would get all the requests until the autoscaler has looked.'
      : 'The number of pods would jump from what the autoscaler had found necessary to `replicas`, under load.',
  fix: p => newVersion(p.version),
});
/** `asked`: whether it gets requests or copies; `retire`: its retire state, where the committed plan has one; `image`: what to put back. */
export interface RemovedEarly extends Pick<Standing, 'version' | 'rollout' | 'step'> {
  readonly asked: boolean;
  readonly retire?: string;
  readonly image?: string;
}

export const removedWhileServing = rule<RemovedEarly>('version/removed-while-serving', {
  what: p =>
    `Version ${named(p)} ${p.asked ? 'gets requests' : 'gets no requests and is kept for an abort'} in the committed step ${quote(p.step)}, and is no longer declared.`,
  why: p =>
    p.asked
      ? 'The next sync would delete it while requests go to it.'
      : 'The next sync would delete what an abort returns to, before anybody said that nobody looks back.',
  fix: p => `${putBack(p)} ${retire(p)} Then remove it.`,
});

const putBack = ({ version, image }: RemovedEarly): string =>
  image === undefined
    ? `Put ${quote(version)} back as git has it, with the steps that name it.`
    : `Put back \`${version}: { image: ${image} }\`, with whatever else git has of it and the steps that name it.`;

const retire = ({ asked, retire }: RemovedEarly): string => {
  const go = 'run surefoot synth, commit, and let it sync.';
  if (retire === undefined)
    return `Go on, state by state, to one in which it does not run; where there is none, add a step that moves its traffic elsewhere: ${go}`;
  return asked ? `Go on, state by state, to \`step: ${retire}\`; at each, ${go}` : `Write \`step: ${retire}\`, ${go}`;
};

export const replacementLowered = rule<{ version: string; rollout: string; before: number; after: number }>(
  'version/replacement-lowered',
  {
    what: p => `Version ${named(p)} was replaced ${times(p.before)}, and \`replacement\` now says ${p.after}.`,
    why: 'The number only grows: with a lower one, the next edit in place could not be told from one that was allowed before.',
    fix: p =>
      `Write \`replacement: ${p.before}\`; to bring former pods back on purpose, \`replacement: ${p.before + 1}\`. An edit that was never committed is taken back by \`git restore out\`.`,
  },
);
export const replaced = rule<{
  version: string;
  rollout: string;
  change: Change;
  pods: number;
  atATime: number;
  /** What `replacement` says, and the number that is enough. */
  number: number;
  enough: number;
}>('version/replaced', {
  severity: 'warning',
  what: p => `The next sync replaces the pods of version ${named(p)} in place: ${changeOf(p.change)}.`,
  why: p =>
    `${p.pods === 1 ? 'Its pod is' : `Its ${p.pods} pods are`} replaced under load, ${p.atATime} at a time, each once another one is ready, ${NO_WAY_BACK}.`,
  fix: p =>
    `${p.number > p.enough ? `\`replacement: ${p.enough}\` is enough. ` : ''}To take it back, undo the edit and \`replacement\`, and run \`git restore out\` if surefoot synth has written it.`,
});
export const unknownDefaults = rule<{ version: string; number: number; newest: number }>('version/unknown-defaults', {
  what: p =>
    `Version ${quote(p.version)} began with the set ${p.number} of defaults, and this surefoot knows sets up to ${p.newest}.`,
  why: 'A newer surefoot wrote out/; with other defaults the pods of this version would be replaced.',
  fix: 'Upgrade surefoot to the version that wrote out/, or to a newer one.',
});

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

export const replicasDropped = rule<Standing>('version/replicas-dropped', {
  what: p => `${standing(p)}, and neither its template nor the Rollout says any more how many pods it has.`,
  why: 'Kubernetes takes that for one pod, so the next sync would scale it down to one under load.',
  fix: 'Put `spec.replicas` back into the Deployment of the template, or write `replicas` for the version.',
});

/** Every mistake that shows only beside what is committed. */
export const frozenMessages = [
  changedWhileServing,
  autoscaleWhileServing,
  removedWhileServing,
  replacementLowered,
  replaced,
  unknownDefaults,
  replicasDropped,
] as const;
