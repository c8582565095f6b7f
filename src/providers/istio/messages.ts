import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const oneCookie = rule<{ names: string }>('istio/one-cookie-per-match', {
  what: p => `One match asks for several cookies (${p.names}).`,
  why: 'Istio sees all cookies as one header and takes one condition per header, so only one of them could be written down.',
  fix: 'Keep one cookie per match, or let the application set a single cookie for this group of people.',
});
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

/** Every mistake that only Istio knows. */
export const istioMessages = [oneCookie, subsetsOfServices, gatewayPorts] as const;
