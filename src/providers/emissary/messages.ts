import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const balancingNeedsResolver = rule<undefined>('emissary/balancing-needs-resolver', {
  what: () => 'The route chooses how pods are balanced, and no resolver lets Emissary see them.',
  why: 'Without a resolver Emissary sends every request to the address of the Service, and Kubernetes picks the pod whatever a Mapping says.',
  fix: 'Set spec.emissary.resolver to the name of a KubernetesEndpointResolver, or remove route.loadBalancing.',
});
export const everyHost = rule<undefined>('emissary/every-host', {
  what: () => 'The host "*" stands among the hosts of the route.',
  why: 'It takes every host there is, so the others beside it say nothing.',
  fix: 'Remove route.hosts to take every host, or name the hosts: `hosts: [shop.example.com]`.',
});
export const annotationOfOthers = rule<{ version: string }>('emissary/annotation-of-others', {
  what: p =>
    `Version ${quote(p.version)} names an existing Service, and spec.emissary.form asks for annotations on Services.`,
  why: 'The annotation stands on the Service of each version; of one that somebody else keeps, each owner would undo what the other wrote.',
  fix: 'Remove spec.emissary.form, so that Mappings are objects of their own, or give the version an `image`.',
});

/** Every mistake that only Emissary knows. */
export const emissaryMessages = [balancingNeedsResolver, everyHost, annotationOfOthers] as const;
