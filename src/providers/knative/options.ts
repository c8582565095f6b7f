import type { JsonSchema } from '../../model/provider.ts';

/** Settings under `spec.knative`. */
export const options: JsonSchema = {
  type: 'object',
  title: 'Knative settings',
  description: 'Settings that only Knative knows.',
  additionalProperties: false,
  properties: {
    form: {
      type: 'string',
      enum: ['service', 'configurations'],
      default: 'service',
      description:
        'What is emitted. `service`: one Knative Service whose template is the newest version; older revisions are kept by the cluster. `configurations`: a Configuration per version and one Route, so that every state can be applied to an empty cluster.',
    },
    visibility: {
      type: 'string',
      enum: ['public', 'cluster-local'],
      default: 'public',
      description: 'Who may call the service: everybody that reaches the ingress, or callers inside the cluster only.',
    },
    maxScale: {
      type: 'integer',
      minimum: 1,
      maximum: 10000,
      description:
        'Most pods per revision. Absent: no limit. The least is `replicas`, where the Rollout sets it; else a revision scales to zero.',
    },
    concurrency: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      description: 'Requests that one pod works on at a time; more wait or start another pod. Absent: no limit.',
    },
  },
};
