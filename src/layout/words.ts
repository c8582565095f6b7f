import type { HopChanges } from '../model/compiled.ts';
import { printDuration } from '../model/duration.ts';
import type { Obligation, Plan, Running, State } from '../model/plan.ts';
import type { Fault, Rule, Split, TextMatch } from '../model/traffic.ts';
import { printShare } from '../traffic/share.ts';

/** An obligation as a sentence fragment: "v2 has 4 available pods". */
export function obligationWords(obligation: Obligation): string {
  switch (obligation.kind) {
    case 'available':
      return `${obligation.version} has ${obligation.replicas} available ${obligation.replicas === 1 ? 'pod' : 'pods'}`;
    case 'reachable':
      return `${obligation.version} is ready`;
    case 'idle':
      return `${obligation.version} gets no requests`;
    case 'synced':
      return `${obligation.state} is synced`;
    case 'paused':
      return `${printDuration(obligation.duration)} have passed`;
    default:
      return obligation satisfies never;
  }
}

/** How many pods a version runs with: `4`, or `3–12` where an autoscaler chooses. */
export function podCount({ versions }: Plan, { version: name, replicas }: Running): string {
  const version = versions.find(v => v.name === name);
  const autoscale = version?.kind === 'workload' ? version.workload.autoscale : undefined;
  return autoscale === undefined ? String(replicas) : `${autoscale.min}–${autoscale.max}`;
}

/** A split in words: `v1 80 %, v2 20 %`. */
export const splitWords = (split: Split): string => split.map(p => `${p.version} ${printShare(p.share)} %`).join(', ');

/** What a hop does to objects: `updates VirtualService/reviews`. */
export function changeWords(changes: HopChanges): string {
  const parts = [
    ...(changes.created.length === 0 ? [] : [`creates ${changes.created.join(', ')}`]),
    ...(changes.updated.length === 0 ? [] : [`updates ${changes.updated.join(', ')}`]),
    ...(changes.deleted.length === 0 ? [] : [`deletes ${changes.deleted.join(', ')}`]),
  ];
  return parts.length === 0 ? 'changes nothing: a place to wait' : parts.join('; ');
}

/** What is special about a state besides its split: rules in their order, mirrors and faults. */
export const extraWords = (state: State): readonly string[] => {
  const fallback = state.rules.at(-1)!;
  return [...state.rules.slice(0, -1).map(ruleWords), ...treatmentWords(fallback)];
};

const ruleWords = (rule: Rule): string =>
  [`${rule.name} → ${splitWords(rule.split)}`, ...treatmentWords(rule)].join(', ');

const treatmentWords = ({ mirror, fault }: Rule): readonly string[] => [
  ...(mirror.length === 0 ? [] : [`mirror ${splitWords(mirror)}`]),
  ...faultWords(fault),
];

/** A fault in words: `delay 5s for 10 %`, `fail 1 % with 503`; none for no fault. */
export const faultWords = (fault: Fault | undefined): readonly string[] => [
  ...(fault?.delay === undefined
    ? []
    : [`delay ${printDuration(fault.delay.duration)} for ${printShare(fault.delay.share)} %`]),
  ...(fault?.abort === undefined ? [] : [`fail ${printShare(fault.abort.share)} % with ${fault.abort.status}`]),
];

/** The conditions of a rule, alternatives joined by "or": `header end-user = jason`. */
export function matchWords(rule: Pick<Rule, 'matches'>): string {
  const alternatives = rule.matches.map(match =>
    [
      ...(match.path === undefined ? [] : [`path ${textWords(match.path)}`]),
      ...(match.method === undefined ? [] : [`method ${textWords(match.method)}`]),
      ...match.headers.map(h => `header ${h.name} ${textWords(h.text)}`),
      ...match.cookies.map(c => `cookie ${c.name} ${textWords(c.text)}`),
      ...match.query.map(q => `query ${q.name} ${textWords(q.text)}`),
    ].join(' and '),
  );
  return alternatives.join(' or ');
}

function textWords(text: TextMatch): string {
  switch (text.kind) {
    case 'present':
      return 'present';
    case 'exact':
      return `= ${text.value}`;
    case 'prefix':
      return `begins with ${text.value}`;
    case 'regex':
      return `matches ${text.value}`;
    default:
      return text satisfies never;
  }
}
