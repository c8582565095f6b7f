import type { Json } from '../../model/kubernetes.ts';
import { versionName } from '../../model/labels.ts';
import type { LoadBalancing, Plan, State } from '../../model/plan.ts';
import type { Rule, Split } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { serviceOf } from '../version-services.ts';
import { mappingName, namedHosts, type Place, seconds } from './names.ts';
import { inPrecedence, type Line } from './precedence.ts';

type JsonObject = { readonly [key: string]: Json };

/** A Mapping, whatever form it is written in. */
export interface Mapping {
  readonly name: string;
  /** The version that it leads to. */
  readonly version: string;
  readonly host: string;
  /** For metrics. */
  readonly stats: string;
  /** Everything but the name and the host. */
  readonly fields: JsonObject;
}

/** Every Mapping of a state: one for each version, match and host, and a shadow where requests are mirrored. */
export function mappingsOf(plan: Plan, state: State): readonly Mapping[] {
  const { rules } = state;
  const matches = rules.map(rule => (rule.matches.length === 0 ? [EVERYTHING] : rule.matches));
  const lines = inPrecedence(matches.flat());
  let next = 0;
  const placed = rules.map((rule, i) => ({ rule, lines: matches[i]!.map(() => lines[next++]!) }));
  return namedHosts(plan.route.hosts).flatMap(([host, words]) =>
    placed.flatMap(({ rule, lines: own }) =>
      own.flatMap((line, index) =>
        group(plan, state, { rule, line, host, place: { rule: rule.name, index, host: words } }),
      ),
    ),
  );
}

interface Group {
  readonly rule: Rule;
  readonly line: Line;
  readonly host: string;
  readonly place: Place;
}

function group(plan: Plan, state: State, { rule, line, host, place }: Group): readonly Mapping[] {
  const mapping = (who: string, version: string, more: JsonObject): Mapping => ({
    name: mappingName(plan, place, who),
    version,
    host,
    stats: more['shadow'] === true ? `${versionName(plan, version)}-shadow` : versionName(plan, version),
    fields: {
      ...line.fields,
      ...(line.precedence === 0 ? {} : { precedence: line.precedence }),
      ...target(plan, version),
      ...more,
      ...treatment(plan),
    },
  });
  const isDefault = rule === state.rules.at(-1);
  return [
    ...(isDefault ? ofDefault(state) : ofRule(rule.split, state.rest)).map(({ version, weight }) =>
      mapping(version, version, weight === undefined ? {} : { weight }),
    ),
    ...rule.mirror.map(({ version, share }) => mapping('shadow', version, { weight: share / 100, shadow: true })),
  ];
}

interface Member {
  readonly version: string;
  /** Absent: what the others leave. */
  readonly weight?: number;
}

/** Every running version is a member, so that a hop raises and lowers weights only. */
function ofDefault({ rules, running, rest }: State): readonly Member[] {
  const { split } = rules.at(-1)!;
  return running.map(({ version }) => {
    if (version === rest) return { version };
    return { version, weight: (split.find(one => one.version === version)?.share ?? 0) / 100 };
  });
}

/** The stable version takes the rest where it is one of several, else the first. */
function ofRule(split: Split, rest: string | undefined): readonly Member[] {
  const remainder = split.find(({ version }) => version === rest) ?? split[0];
  return split.map(one =>
    one === remainder ? { version: one.version } : { version: one.version, weight: one.share / 100 },
  );
}

function target(plan: Plan, version: string): JsonObject {
  const [port] = plan.ports;
  const service = serviceOf(plan, plan.versions.find(({ name }) => name === version)!);
  const resolver = plan.options['resolver'];
  return {
    // The matched prefix is kept; by itself Emissary replaces it by a slash.
    rewrite: plan.route.rewrite ?? '',
    service: `${service}.${plan.namespace}:${port!.port}`,
    ...(port!.protocol === 'grpc' || port!.protocol === 'http2' ? { grpc: true } : {}),
    ...(resolver === undefined ? {} : { resolver }),
  };
}

/** By itself Emissary waits for three seconds; 0 is for ever. */
function treatment({ route: { timeout = 0, retries, circuitBreaker, loadBalancing } }: Plan): JsonObject {
  return {
    timeout_ms: timeout,
    ...(retries === undefined
      ? {}
      : {
          retry_policy: {
            retry_on: retries.retryOn.join(','),
            num_retries: retries.attempts,
            ...(retries.perTryTimeout === undefined ? {} : { per_try_timeout: seconds(retries.perTryTimeout) }),
          },
        }),
    ...(circuitBreaker === undefined ? {} : { circuit_breakers: [breaker(circuitBreaker)] }),
    ...(loadBalancing === undefined ? {} : { load_balancer: balancer(loadBalancing) }),
  };
}

const breaker = ({
  maxConnections,
  maxPendingRequests,
  maxRequests,
}: NonNullable<Plan['route']['circuitBreaker']>): JsonObject => ({
  priority: 'default',
  ...(maxConnections === undefined ? {} : { max_connections: maxConnections }),
  ...(maxPendingRequests === undefined ? {} : { max_pending_requests: maxPendingRequests }),
  ...(maxRequests === undefined ? {} : { max_requests: maxRequests }),
});

function balancer(balancing: LoadBalancing): JsonObject {
  if (balancing.kind !== 'hash')
    return { policy: balancing.kind === 'least-request' ? 'least_request' : 'round_robin' };
  const { by, name } = balancing;
  return { policy: 'ring_hash', ...(by === 'header' ? { header: name } : { cookie: { name, path: '/', ttl: '0s' } }) };
}
