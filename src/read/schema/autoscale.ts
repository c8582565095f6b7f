import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { AutoscaleSpec } from '../../model/rollout.ts';
import { type FieldsOf, integer, record } from './shapes.ts';

const fields = {
  min: integer(1, 10_000, {
    description:
      'The fewest pods. Capacity counts on these: with them a version starts, and with them the stable version stands when an abort sends everybody back to it.',
    examples: [3],
  }),
  max: integer(1, 10_000, { description: 'The most pods, not below min.', examples: [10] }),
  cpu: integer(1, 1000, {
    description: `Percent of the CPU that the pods request at which their number stays as it is, on average over the pods; absent: ${DEFAULTS.autoscale.cpu}. Above 100 only where a pod may use more than it requests.`,
    default: DEFAULTS.autoscale.cpu,
  }),
} satisfies FieldsOf<AutoscaleSpec>;

/** Definition `autoscale`. */
export const autoscale: JsonSchema = record(fields, {
  description:
    'Each version gets a HorizontalPodAutoscaler of its own, and its Deployment names no number of pods, so that Git and the autoscaler never fight over it. Stands in place of `replicas`. Under `surge: gradual` too a version comes up with `min` pods, and no scale-… state is added for it. The cluster needs a metrics server.',
  required: ['min', 'max'],
  examples: [{ min: 3, max: 10, cpu: 70 }],
});
