import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';

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
export const autoscaledInPool = rule<{ version: string; step: string; starts: boolean }>(
  'replicas/autoscaled-in-pool',
  {
    what: p =>
      p.starts
        ? `Version ${quote(p.version)} is autoscaled, and starts for ${quote(p.step)} while other versions share the traffic by their numbers of pods.`
        : `Version ${quote(p.version)} is autoscaled, and in ${quote(p.step)} it shares the traffic by its number of pods.`,
    why: 'Without a traffic provider the split is the ratio of pods, so each pod that the autoscaler adds or takes would move traffic.',
    fix: 'Write `replicas` in place of `autoscale`, move everything at once (blueGreen), or use a provider that splits by weight (istio).',
  },
);

/** Every mistake about autoscalers. */
export const autoscaleMessages = [
  minAboveMax,
  autoscaleAndReplicas,
  autoscaleWithoutRequest,
  autoscaledInPool,
] as const;
