import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import { printShare } from '../traffic/share.ts';

/** More pods than any version may have. */
const MOST_PODS = 10_000;

/** How a version gets more pods; `under` is where it is typed. */
export type MorePods =
  | { readonly kind: 'pool'; readonly pods: number; readonly under: string }
  | { readonly kind: 'replicas'; readonly pods: number; readonly under: string }
  | {
      readonly kind: 'autoscale';
      readonly pods: number;
      readonly max: number;
      readonly cpu: number;
      readonly under: string;
    }
  | { readonly kind: 'minReplicas'; readonly pods: number; readonly under: string };

/** A state in which a version has too few pods. Shares are in basis points; `also` are the other states. */
export interface TooFew {
  readonly version: string;
  readonly state: string;
  readonly also: readonly string[];
  readonly share: number;
  readonly pods: number;
  readonly needed: number;
  readonly more: MorePods;
}

/** `most`: the largest share that the pods carry; absent where a smaller one is no way out. */
export const capacityShort = rule<
  TooFew & { copies: number; rpsPerPod: number; peakRps: number; most: number | undefined }
>('capacity/short', {
  what: p =>
    `In ${quote(p.state)} version ${quote(p.version)} gets ${workOf(p)} of ${p.peakRps} requests per second, for which it needs ${countOf(p.needed)} of ${p.rpsPerPod} each; it has ${p.pods}.${alsoIn(p.also)}`,
  why: 'At the peak each of its pods would get more requests than it carries, and answer late or not at all.',
  fix: p =>
    p.more.pods > MOST_PODS
      ? `No version may have more than ${MOST_PODS} pods: correct \`rpsPerPod\` or \`peakRps\`.`
      : `Write ${typed(p.more)}${p.most === undefined ? '.' : `, or let no step give it more than ${printShare(p.most)} %.`}`,
});
/** `home`: the stable version, whose `strength` is the pods that it needs for everything; `byRps`: whether both say what a pod carries. */
export const weakerVersion = rule<TooFew & { home: string; strength: number; byRps: boolean }>(
  'capacity/weaker-version',
  {
    severity: 'warning',
    what: p =>
      `In ${quote(p.state)} version ${quote(p.version)} gets ${partOf(p.share)} of the traffic with ${countOf(p.pods)}; to carry as much of it as ${quote(p.home)} does, it needs ${p.needed}.${alsoIn(p.also)}`,
    why: p =>
      `${quote(p.home)} takes ${countOf(p.strength)} for all requests${p.byRps ? ', and rpsPerPod says what a pod of each carries' : ''}. With fewer, the pods of ${quote(p.version)} get more requests than those that carry them today.`,
    fix: p =>
      `Write ${typed(p.more)}${p.byRps ? '.' : `; or, if its pods carry more, say how many requests per second one of them carries, such as \`capacity: { rpsPerPod: 50 }\` under spec.versions.${p.version}.`}`,
  },
);

function typed(more: MorePods): string {
  switch (more.kind) {
    case 'replicas':
      return `\`replicas: ${more.pods}\` under ${more.under}`;
    case 'pool':
      return `\`replicas: ${more.pods}\` under ${more.under}, by which the pods of the others are counted`;
    case 'autoscale':
      return `\`autoscale: { min: ${more.pods}, max: ${more.max}, cpu: ${more.cpu} }\` under ${more.under}`;
    case 'minReplicas':
      return `\`minReplicas: ${more.pods}\` in ${more.under}`;
    default:
      return more satisfies never;
  }
}

const partOf = (share: number): string => (share === 10_000 ? 'all' : `${printShare(share)} %`);

const workOf = ({ share, copies }: { share: number; copies: number }): string =>
  copies === 0
    ? partOf(share)
    : share === 0
      ? `copies of ${partOf(copies)}`
      : `${partOf(share)} and copies of ${partOf(copies)}`;

const countOf = (pods: number): string => `${Math.ceil(pods)} ${pods <= 1 ? 'pod' : 'pods'}`;

const NAMED = 3;

const alsoIn = (states: readonly string[]): string => {
  if (states.length === 0) return '';
  if (states.length <= NAMED) return ` It has too few in ${list(states)}, too.`;
  return ` It has too few in ${states.length} other states, too, ${quote(states[0]!)} the first of them.`;
};

/** Every mistake about pods that carry less than they get. */
export const capacityMessages = [capacityShort, weakerVersion] as const;
