import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';

export const templateOutside = rule<{ path: string; problem: string }>('template/outside', {
  what: p => `The template ${quote(p.path)} ${p.problem}.`,
  why: 'What is compiled must be the same on every machine, so a template stands in the repository like the Rollout itself.',
  fix: 'Write a path that begins at the folder of this file, with forward slashes: templates/deployment.yaml.',
});
export const templateNotFound = rule<{ path: string }>('template/not-found', {
  what: p => `The template ${quote(p.path)} does not exist.`,
  why: 'The version takes its pods from it.',
  fix: 'Correct the path, which begins at the folder of the file in which it is written, or render the objects to it.',
});
export const templateUnreadable = rule<{ path: string; reason: string }>('template/unreadable', {
  what: p => `The template ${quote(p.path)} cannot be read. ${p.reason}`,
  why: 'The version takes its pods from it.',
  fix: 'Put a plain file of UTF-8 text there.',
});
export const oneDeployment = rule<{ count: number }>('template/one-deployment', {
  what: p => `The template holds ${p.count === 0 ? 'no Deployment' : `${p.count} Deployments`}; it needs exactly one.`,
  why: 'Traffic is shared between versions of one workload; beside it nobody could tell which pods are meant.',
  fix: p =>
    p.count === 0
      ? 'Render the Deployment of this service into the template (apiVersion: apps/v1).'
      : 'Give each of the others a Rollout of its own, or leave them where they are kept now.',
});
export const refusedKind = rule<{ object: string; why: string; instead: string }>('template/kind', {
  what: p => `${p.object} cannot be part of a template.`,
  why: p => p.why,
  fix: p => p.instead,
});
export const wrongScope = rule<{ object: string; scope: string; fix: string }>('template/scope', {
  what: p => `${p.object} says surefoot.dev/scope: ${quote(p.scope)}, which cannot be.`,
  why: 'An object belongs to one version, and gets its name, or is shared by all of them.',
  fix: p => p.fix,
});
export const dangling = rule<{ object: string; to: string; known: string }>('template/dangling', {
  what: p => `${p.object} is about ${p.to}, which the template does not hold.`,
  why: 'Beside the pods of a version it would do nothing, or act on something of somebody else.',
  fix: p => `Let it name ${p.known}, or take it out of the template.`,
});
export const otherNamespace = rule<{ object: string; namespace: string; wanted: string }>('template/other-namespace', {
  what: p =>
    `${p.object} is rendered for the namespace ${quote(p.namespace)}, and the Rollout goes to ${quote(p.wanted)}.`,
  why: 'Every object of a Rollout stands in its one namespace; what was rendered for another may name things that are not there.',
  fix: p => `Render it for ${quote(p.wanted)} (helm template --namespace ${p.wanted}), or leave the namespace out.`,
});
export const sharedRefersToVersion = rule<{ object: string; to: string }>('template/shared-refers-to-version', {
  what: p => `${p.object} is shared by all versions and names ${p.to}, of which each version has its own.`,
  why: 'The name gets the version as its end, so a shared object would name something that does not exist.',
  fix: 'Annotate one of the two: surefoot.dev/scope: version gives each version its own, surefoot.dev/scope: shared one for all.',
});
export const sharedDiffers = rule<{
  object: string;
  where: string;
  versions: readonly string[];
  files: readonly string[];
}>('template/shared-differs', {
  what: p => `The templates ${list(p.files)} say the shared ${p.object} differently: ${p.where}.`,
  why: p => `The versions ${list(p.versions)} run side by side, and a shared object can only read one way.`,
  fix: 'Make it the same in both, or annotate it with surefoot.dev/scope: version in both.',
});
export const nameTooLong = rule<{ object: string; name: string; most: number }>('template/name-too-long', {
  what: p => `${quote(p.object)} would be called ${quote(p.name)}, which has more than ${p.most} characters.`,
  why: 'Each version has its own, told apart by the version at the end of the name.',
  fix: 'Shorten the name in the template or that of the version.',
});
export const nameCollision = rule<{ name: string; one: string; other: string }>('template/name-collision', {
  what: p => `${p.name} would belong to ${p.one} and to ${p.other} at once.`,
  why: 'One would overwrite the other in the cluster.',
  fix: 'Rename one of the two in its template, or the version.',
});
export const mainContainer = rule<{ rollout: string; containers: readonly string[] }>('template/main-container', {
  what: p => `The Deployment has the containers ${list(p.containers)}, and none is called ${quote(p.rollout)}.`,
  why: 'The keys of the Rollout, such as image and env, are about one container, the one with the name of the Rollout.',
  fix: p => `Rename the container that serves the requests to ${quote(p.rollout)}.`,
});
export const notThePort = rule<{ container: string; ports: readonly number[]; target: number }>('template/port', {
  what: p =>
    `Requests go to port ${p.target} of the pods, and the container ${quote(p.container)} listens on ${p.ports.join(', ')}.`,
  why: 'Every request would be refused by the pods.',
  fix: p =>
    `Write ports: [{ name: http, port: 80, targetPort: ${p.ports[0]} }] under spec, or add the port to the container.`,
});
export const secretInGit = rule<{ object: string }>('template/secret-in-git', {
  severity: 'warning',
  what: p => `${p.object} holds its values in the template, and so in git.`,
  why: 'Whoever can read the repository, now or from its history, knows them. Base64 hides nothing.',
  fix: 'Let the pods name a Secret that something else makes: External Secrets, Sealed Secrets, SOPS.',
});
export const keptSelector = rule<{ key: string; wanted: string; found: string }>('template/kept-selector', {
  what: p => `The selector that is kept asks for ${p.key}: ${p.wanted}, and the pods carry ${p.key}: ${p.found}.`,
  why: 'The labels app, version and app.kubernetes.io/name, version and managed-by are set on all pods, because routes find them by these. A Deployment whose selector misses its own pods is refused, and a selector can never be changed.',
  fix: p =>
    p.key === 'app' || p.key === 'app.kubernetes.io/name'
      ? `Name the Rollout ${quote(p.wanted)}.`
      : 'Leave out keepNames, so that a Deployment with a selector of its own comes up beside the old one.',
});
export const keptSelectorWide = rule<{ deployment: string; versions: readonly string[] }>(
  'template/kept-selector-wide',
  {
    severity: 'warning',
    what: p => `The selector that Deployment ${p.deployment} keeps also finds the pods of ${list(p.versions)}.`,
    why: 'The Deployment itself tells its pods apart by their owner and the label pod-template-hash, so it leaves the others alone. Tools that count pods by this selector, such as kubectl get -l or a HorizontalPodAutoscaler, do not.',
    fix: 'Nothing needs to be done. It ends when this version is retired.',
  },
);
export const keptAutoscaled = rule<{ deployment: string; versions: readonly string[] }>('template/kept-autoscaled', {
  what: p =>
    `A HorizontalPodAutoscaler scales Deployment ${p.deployment} by a selector that also finds the pods of ${list(p.versions)}.`,
  why: 'An autoscaler averages over all pods that the selector finds, so each version would be scaled by the load of the others.',
  fix: 'Take the HorizontalPodAutoscaler out of this template and write replicas until the version is retired, or leave out keepNames.',
});
export const lostSelector = rule<{ object: string; key: string; wanted: string; found: string }>(
  'template/selector-lost',
  {
    what: p =>
      `The shared ${p.object} finds the template's pods by ${p.key}: ${p.wanted}, and they will carry ${p.key}: ${p.found}.`,
    why: 'Routes find pods by this label, so it is set to the name of the Rollout or version; what is shared is passed on as it is, and would no longer apply to these pods.',
    fix: p =>
      `Name the Rollout ${quote(p.wanted)}, or let the object select by another label, or annotate it with surefoot.dev/scope: version.`,
  },
);
export const keepNamesAlone = rule<{ version: string }>('template/keep-names-alone', {
  what: p => `Version ${quote(p.version)} says keepNames and has no template.`,
  why: 'Names are kept from a template; the objects of an image are named after the Rollout and the version.',
  fix: 'Name the template of the Deployment that runs now, or remove keepNames.',
});
export const keepNamesTwice = rule<{ versions: readonly string[] }>('template/keep-names-twice', {
  what: p => `The versions ${list(p.versions)} all keep the names of their template.`,
  why: 'Only one Deployment of that name can run; the others get the version as the end of their name.',
  fix: 'Leave keepNames on the version that runs now, before the Rollout takes over.',
});
export const autoscaledCount = rule<{ object: string; counted: string }>('template/autoscaled-count', {
  what: p => `${p.object} sets the number of pods, and ${p.counted}.`,
  why: 'Both would write the same number, one in git and one in the cluster, and never agree.',
  fix: 'Take the HorizontalPodAutoscaler out of the template, or remove the other.',
});
export const noPods = rule<{ object: string; field: string }>('template/no-pods', {
  what: p => `${p.object} says ${p.field}: 0, and the Rollout does not say replicas.`,
  why: 'A version needs pods before it can get requests.',
  fix: p =>
    p.field === 'minReplicas' ? 'Write minReplicas: 1 or more.' : 'Write replicas in the Rollout, or in the template.',
});
export const alreadyMounted = rule<{ container: string; path: string }>('template/already-mounted', {
  what: p => `The container ${quote(p.container)} of the template already mounts something at ${p.path}.`,
  why: 'writable puts an empty directory there, and one path takes one volume.',
  fix: 'Remove the path from writable, or the mount from the template.',
});

