import type { At, Finding } from '../../diagnostics/finding.ts';
import type { Plan, State } from '../../model/plan.ts';
import { checkMoves } from './check-moves.ts';
import {
  badHost,
  hashName,
  headerName,
  headerValue,
  http2,
  oneHeader,
  pathCharacter,
  retired,
  ruleToMain,
  thirdVersion,
  tlsNeedsHosts,
} from './messages.ts';
import { headerOf, rolesOf } from './roles.ts';
import { settingsOf } from './settings.ts';

/** What ingress-nginx cannot say exactly although it has the feature, and that it is retired. */
export function check(plan: Plan): readonly Finding[] {
  const rules = plan.states.flatMap(checkRule);
  return distinct([
    retired({ path: ['spec', 'provider'] }, undefined),
    ...checkRoute(plan),
    ...rules,
    // What the moves are between is known only where each state can be said.
    ...(rules.length > 0 ? [] : checkMoves(plan)),
  ]);
}

/** States that share a rule say the same of it once. */
const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map(finding => [JSON.stringify([finding.code, finding.at]), finding])).values(),
];

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards */
const HOST = /^(?:\*\.)?[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;
/** https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/inspector/rules.go */
const PATH = /^\/[-A-Za-z0-9._/]*$/;

function checkRoute(plan: Plan): readonly Finding[] {
  const { hosts, loadBalancing } = plan.route;
  const [port] = plan.ports;
  const path = plan.states[0]?.rules.at(-1)?.matches[0]?.path;
  const value = path === undefined || path.kind === 'present' ? '/' : path.value;
  const names = loadBalancing?.kind === 'hash' ? [loadBalancing] : [];
  return [
    ...hosts.filter(host => !HOST.test(host)).map(host => badHost({ path: ['spec', 'route', 'hosts'] }, { host })),
    ...(PATH.test(value) ? [] : [pathCharacter({ path: ['spec', 'route', 'path'] }, { path: value })]),
    ...(port?.protocol === 'http2' ? [http2({ path: ['spec', 'ports'] }, { port: port.name })] : []),
    ...(settingsOf(plan).tlsSecret !== undefined && hosts.length === 0
      ? [tlsNeedsHosts({ path: ['spec', 'nginx', 'tlsSecret'] }, undefined)]
      : []),
    ...names
      .filter(({ by, name }) => !(by === 'header' ? /^[-a-z0-9]+$/ : /^[A-Za-z0-9_]+$/).test(name))
      .map(({ name }) => hashName({ path: ['spec', 'route', 'loadBalancing'] }, { name })),
  ];
}

function checkRule(state: State): readonly Finding[] {
  const [named] = state.rules.slice(0, -1);
  if (named === undefined) return [];
  const at: At = { path: named.origin, on: 'key' };
  const header = headerOf(named);
  if (header === undefined) return [oneHeader(at, { rule: named.name })];
  const { main, canary } = rolesOf(state);
  const version = named.split[0]?.version ?? main;
  return [
    ...(/^[-a-z0-9]+$/.test(header.name) ? [] : [headerName(at, header)]),
    ...(/^[-._~/:A-Za-z0-9]+$/.test(header.value) ? [] : [headerValue(at, header)]),
    ...(version === main ? [ruleToMain(at, { rule: named.name, main })] : []),
    ...(version === main || version === canary ? [] : [thirdVersion(at, { rule: named.name, version, canary })]),
  ];
}
