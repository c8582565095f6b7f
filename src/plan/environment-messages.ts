import { rule } from '../diagnostics/rule.ts';
import { didYouMean, list, quote } from '../diagnostics/wording.ts';

export const unknownEnvironment = rule<{ name: string; known: readonly string[] }>('environment/unknown', {
  what: p => `surefoot.yaml has no environment ${quote(p.name)}.${didYouMean(p.name, p.known)}`,
  why: 'A typing error here would write manifests into a folder that no agent syncs.',
  fix: p => `Write one of ${list(p.known, 'or')}, or add it to environments in surefoot.yaml.`,
});

export const noProvider = rule<{ environment: string }>('environment/no-provider', {
  what: p => `Nothing says which provider routes the traffic in the environment ${quote(p.environment)}.`,
  why: 'Each technology is told in objects of its own, so nothing can be compiled.',
  fix: 'Write provider under spec, as in provider: istio, or under defaults in surefoot.yaml for the whole fleet.',
});

export const hostTooLong = rule<{ host: string }>('route/host-too-long', {
  what: p => `The host name ${quote(p.host)} has ${p.host.length} characters, or a part of it more than 63.`,
  why: 'A host name has at most 253 characters and each part between two dots at most 63, so no resolver would find it.',
  fix: 'Shorten it.',
});

export const kubernetesTooOld = rule<{
  version: string;
  kubernetes: string;
  feature: string;
  since: string;
  instead: string;
}>('cluster/kubernetes-too-old', {
  what: p => `Version ${quote(p.version)} ${p.feature}; Kubernetes knows that from ${p.since} on.`,
  why: p => `surefoot.yaml says that this cluster runs Kubernetes ${p.kubernetes}, which would refuse the Deployment.`,
  fix: p => `${p.instead}; or correct cluster.kubernetes in surefoot.yaml.`,
});

export const kubernetesUnsupported = rule<{ version: string; oldest: string }>('cluster/kubernetes-unsupported', {
  what: p => `Kubernetes ${p.version} is older than ${p.oldest}.`,
  why: 'It does not serve the versions of the API that are emitted.',
  fix: p => `Upgrade the cluster to ${p.oldest} or later, or correct the version if it is newer.`,
});

export const namespaceHidden = rule<{ environment: string; namespace: string; own: string }>(
  'environment/namespace-hidden',
  {
    severity: 'warning',
    what: p =>
      `surefoot.yaml sets the namespace ${quote(p.namespace)} for ${quote(p.environment)}; this Rollout keeps its own, ${quote(p.own)}.`,
    why: 'What a Rollout says itself is nearer and wins, so two environments on one cluster could claim the same objects.',
    fix: p =>
      `Remove namespace here to take the one of surefoot.yaml, or say which is meant: \`environments: { ${p.environment}: { namespace: … } }\` under spec.`,
  },
);

/** Every mistake that only environments and the fleet file show. */
export const environmentMessages = [
  unknownEnvironment,
  noProvider,
  hostTooLong,
  kubernetesTooOld,
  kubernetesUnsupported,
  namespaceHidden,
] as const;
