import type { Finding } from '../../diagnostics/finding.ts';
import type { Plan } from '../../model/plan.ts';
import type { Match, Rule } from '../../model/traffic.ts';
import { isAtLeast } from '../../model/version-number.ts';
import { everyHost, gatewayPorts, hostOverlap, notAHeader, subsetsOfServices, tooOld } from './messages.ts';

/** Names that a header condition of Istio leaves out: https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest */
const NOT_HEADERS = ['uri', 'scheme', 'method', 'authority'];

/** What Istio cannot say exactly although it has the feature. */
export const check = (plan: Plan): readonly Finding[] => [
  ...checkVersion(plan),
  ...checkOptions(plan),
  ...checkPorts(plan),
  ...checkHosts(plan),
  ...rulesOf(plan).flatMap(rule => rule.matches.flatMap(match => checkMatch(match, rule))),
];

/** `networking.istio.io/v1` is served from here on: https://istio.io/latest/news/releases/1.22.x/announcing-1.22/ */
const OLDEST = '1.22';

function checkVersion({ cluster }: Plan): readonly Finding[] {
  const { version } = (cluster['istio'] ?? {}) as { readonly version?: string };
  if (version === undefined || isAtLeast(version, OLDEST)) return [];
  return [tooOld({ path: ['cluster', 'istio', 'version'] }, { version, oldest: OLDEST })];
}

function checkHosts({ route: { hosts } }: Plan): readonly Finding[] {
  const at = { path: ['spec', 'route', 'hosts'] };
  const wide = hosts.filter(host => host.startsWith('*.'));
  const overlaps = wide.flatMap(w =>
    hosts.filter(host => host !== w && host.endsWith(w.slice(1))).map(host => hostOverlap(at, { wide: w, host })),
  );
  return [...hosts.filter(host => host === '*').map(host => everyHost(at, { host })), ...overlaps];
}

const rulesOf = (plan: Plan): readonly Rule[] => [...new Set(plan.states.flatMap(state => state.rules))];

function checkOptions(plan: Plan): readonly Finding[] {
  if (plan.options['versions'] !== 'subsets') return [];
  return plan.versions
    .filter(version => version.kind === 'service')
    .map(version => subsetsOfServices({ path: version.origin, on: 'key' }, { version: version.name }));
}

const checkPorts = (plan: Plan): readonly Finding[] =>
  plan.ports.length > 1 && plan.route.gateways.some(gateway => gateway !== 'mesh')
    ? [gatewayPorts({ path: ['spec', 'route', 'gateways'] }, undefined)]
    : [];

function checkMatch(match: Match, rule: Rule): readonly Finding[] {
  const at = { path: rule.origin, on: 'key' } as const;
  return [
    ...match.headers.filter(({ name }) => NOT_HEADERS.includes(name)).map(({ name }) => notAHeader(at, { name })),
  ];
}
