import { versionName } from '../../model/labels.ts';
import type { Plan } from '../../model/plan.ts';

/** Routes: https://docs.solo.io/gloo-edge/latest/reference/api/github.com/solo-io/gloo/projects/gateway/api/v1/virtual_service.proto.sk/ */
export const GATEWAY_API = 'gateway.solo.io/v1';

/** Where routes lead: https://docs.solo.io/gloo-edge/latest/reference/api/github.com/solo-io/gloo/projects/gloo/api/v1/upstream.proto.sk/ */
export const GLOO_API = 'gloo.solo.io/v1';

/** How routes refer to an object. */
export interface Reference {
  readonly name: string;
  readonly namespace: string;
}

/** The Upstream of one version. */
export const upstreamOf = (plan: Plan, version: string): Reference & { readonly [key: string]: string } => ({
  name: versionName(plan, version),
  namespace: plan.namespace,
});

/** The UpstreamGroup that holds the split of the rules of one name. */
export const groupOf = (plan: Plan, rule: string): Reference & { readonly [key: string]: string } => ({
  name: `${plan.rollout}-${rule}`,
  namespace: plan.namespace,
});

/** Whether each rule sends its requests to an UpstreamGroup of its own. */
export const usesGroups = (plan: Plan): boolean => plan.options['split'] === 'upstream-group';

/** Whether the routes are a table that a VirtualService of somebody else's delegates to. */
export const isTable = (plan: Plan): boolean => plan.options['routes'] === 'route-table';

/** A duration as protobuf writes it: seconds, with decimals where they are not whole. */
export const glooDuration = (milliseconds: number): string => `${milliseconds / 1000}s`;
