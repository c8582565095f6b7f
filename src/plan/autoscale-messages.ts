import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

export const minAboveMax = rule<{ min: number; max: number }>('version/autoscale-bounds', {
  what: p => `The fewest pods (${p.min}) are more than the most (${p.max}).`,
  why: 'Kubernetes refuses such an autoscaler, and the version would stay at one pod.',
  fix: p => `Raise max to ${p.min} or more, or lower min to ${p.max} or less.`,
});
export const autoscaleAndReplicas = rule<undefined>('version/autoscale-and-replicas', {
  what: '`replicas` and `autoscale` stand side by side.',
  why: 'Both say how many pods run: the autoscaler would change the number, and every sync would change it back.',
  fix: 'Remove `replicas` and let `min` say how many pods are always there, or remove `autoscale`.',
});
export const autoscaleWithoutRequest = rule<undefined>('version/autoscale-without-request', {
  what: 'The pods are scaled by the CPU that they use, and request none.',
  why: 'The target is a percentage of the request; without one the autoscaler cannot compute it and never changes anything.',
  fix: 'Write `resources: { requests: { cpu: 100m } }` with what a pod needs, or remove the zero to get the default.',
});
/** `replicas`: how many pods of the stable version reach the split; `to`: the version that comes, absent where none does. */
export const autoscaledInPool = rule<{
  versions: readonly string[];
  provider: string;
  step: string;
  starts: boolean;
  replicas: number;
  to: string | undefined;
}>('replicas/autoscaled-in-pool', {
  what: p => {
    const one = p.versions.length === 1;
    const are = `Version${one ? '' : 's'} ${list(p.versions)} ${one ? 'is' : 'are'} autoscaled`;
    return p.starts
      ? `${are}, and ${one ? 'starts' : 'start'} for ${quote(p.step)} while other versions share the traffic by their numbers of pods.`
      : `${are}, and in ${quote(p.step)} the traffic is shared by the numbers of pods.`;
  },
  why: p =>
    `The provider ${quote(p.provider)} cannot split by weight: the split is the ratio of pods, so each pod that an autoscaler adds or takes would move traffic.`,
  fix: p =>
    [
      'Write one of these:',
      `    replicas: ${p.replicas}  # in place of \`autoscale\``,
      ...(p.to === undefined
        ? []
        : [`    - blueGreen: { to: ${p.to} }  # in place of this entry of steps: everything at once`]),
      '    provider: istio  # under spec; it splits by weight, and needs Istio in the cluster',
    ].join('\n'),
});

/** Every mistake about autoscalers. */
export const autoscaleMessages = [
  minAboveMax,
  autoscaleAndReplicas,
  autoscaleWithoutRequest,
  autoscaledInPool,
] as const;
