import type { Path } from '../diagnostics/finding.ts';
import { DEFAULTS } from '../model/defaults.ts';
import { naturally } from '../model/order.ts';
import type { FaultSpec, InlineRuleSpec, PercentSpec, RuleSpec } from '../model/rollout.ts';
import { type Fault, type Rule, type Split, WHOLE } from '../model/traffic.ts';
import { type Fineness, printShare, toShare, wholeOf } from '../traffic/share.ts';
import { milliseconds } from './durations.ts';
import { type ExpandedStep, keysBelow, type WrittenAt } from './expand.ts';
import { lowerMatches, routeMatches } from './matches.ts';
import {
  duplicateRule,
  mirrorToItself,
  reservedRule,
  tooFine,
  totalNot100,
  unknownRule,
  unknownVersion,
} from './messages.ts';
import { type Nearest, nearestPercent, nearestSplit, type WrittenSplit } from './nearest.ts';
import type { Report } from './report.ts';

/** What rules are read against. */
export interface RuleScope {
  readonly versions: readonly string[];
  readonly rules: { readonly [name: string]: RuleSpec };
  readonly routePath: string;
  /** How fine the provider can split. */
  readonly fineness: Fineness;
  readonly report: Report;
}

/** The ordered rules of one step, its own traffic last. */
export function stepRules(
  { step, origin, writtenAt, ruleAt, weightOf }: ExpandedStep,
  scope: RuleScope,
): readonly Rule[] {
  const named = (step.rules ?? []).map((entry, index) => namedRule(entry, ruleAt(index), scope));
  const rules = named.flatMap(rule => (rule === undefined ? [] : [rule]));
  reportDuplicates(step.rules ?? [], ruleAt, scope);
  const matches = routeMatches(scope.routePath);
  return [
    ...rules,
    {
      name: 'default',
      matches,
      ...ruleTraffic({ ...step, ...(weightOf === undefined ? {} : { weightOf }) }, writtenAt, scope),
      origin,
    },
  ];
}

function namedRule(entry: string | InlineRuleSpec, origin: Path, scope: RuleScope): Rule | undefined {
  if (typeof entry !== 'string') return ruleOf(entry.name, entry, origin, scope);
  const spec = Object.hasOwn(scope.rules, entry) ? scope.rules[entry] : undefined;
  if (spec !== undefined) return ruleOf(entry, spec, ['spec', 'rules', entry], scope);
  scope.report(unknownRule({ path: origin }, { name: entry, known: Object.keys(scope.rules) }));
  return undefined;
}

/** One rule as written under `spec.rules` or inside a step. */
export function ruleOf(name: string, spec: RuleSpec, origin: Path, scope: RuleScope): Rule {
  if (name === 'default') scope.report(reservedRule({ path: origin, on: 'key' }, undefined));
  const matches = lowerMatches(spec.match, scope.routePath, [...origin, 'match'], scope.report);
  return {
    name,
    matches,
    ...ruleTraffic(spec, keysBelow(origin), scope),
    origin,
  };
}

interface TrafficSpec extends WrittenSplit {
  readonly mirror?: PercentSpec;
  readonly fault?: FaultSpec;
}

function ruleTraffic(spec: TrafficSpec, at: WrittenAt, scope: RuleScope): Pick<Rule, 'split' | 'mirror' | 'fault'> {
  const nearest = nearestSplit(spec, scope.fineness);
  const split = readSplit(spec.traffic, version => at('traffic', version), nearest, scope);
  const total = split.reduce((sum, portion) => sum + portion.share, 0);
  // Where the nearest split is known, what is written totals 100, and is only too fine.
  if (total !== WHOLE && nearest === undefined) {
    scope.report(
      totalNot100({ path: at('traffic') }, { total: printShare(total), versions: Object.keys(spec.traffic) }),
    );
  }
  const mirror = readSplit(spec.mirror ?? {}, version => at('mirror', version), undefined, scope);
  const whole = wholeOf(split);
  if (whole !== undefined && mirror.some(portion => portion.version === whole)) {
    scope.report(mirrorToItself({ path: at('mirror', whole), on: 'key' }, { version: whole }));
  }
  const fault = spec.fault === undefined ? {} : readFault(spec.fault, at('fault'), scope);
  return {
    split,
    mirror,
    ...(Object.keys(fault).length === 0 ? {} : { fault }),
  };
}

/** Shares by version. `whole` is what may be written instead of all of them; absent: each stands for itself. */
function readSplit(
  percents: PercentSpec,
  at: (version: string) => Path,
  whole: Nearest | undefined,
  { versions, report }: RuleScope,
): Split {
  const tooFineOnes = Object.keys(percents).filter(version => toShare(percents[version]!) === undefined);
  return Object.entries(percents)
    .map(([version, percent]) => {
      if (!versions.includes(version)) {
        report(unknownVersion({ path: at(version), on: 'key' }, { name: version, known: versions }));
      }
      const told = whole === undefined || version === tooFineOnes.at(-1);
      return { version, share: readPercent(percent, at(version), told ? report : () => {}, whole) };
    })
    .filter(portion => portion.share > 0)
    .sort((a, b) => naturally(a.version, b.version));
}

function readPercent(
  percent: number,
  path: Path,
  report: Report,
  nearest: Nearest = nearestPercent(percent, { step: 1 }),
): number {
  const share = toShare(percent);
  if (share === undefined) report(tooFine({ path }, { percent, nearest }));
  return share ?? Math.round(percent * 100);
}

/** A part that hits 0 % of the requests is no fault and is left out. */
function readFault(spec: FaultSpec, origin: Path, scope: RuleScope): Fault {
  const share = (part: 'delay' | 'abort'): number =>
    readPercent(spec[part]?.percent ?? DEFAULTS.faultPercent, [...origin, part, 'percent'], scope.report);
  const { delay, abort } = spec;
  const duration =
    delay === undefined ? 0 : milliseconds(delay.duration, [...origin, 'delay', 'duration'], scope.report);
  return {
    ...(delay === undefined || share('delay') === 0 ? {} : { delay: { duration, share: share('delay') } }),
    ...(abort === undefined || share('abort') === 0 ? {} : { abort: { status: abort.status, share: share('abort') } }),
  };
}

function reportDuplicates(
  entries: readonly (string | InlineRuleSpec)[],
  ruleAt: (index: number) => Path,
  scope: RuleScope,
): void {
  const names = entries.map(entry => (typeof entry === 'string' ? entry : entry.name));
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) scope.report(duplicateRule({ path: ruleAt(index) }, { name }));
  });
}
