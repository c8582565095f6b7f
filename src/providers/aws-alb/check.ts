import type { At, Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, NamedMatch, Rule, TextMatch } from '../../model/traffic.ts';
import { MOST_TARGET_GROUPS } from './capabilities.ts';
import { badHost, character, hostHeader, letters, needsHttps, tooLong, tooMany, tooManyVersions } from './messages.ts';
import { settingsOf } from './settings.ts';

/** What an ALB cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] =>
  distinct([
    ...checkHosts(plan),
    ...checkListeners(plan),
    ...[...new Set(plan.states.flatMap(state => state.rules))].flatMap(rule => checkRule(rule, plan)),
  ]);

/** Rules that several states hold in objects of their own say the same once. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map(finding => [JSON.stringify([finding.code, finding.at, finding.what]), finding])).values(),
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html */
const HOST = /^(?=.{1,128}$)(?:\*\.)?(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\.)+[a-z]+$/;

const checkHosts = ({ route: { hosts } }: Plan): readonly Finding[] =>
  hosts.filter(host => !HOST.test(host)).map(host => badHost({ path: ['spec', 'route', 'hosts'] }, { host }));

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-protocol-version */
function checkListeners(plan: Plan): readonly Finding[] {
  if (plan.ports[0]?.protocol !== 'grpc') return [];
  const { listenPorts, certificateArns } = settingsOf(plan);
  const secure =
    listenPorts === undefined
      ? certificateArns !== undefined
      : listenPorts.every(({ protocol }) => protocol === 'HTTPS');
  return secure ? [] : [needsHttps({ path: ['spec', 'ports'] }, undefined)];
}

/** Values that a rule compares at most: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const MOST_VALUES = 5;

function checkRule({ matches, split, origin }: Rule, { route: { hosts } }: Plan): readonly Finding[] {
  const at: At = { path: origin, on: 'key' };
  const most = MOST_TARGET_GROUPS;
  return [
    ...(split.length > most ? [tooManyVersions(at, { count: split.length, most })] : []),
    ...matches.flatMap(match => {
      const count = (hosts.length > 0 ? 1 : 0) + 1 + match.headers.length + (match.method === undefined ? 0 : 1);
      return [...(count > MOST_VALUES ? [tooMany(at, { count, most: MOST_VALUES })] : []), ...checkMatch(match, at)];
    }),
  ];
}

const checkMatch = ({ path, method, headers }: Match, at: At): readonly Finding[] => [
  ...(path === undefined ? [] : checkText(at, { what: 'The path', text: path, most: 128, allowed: PATHS })),
  ...(method === undefined ? [] : checkText(at, { what: 'The method', text: method, most: 40, allowed: METHODS })),
  ...headers.flatMap(header => checkHeader(header, at)),
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const PATHS = /[A-Za-z0-9_.$/~"'@:+-]/;
const METHODS = /[A-Z_-]/;
const PRINTED = /[!-)+->@-[\]-~ ]/;

function checkHeader({ name, text }: NamedMatch, at: At): readonly Finding[] {
  if (name === 'host') return [hostHeader(at, undefined)];
  const value = text.kind === 'present' ? '' : text.value;
  return [
    ...(name.length > 40 ? [tooLong(at, { what: 'The name of the header', value: name, most: 40 })] : []),
    ...(/[a-z]/i.test(value) ? [letters(at, { header: name, value })] : []),
    ...checkText(at, { what: `The value of the header ${name},`, text, most: 128, allowed: PRINTED }),
  ];
}

interface Limits {
  readonly what: string;
  readonly text: TextMatch;
  readonly most: number;
  /** One character. */
  readonly allowed: RegExp;
}

function checkText(at: At, { what, text, most, allowed }: Limits): readonly Finding[] {
  if (text.kind === 'present') return [];
  const { kind, value } = text;
  const other = [...value].find(one => !allowed.test(one));
  return [
    // A prefix ends with a wildcard.
    ...(value.length + (kind === 'prefix' ? 1 : 0) > most ? [tooLong(at, { what, value, most })] : []),
    ...(other === undefined ? [] : [character(at, { what, value, character: other })]),
  ];
}
