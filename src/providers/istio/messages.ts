import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const subsetsOfServices = rule<{ version: string }>('istio/subsets-of-services', {
  what: p => `Version ${quote(p.version)} names an existing Service, and spec.istio.versions asks for subsets.`,
  why: 'Subsets tell apart the pods of one Service; another Service cannot be a subset of it.',
  fix: 'Remove spec.istio.versions, or set it to `services`.',
});
export const gatewayPorts = rule<undefined>('istio/gateway-needs-one-port', {
  what: () => 'The route is attached to gateways and the service has several ports.',
  why: 'A gateway listens on ports of its own, so nothing would say which port of the service its requests are meant for.',
  fix: 'Keep the HTTP port only, and give the others a Rollout or a Service of their own.',
});

export const everyHost = rule<{ host: string }>('istio/every-host', {
  what: p => `The host ${quote(p.host)} stands for every host there is.`,
  why: 'Inside the mesh the route would take the requests of every other service; Istio refuses it there.',
  fix: 'Name the hosts: `hosts: [shop.example.com]`.',
});
export const hostOverlap = rule<{ wide: string; host: string }>('istio/host-overlap', {
  what: p => `The host ${quote(p.host)} is part of ${quote(p.wide)} already.`,
  why: 'Istio refuses a route whose hosts overlap.',
  fix: 'Keep one of the two.',
});
export const notAHeader = rule<{ name: string }>('istio/not-a-header', {
  what: p => `Istio does not look for a header called ${quote(p.name)}.`,
  why: 'Under this name it means a part of the request line and leaves the condition out, so the rule would match everybody.',
  fix: 'Match `method` or `path` by their own keys; route.hosts chooses the host.',
});

export const tooOld = rule<{ version: string; oldest: string }>('istio/too-old', {
  what: p => `Istio ${p.version} is older than ${p.oldest}.`,
  why: 'It does not serve networking.istio.io/v1, in which the routes are written, so the agent could not apply them.',
  fix: p => `Upgrade Istio to ${p.oldest} or later, or correct the version if it is newer.`,
});

/** Every mistake that only Istio knows. */
export const istioMessages = [subsetsOfServices, gatewayPorts, everyHost, hostOverlap, notAHeader, tooOld] as const;
