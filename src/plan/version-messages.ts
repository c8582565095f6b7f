import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import { known, type Unknown } from './unknown.ts';

export const unknownStable = rule<Unknown>('version/unknown-stable', {
  what: p => `spec.stable names ${quote(p.name)}, which is not declared under spec.versions.`,
  why: 'The stable version runs before the first step and takes all traffic back when a step is aborted.',
  fix: known,
});
export const unusedVersion = rule<{ name: string }>('version/never-used', {
  severity: 'warning',
  what: p => `No step gives traffic to version ${quote(p.name)}.`,
  why: 'It is never started.',
  fix: 'Name it in the `traffic` or `mirror` of a step, or remove it.',
});
export const noImage = rule<{ version: string }>('version/no-image', {
  what: p => `Version ${quote(p.version)} says neither which image it runs nor which Service it is.`,
  why: 'Without one of the two there is nothing to send requests to.',
  fix: 'Add `image: registry/name:tag`, or `service: name` for a Service that somebody else keeps.',
});
export const imageAndService = rule<{
  version: string;
  keys: readonly string[];
}>('version/image-and-service', {
  what: p => `Version ${quote(p.version)} names an existing Service and also sets ${list(p.keys)}.`,
  why: 'Pods behind an existing Service are kept by somebody else; these settings would reach nobody.',
  fix: 'Remove `service` to let this Rollout run the pods, or remove the other keys.',
});
export const floatingTag = rule<{ image: string; tag: string }>('version/floating-tag', {
  what: p => `The image ${quote(p.image)} ${p.tag === '' ? 'has no tag' : `has the floating tag ${quote(p.tag)}`}.`,
  why: 'What it points at changes without a commit, so two pods of one version may run different code and a rollback may not bring the old code back.',
  fix: 'Name a release: `image: registry/name:1.4.2`, best with its digest (`@sha256:…`).',
});
export const noDigest = rule<{ image: string }>('version/no-digest', {
  severity: 'warning',
  what: p => `The image ${quote(p.image)} is named by tag, without a digest.`,
  why: 'A tag can be pushed again; a digest cannot, so what was tested is what runs.',
  fix: 'Append the digest: `name:tag@sha256:…` (docker buildx imagetools inspect prints it).',
});
export const wholeSeconds = rule<{ text: string }>('duration/whole-seconds', {
  what: p => `${quote(p.text)} is not a whole number of seconds.`,
  why: 'Kubernetes counts this time in whole seconds.',
  fix: 'Write a duration such as `15s` or `2m`.',
});
export const tooShort = rule<{ text: string }>('duration/zero', {
  what: p => `${quote(p.text)} is no time at all.`,
  why: 'A zero here would be read as "no limit" by some providers and refused by others.',
  fix: 'Write at least `1ms`, or remove the key.',
});
export const graceTooShort = rule<{ grace: string; drain: string }>('version/grace-within-drain', {
  what: p => `terminationGracePeriod (${p.grace}) is not longer than drain (${p.drain}).`,
  why: 'The kubelet would kill the pod while it still answers the requests that routes send during the drain.',
  fix: 'Make terminationGracePeriod at least a few seconds longer than drain.',
});
export const oneProbe = rule<{ probe: string }>('version/probe-kind', {
  what: p => `${p.probe} must ask in exactly one way.`,
  why: 'Kubernetes accepts one handler per probe.',
  fix: 'Write one of `path: /healthz` (HTTP), `tcp: true`, `grpc: true` or `exec: [command]`.',
});
export const reservedLabel = rule<{ key: string }>('version/reserved-label', {
  what: p => `The label ${quote(p.key)} is one that the compiler sets.`,
  why: 'Services, budgets and routes find the pods of a version by it.',
  fix: 'Use a label key of your own, such as "team" or "example.com/tier".',
});
/** `ofFleet`: which of the two stand in surefoot.yaml, where all services take them from. */
export const requestAboveLimit = rule<{
  rollout: string;
  resource: string;
  request: string;
  limit: string;
  ofFleet: readonly ('requests' | 'limits')[];
}>('version/request-above-limit', {
  what: p => `The request of ${quote(p.rollout)} for ${p.resource} (${p.request}) is above its limit (${p.limit}).`,
  why: 'Kubernetes refuses such pods.',
  fix: p => {
    const here = (key: 'requests' | 'limits', amount: string): string =>
      p.ofFleet.includes(key)
        ? `write \`workload: { resources: { ${key}: { ${p.resource}: ${amount} } } }\` under spec`
        : `${key === 'requests' ? 'lower the request' : 'raise the limit'} to \`${amount}\``;
    const either = `${here('requests', p.limit)}, or ${here('limits', p.request)}`;
    if (p.ofFleet.length === 0) return `${either[0]!.toUpperCase()}${either.slice(1)}.`;
    const [words, verb] =
      p.ofFleet.length === 2
        ? ['The request and the limit', 'stand']
        : [p.ofFleet[0] === 'requests' ? 'The request' : 'The limit', 'stands'];
    return `For this Rollout alone, ${either}.\n${words} ${verb} in surefoot.yaml: a change there is one for every service.`;
  },
});
export const tinyMemory = rule<{ amount: string; meant: string }>('version/memory-too-small', {
  what: p => `${quote(p.amount)} of memory is less than 1Mi.`,
  why: 'A quantity without a letter counts bytes, and with a small m thousandths of bytes: no program starts in so little.',
  fix: p => `Write \`memory: ${p.meant}\`.`,
});
export const imageReference = rule<{ image: string }>('version/image-reference', {
  what: p => `${quote(p.image)} is not how an image is named.`,
  why: 'The kubelet could not pull it, and the version would never start.',
  fix: 'Write `registry/path/name:tag@sha256:<64 hex digits>`, in lower case but for the tag, without https://.',
});
export const extendedResource = rule<{ resource: string }>('version/extended-resource', {
  what: p => `The resource ${quote(p.resource)} is asked for in parts, or with a request that is not its limit.`,
  why: 'Devices are handed out whole and never shared, so Kubernetes refuses such pods.',
  fix: p => `Write only \`limits: { ${p.resource}: "1" }\`, with a whole number.`,
});
export const envCycle = rule<{ names: readonly string[] }>('version/env-cycle', {
  what: p =>
    p.names.length === 1
      ? `The variable ${list(p.names)} refers to itself.`
      : `The variables ${list(p.names)} refer to each other in a circle.`,
  why: 'Kubernetes replaces `$(NAME)` by a variable that stands before; in a circle none does, and the text stays as it is.',
  fix: 'Let one of them hold its value itself.',
});
export const sameService = rule<{ versions: readonly string[]; service: string }>('version/same-service', {
  what: p => `The versions ${list(p.versions)} would both be the Service ${quote(p.service)}.`,
  why: 'Requests to one could not be told from requests to the other.',
  fix: 'Give each version a Service of its own.',
});

/** Every mistake in a version, its pods and its times. */
export const serviceIsEmitted = rule<{ service: string; version: string }>('version/service-is-emitted', {
  what: p =>
    `Version ${quote(p.version)} names the Service ${quote(p.service)}, and a Service of that name is emitted here.`,
  why: 'The emitted one would replace the one that somebody else keeps, and its pods would get no more requests.',
  fix: 'Rename the Rollout or the version, so that no emitted Service has this name.',
});

export const versionMessages = [
  serviceIsEmitted,
  unknownStable,
  unusedVersion,
  noImage,
  imageAndService,
  floatingTag,
  noDigest,
  wholeSeconds,
  tooShort,
  graceTooShort,
  oneProbe,
  reservedLabel,
  requestAboveLimit,
  tinyMemory,
  envCycle,
  sameService,
  imageReference,
  extendedResource,
] as const;
