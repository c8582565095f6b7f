import type { JsonSchema } from '../../model/provider.ts';
import type { CapacitySpec } from '../../model/rollout.ts';
import { type FieldsOf, number, record } from './shapes.ts';

/** Bounds that no service reaches: they only keep slips of the keyboard out. */
const [FEWEST, MOST] = [0.001, 1_000_000_000];

const fields = {
  rpsPerPod: number(FEWEST, MOST, {
    description:
      'Requests per second that one pod carries, as measured; absent: unknown. Beside peakRps it takes the place of `replicas` as what carries 100 % of the traffic.',
    examples: [50],
  }),
  peakRps: number(FEWEST, MOST, {
    description:
      'Requests per second that the whole service gets at its peak, all versions together; absent: unknown. Requests of named rules are among them.',
    examples: [700],
  }),
} satisfies FieldsOf<CapacitySpec>;

/** Definition `capacity`. */
export const capacity: JsonSchema = record(fields, {
  description:
    'What the load is held against in every state: the pods of each version must carry its share of the peak. Judged where both numbers are known, whichever layers they come from. It writes nothing into the cluster and may change while a version serves. With Knative the limit is its maxScale.',
  examples: [{ rpsPerPod: 50, peakRps: 700 }],
});
