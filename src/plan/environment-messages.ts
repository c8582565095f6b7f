import { rule } from '../diagnostics/rule.ts';
import { list, nearest, quote } from '../diagnostics/wording.ts';

export const unknownEnvironment = rule<{ name: string; known: readonly string[] }>('environment/unknown', {
  what: p => `surefoot.yaml has no environment ${quote(p.name)}.`,
  why: 'A typing error here would write manifests into a folder that nothing deploys.',
  fix: p => {
    const near = nearest(p.name, p.known);
    const meant = near === undefined ? list(p.known, 'or') : `\`${near}\` (surefoot.yaml has ${list(p.known)})`;
    return `Write ${meant}; or, if it is a new environment, add \`${p.name}: {}\` under environments in surefoot.yaml.`;
  },
});

/** A provider to choose, and what it needs: completes "`provider: x` …". */
export interface Choice {
  readonly name: string;
  readonly needs: string;
}

/** `environment` is undefined where none is declared. */
export const noProvider = rule<{ environment: string | undefined; choices: readonly Choice[] }>(
  'environment/no-provider',
  {
    what: p =>
      `Nothing says which provider routes the traffic${p.environment === undefined ? '' : ` in the environment ${quote(p.environment)}`}.`,
    why: 'The provider decides which objects are written for the traffic, so without one nothing can be compiled.',
    fix: p =>
      [
        'Write one of these under spec:',
        ...p.choices.map(({ name, needs }) => `    provider: ${name.padEnd(10)}  # ${needs}`),
        'Or for all services at once, in surefoot.yaml: `defaults: { provider: istio }`.',
      ].join('\n'),
  },
);

/** `part`: what stands between two dots and is too long; absent: the whole is. `instead`: a shorter host for this Rollout alone, where the fleet gave the long one. */
export const hostTooLong = rule<{
  host: string;
  part: string | undefined;
  instead: string | undefined;
}>('route/host-too-long', {
  what: p =>
    p.part === undefined
      ? `The host name "${p.host}" has ${p.host.length} characters, ${p.host.length - LONGEST_HOST} too many.`
      : `The part "${p.part}" of a host name has ${p.part.length} characters, ${p.part.length - LONGEST_PART} too many.`,
  why: p =>
    p.part === undefined
      ? `A host name has at most ${LONGEST_HOST} characters, so no resolver would find it.`
      : `Each part of a host name between two dots has at most ${LONGEST_PART} characters, so no resolver would find it.`,
  fix: p =>
    p.instead === undefined
      ? 'Shorten it.'
      : `It is a default of the fleet: to shorten it in surefoot.yaml changes it for every service. For this Rollout alone write a host of your own under spec, such as \`route: { hosts: [${p.instead}] }\`.`,
});

/** In characters: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
export const LONGEST_HOST = 253;
export const LONGEST_PART = 63;

/** `fleetWide`: the version is one fact about all clusters, not one about the cluster of `environment`. */
export const kubernetesTooOld = rule<{
  version: string;
  environment: string;
  fleetWide: boolean;
  kubernetes: string;
  feature: string;
  since: string;
  instead: string;
}>('cluster/kubernetes-too-old', {
  what: p => `Version ${quote(p.version)} ${p.feature}; Kubernetes knows that from ${p.since} on.`,
  why: p =>
    `surefoot.yaml says that ${p.fleetWide ? 'the clusters run' : `the cluster of the environment ${quote(p.environment)} runs`} Kubernetes ${p.kubernetes}, which would refuse the Deployment.`,
  fix: p =>
    `${p.instead}\nIf the cluster is newer than that, correct \`kubernetes\` under ${p.fleetWide ? 'cluster' : `environments.${p.environment}.cluster`} in surefoot.yaml.`,
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