export const keyOfNoTemplate = rule<{ key: 'autoscale' | 'config' }>('template/key', {
  what: p => `${quote(p.key)} is written beside a template.`,
  why: p =>
    p.key === 'autoscale'
      ? 'The template is the whole of what keeps the pods, so its own HorizontalPodAutoscaler counts them.'
      : 'The template is the whole of what the pods are made from, its own ConfigMaps included.',
  fix: p =>
    p.key === 'autoscale'
      ? 'Render a HorizontalPodAutoscaler for the Deployment into the template; each version gets its own. Remove the key here.'
      : 'Render a ConfigMap and its mount into the template; each version gets its own. Remove the key here.',
});

/** Every mistake in a template beside the Rollout that names it. */
export const templateMessages = [
  templateOutside,
  templateNotFound,
  templateUnreadable,
  oneDeployment,
  refusedKind,
  wrongScope,
  dangling,
  otherNamespace,
  sharedRefersToVersion,
  sharedDiffers,
  nameTooLong,
  nameCollision,
  mainContainer,
  notThePort,
  secretInGit,
  keptSelector,
  keptSelectorWide,
  keptAutoscaled,
  lostSelector,
  keepNamesAlone,
  keepNamesTwice,
  autoscaledCount,
  noPods,
  alreadyMounted,
  keyOfNoTemplate,
] as const;
