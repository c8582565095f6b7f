import { rule } from '../diagnostics/rule.ts';
import { didYouMean, list, quote } from '../diagnostics/wording.ts';
import { matchMessages } from './match-messages.ts';

interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}
const known = ({ name, known }: Unknown): string => {
  if (known.length === 0) return 'There is none yet.';
  return `Write ${list(known, 'or')}.${known.length === 1 ? '' : didYouMean(name, known)}`;
};

export const totalNot100 = rule<{ total: string; versions: readonly string[] }>('traffic/total-not-100', {
  what: p => `The traffic of this rule totals ${p.total} %, not 100 %.`,
  why: 'Every request must go somewhere; providers spread a wrong total each in their own way, or refuse the whole route.',
  fix: p => `Change the percentages of ${list(p.versions)} so that they add up to 100.`,
});
export const tooFine = rule<{ percent: number }>('traffic/too-fine', {
  what: p => `${p.percent} % has more than two decimals.`,
  why: 'Shares are counted in steps of 0.01 %; a finer one would have to be rounded in silence.',
  fix: p => `Write ${Math.round(p.percent * 100) / 100}.`,
});
export const unknownVersion = rule<Unknown>('traffic/unknown-version', {
  what: p => `Version ${quote(p.name)} is not declared.`,
  why: 'Traffic to a version that nobody runs is answered with errors.',
  fix: p => `${known(p)} Or declare ${quote(p.name)} under spec.versions.`,
});
export const mirrorToItself = rule<{ version: string }>('traffic/mirror-to-itself', {
  what: p => `Version ${quote(p.version)} would get a copy of requests that it already answers.`,
  why: 'Each such request would be worked on twice, and every write would happen twice.',
  fix: 'Mirror to another version, or remove this entry of `mirror`.',
});
export const unknownStable = rule<Unknown>('version/unknown-stable', {
  what: p => `spec.stable names ${quote(p.name)}, which is not declared under spec.versions.`,
  why: 'The stable version runs before the first step and takes all traffic back when a step is aborted.',
  fix: known,
});
export const unknownStep = rule<Unknown>('steps/unknown-step', {
  what: p => `spec.step names ${quote(p.name)}, and this Rollout has no such state.`,
  why: 'spec.step says where the cluster should stand; without it there is nothing to write to out/live.',
  fix: p => (p.known.length <= 24 ? known(p) : `Run surefoot plan to see the states.${didYouMean(p.name, p.known)}`),
});
export const duplicateStep = rule<{ name: string }>('steps/duplicate-name', {
  what: p => `Two steps are called ${quote(p.name)}.`,
  why: 'spec.step, the files in out/plan and every abort state are found by the name of the step.',
  fix: 'Rename one of them; a shorthand takes a `name` that its steps begin with.',
});
export const reservedStep = rule<{ name: string }>('steps/reserved-name', {
  what: p => `The step name ${quote(p.name)} is one that the compiler gives to its own states.`,
  why: 'baseline, provision-…, scale-…, retire-… and abort-… are added around your steps; a step of the same name would hide one.',
  fix: 'Give the step a name that says what it is for, such as "canary-10" or "complete".',
});
export const unknownRule = rule<Unknown>('steps/unknown-rule', {
  what: p => `This step switches on the rule ${quote(p.name)}, which is not declared under spec.rules.`,
  why: 'Requests that the rule was meant for would be treated like all others.',
  fix: known,
});
export const duplicateRule = rule<{ name: string }>('steps/duplicate-rule', {
  what: p => `The rule ${quote(p.name)} appears twice in this step.`,
  why: 'Rules are tried in order and the first match wins, so the second one would never get a request.',
  fix: 'Remove one of them, or rename it if another match was meant.',
});
export const reservedRule = rule<undefined>('steps/reserved-rule', {
  what: () => 'A rule cannot be called "default".',
  why: "`default` is the step's own traffic, which every request meets that no rule has taken.",
  fix: 'Give the rule another name, such as the people it is for: "testers".',
});
export const unusedRule = rule<{ name: string }>('rules/never-used', {
  severity: 'warning',
  what: p => `No step switches on the rule ${quote(p.name)}.`,
  why: 'It has no effect on any state.',
  fix: p => `Add \`rules: [${p.name}]\` to a step, or remove the rule.`,
});
export const unusedVersion = rule<{ name: string }>('version/never-used', {
  severity: 'warning',
  what: p => `No step gives traffic to version ${quote(p.name)}.`,
  why: 'It is never started.',
  fix: 'Name it in the `traffic` or `mirror` of a step, or remove it.',
});
export const shorthandToStable = rule<{ shorthand: string; version: string }>('steps/to-is-stable', {
  what: p =>
    `${p.shorthand} leads to ${quote(p.version)}, which already has all the traffic at this point of the tape.`,
  why: 'A release moves traffic from one version to another; here both are the same.',
  fix: 'Let `to` name the new version, or put this entry after the step that moves traffic to another one.',
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
export const duplicatePort = rule<{ what: string }>('ports/duplicate', {
  what: p => `Two ports have the same ${p.what}.`,
  why: 'Kubernetes refuses a Service whose ports repeat a name or a number.',
  fix: 'Give each port its own name and number.',
});
export const cannot = rule<{
  provider: string;
  feature: string;
  instead: string;
  others: readonly string[];
}>('provider/cannot', {
  what: p => `The provider ${quote(p.provider)} cannot ${p.feature}.`,
  why: 'What a provider cannot do exactly is refused, because a setting that is dropped in silence looks like one that works.',
  fix: p => `${p.instead}${p.others.length === 0 ? '' : ` ${list(p.others)} can: change spec.provider.`}`,
});
export const beyondLimit = rule<{
  provider: string;
  what: string;
  limit: string;
  source: string;
}>('provider/beyond-limit', {
  what: p => `${p.what} is beyond what ${quote(p.provider)} can say: ${p.limit}.`,
  why: p => `It would be rounded or refused by the cluster (${p.source}).`,
  fix: p => `Stay within ${p.limit}.`,
});
export const foreignOptions = rule<{ key: string; provider: string }>('provider/options-of-another', {
  what: p => `spec.${p.key} holds settings of the provider ${p.key}, and this Rollout uses ${quote(p.provider)}.`,
  why: 'They would have no effect.',
  fix: p => `Remove spec.${p.key}, or set \`provider: ${p.key}\`.`,
});
export const unreachableRatio = rule<{
  wanted: string;
  stable: string;
  replicas: number;
  nearest: string;
  needed: string;
}>('replicas/unreachable', {
  what: p =>
    `${p.wanted} cannot be reached beside ${p.replicas} pods of ${quote(p.stable)}; the nearest split is ${p.nearest}.`,
  why: 'Without a traffic provider every ready pod gets the same part of the connections, so the split follows from numbers of pods.',
  fix: p => `Use the nearest split, or ${p.needed}, or a provider that splits by weight (istio, knative).`,
});
export const idleInPool = rule<{ version: string; step: string }>('replicas/idle-version-in-pool', {
  what: p =>
    `In ${quote(p.step)} version ${quote(p.version)} runs beside the versions that share the traffic, but is given none.`,
  why: 'Without a traffic provider a shared Service reaches every pod of the application, also those of this version.',
  fix: p => `Give ${quote(p.version)} a share in this step, or put a step before it that moves 100 % to one version.`,
});
export const reservedLabel = rule<{ key: string }>('version/reserved-label', {
  what: p => `The label ${quote(p.key)} is one that the compiler sets.`,
  why: 'Services, budgets and routes find the pods of a version by it.',
  fix: 'Use a label key of your own, such as "team" or "example.com/tier".',
});

/** Every mistake that planning can find. */
export const planMessages = [
  ...matchMessages,
  totalNot100,
  tooFine,
  unknownVersion,
  mirrorToItself,
  unknownStable,
  unknownStep,
  duplicateStep,
  reservedStep,
  unknownRule,
  duplicateRule,
  reservedRule,
  unusedRule,
  unusedVersion,
  shorthandToStable,
  noImage,
  imageAndService,
  floatingTag,
  noDigest,
  wholeSeconds,
  tooShort,
  graceTooShort,
  oneProbe,
  duplicatePort,
  cannot,
  beyondLimit,
  foreignOptions,
  unreachableRatio,
  idleInPool,
  reservedLabel,
] as const;
