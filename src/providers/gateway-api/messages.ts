import { rule } from '../../diagnostics/rule.ts';
import { list, quote } from '../../diagnostics/wording.ts';
import { routeMessages } from '../route-messages.ts';

/** What any provider with these routes refuses. */
export const shared = routeMessages('gateway-api');

export const meshAndGateways = rule<{ gateways: readonly string[] }>('gateway-api/mesh-and-gateways', {
  what: p => `The route is for callers inside the mesh and for ${list(p.gateways)}.`,
  why: 'Hosts hold for requests that come through a Gateway and mean nothing to callers inside the mesh, so one route would not be the same rule for both.',
  fix: 'Leave out `mesh`, and callers of the Service reach one version past the rules; or leave out the gateways.',
});
export const meshHosts = rule<{ hosts: readonly string[] }>('gateway-api/mesh-hosts', {
  what: p =>
    `Callers inside the mesh know the service by its own name, and the route has the ${p.hosts.length === 1 ? 'host' : 'hosts'} ${list(p.hosts)}.`,
  why: 'Where the Service is the parent of a route its hosts are ignored, so nobody would reach it under these names.',
  fix: 'Remove `hosts`, or name the Gateways that these requests come through: `gateways: [gateways/public]`.',
});
export const everyHost = rule<{ host: string }>('gateway-api/every-host', {
  what: p => `The host ${quote(p.host)} is no host name.`,
  why: 'The Gateway API refuses it; a route without hosts takes every host of its Gateways already.',
  fix: 'Leave out `hosts`, or name them: `hosts: [shop.example.com]`.',
});
export const retriesChannel = rule<undefined>('gateway-api/retries-channel', {
  what: 'The route asks for retries, and the standard channel of the Gateway API has no field for them.',
  why: 'A cluster with the CRDs of the standard channel drops the field without a word, and nothing would be tried again.',
  fix: 'Remove `retries`; or, where the CRDs have `retry`, write `cluster: { gateway-api: { channel: experimental } }` in surefoot.yaml.',
});
export const lacking = rule<{ what: string; feature: string }>('gateway-api/lacking', {
  what: p => `The Rollout asks for ${p.what}, and the implementation lacks ${p.feature}.`,
  why: 'What an implementation does not support it ignores, or it refuses the whole route.',
  fix: p => `Remove it, or take ${p.feature} out of cluster.gateway-api.lacks if it is supported by now.`,
});

/** Every mistake that only the Gateway API knows. */
export const gatewayApiMessages = [
  ...Object.values(shared),
  meshAndGateways,
  meshHosts,
  everyHost,
  retriesChannel,
  lacking,
] as const;
