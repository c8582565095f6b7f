import { rule } from '../diagnostics/rule.ts';
import { didYouMean, list, quote } from '../diagnostics/wording.ts';
import { autoscaleMessages } from './autoscale-messages.ts';
import { capacityMessages } from './capacity-messages.ts';
import { configMessages } from './config-messages.ts';
import { environmentMessages } from './environment-messages.ts';
import { frozenMessages } from './frozen-messages.ts';
import { matchMessages } from './match-messages.ts';
import type { Nearest } from './nearest.ts';
import { promotionMessages } from './promotion-messages.ts';
import { ruleMessages } from './rule-messages.ts';
import { templateMessages } from './template-messages.ts';
import { known, type Unknown } from './unknown.ts';
import { versionMessages } from './version-messages.ts';

export const totalNot100 = rule<{ total: string; versions: readonly string[] }>('traffic/total-not-100', {
  what: p => `The traffic of this rule totals ${p.total} %, not 100 %.`,
  why: 'Every request must go somewhere; providers spread a wrong total each in their own way, or refuse the whole route.',
  fix: p => `Change the percentages of ${list(p.versions)} so that they add up to 100.`,
});
export const tooFine = rule<{ percent: number; nearest: Nearest }>('traffic/too-fine', {
  what: p => `${p.percent} % has more than two decimals.`,
  why: 'Shares are counted in steps of 0.01 %; a finer one would have to be rounded in silence.',
  fix: p => `Write ${p.nearest.text}, which is off by ${p.nearest.off} %.`,
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
/** `key` is where the step was written, such as spec.environments.prod.step. */
export const unknownStep = rule<Unknown & { key: string }>('steps/unknown-step', {
  what: p => `${p.key} names ${quote(p.name)}, and this Rollout has no such state.`,
  why: p => `${p.key} says where the cluster should stand; without it there is nothing to write to out/live.`,
  fix: p => (p.known.length <= 24 ? known(p) : `Run surefoot plan to see the states.${didYouMean(p.name, p.known)}`),
});
/** `from` is the weight before; absent: the weight is 0. `rising` are the weights in order, without 0. */
export const weightsNotRising = rule<{ from: number | undefined; weight: number; rising: readonly number[] }>(
  'steps/weights-not-rising',
  {
    severity: 'warning',
    what: p =>
      p.from === undefined
        ? 'A weight of this canary is 0.'
        : `The weights of this canary fall from ${p.from} to ${p.weight}.`,
    why: p =>
      p.from === undefined
        ? 'In that step the new version runs and gets no requests, so nothing is tried.'
        : 'Each weight is a step of its own: with the smaller one, users are taken back from the new version in the middle of the release.',
    fix: p =>
      p.rising.length === 0
        ? 'Write the percent that the new version gets, such as `weights: [10, 50]`.'
        : `Write \`weights: [${p.rising.join(', ')}]\`.`,
  },
);
export const duplicateStep = rule<{ name: string }>('steps/duplicate-name', {
  what: p => `Two steps are called ${quote(p.name)}.`,
  why: 'spec.step, the files in out/plan and every abort state are found by the name of the step.',
  fix: 'Rename one of them; a shorthand takes a `name` that its steps begin with.',
});
export const reservedStep = rule<{ name: string }>('steps/reserved-name', {
  what: p => `The step name ${quote(p.name)} is one that the compiler gives to its own states.`,
  why: 'baseline, provision-…, scale-…, hold-…, lower-…, retire-… and abort-… are added around your steps; a step of the same name would hide one.',
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
export const shorthandToStable = rule<{ shorthand: string; version: string }>('steps/to-is-stable', {
  what: p =>
    `${p.shorthand} leads to ${quote(p.version)}, which already has all the traffic at this point of the tape.`,
  why: 'A release moves traffic from one version to another; here both are the same.',
  fix: 'Let `to` name the new version, or put this entry after the step that moves traffic to another one.',
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
export const retryReasonsUnknown = rule<{
  provider: string;
  asked: readonly string[];
  words: readonly string[];
  most: number | undefined;
  others: readonly string[];
}>('provider/retry-reasons', {
  what: p => `The provider ${quote(p.provider)} cannot be told to retry on ${list(p.asked)}.`,
  why: 'Left out, some failures would be retried and others not, and nobody would see which.',
  fix: p =>
    `Write \`retryOn\` with ${p.most === 1 ? 'one' : 'some'} of ${list(p.words)}.${p.others.length === 0 ? '' : ` ${list(p.others)} can retry on ${list(p.asked)}: change spec.provider.`}`,
});
export const hostNeeded = rule<{ provider: string }>('route/host-needed', {
  what: p => `The provider ${quote(p.provider)} routes by host, and the Rollout names none.`,
  why: 'Nothing would say which requests are meant.',
  fix: 'Write the host that clients call: `route: { hosts: [shop.example.com] }`.',
});
export const beyondLimit = rule<{
  provider: string;
  what: string;
  limit: string;
  source: string;
  nearest: Nearest | undefined;
  others: readonly string[];
}>('provider/beyond-limit', {
  what: p => `${p.what} is beyond what ${quote(p.provider)} can say: ${p.limit}.`,
  why: p => `It would be rounded or refused by the cluster (${p.source}).`,
  fix: p =>
    `${p.nearest === undefined ? `Stay within ${p.limit}.` : `Write ${p.nearest.text}, the nearest that it can say, off by ${p.nearest.off} %.`}${p.others.length === 0 ? '' : ` ${list(p.others)} can say it: change spec.provider.`}`,
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
  fix: p => `Use the nearest split, or ${p.needed}, or a provider that splits by weight.`,
});
export const idleInPool = rule<{ version: string; step: string }>('replicas/idle-version-in-pool', {
  what: p =>
    `In ${quote(p.step)} version ${quote(p.version)} runs beside the versions that share the traffic, but is given none.`,
  why: 'Without a traffic provider a shared Service reaches every pod of the application, also those of this version.',
  fix: p => `Give ${quote(p.version)} a share in this step, or put a step before it that moves 100 % to one version.`,
});

export const unknownProtocol = rule<{ name: string }>('ports/unknown-protocol', {
  what: p => `Nothing says which protocol the port ${quote(p.name)} speaks.`,
  why: 'A route reads requests of the protocol that the Service names; read as another, every connection breaks.',
  fix: 'Add `protocol: http`, `http2`, `grpc` or `tcp`, or begin the name with one of them: `http-web`.',
});
export const longTry = rule<{ perTryTimeout: string; timeout: string }>('route/try-longer-than-timeout', {
  severity: 'warning',
  what: p => `One try may take ${p.perTryTimeout}, longer than the whole request (${p.timeout}).`,
  why: 'The request ends before the first try does, so it is never retried.',
  fix: 'Make perTryTimeout shorter than timeout.',
});
export const stickyWithinVersion = rule<{
  by: 'header' | 'cookie';
  value: string;
  step: string;
  versions: readonly string[];
  to: string;
}>('traffic/sticky-within-version', {
  severity: 'warning',
  what: p =>
    `The ${p.by} ${quote(p.value)} keeps a user on one pod of a version, and the step ${quote(p.step)} splits the requests between ${list(p.versions)}.`,
  why: 'The version is drawn anew for each request and the hash picks a pod only after that, so one user meets all of these versions.',
  fix: p =>
    `Choose the version by rule, so that each user stays with one: \`abTest: { to: ${p.to}, match: [{ cookies: { beta: "1" } }] }\`. Or, where users may change between versions, write \`loadBalancing: least-request\`.`,
});
export const joinsWhole = rule<{ version: string; step: string }>('replicas/joins-with-everything', {
  what: p =>
    `Version ${quote(p.version)} starts while others share the traffic, and gets all of it in ${quote(p.step)}.`,
  why: 'Without a traffic provider a shared Service reaches each pod as soon as it is ready, so there is no moment at which it could start unseen.',
  fix: p =>
    `Give ${quote(p.version)} a share first, or put a step before it that moves 100 % to one of the versions that share.`,
});

/** Every mistake that planning can find. */
export const planMessages = [
  ...matchMessages,
  ...promotionMessages,
  ...ruleMessages,
  ...versionMessages,
  ...environmentMessages,
  ...frozenMessages,
  ...autoscaleMessages,
  ...capacityMessages,
  ...configMessages,
  ...templateMessages,
  totalNot100,
  tooFine,
  unknownVersion,
  mirrorToItself,
  unknownStep,
  weightsNotRising,
  duplicateStep,
  reservedStep,
  unknownRule,
  duplicateRule,
  reservedRule,
  unusedRule,
  shorthandToStable,
  duplicatePort,
  cannot,
  beyondLimit,
  retryReasonsUnknown,
  hostNeeded,
  foreignOptions,
  unreachableRatio,
  idleInPool,
  unknownProtocol,
  longTry,
  stickyWithinVersion,
  joinsWhole,
] as const;
