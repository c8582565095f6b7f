import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Retries } from '../../model/plan.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, objectSpot, onlyOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { RecoveredPolicy } from '../../model/recovered.ts';
import type { Match } from '../../model/traffic.ts';
import { conditionsOf, isTrue, matchOf } from './recover-match.ts';
import { groupId, type Placing } from './recover-order.ts';
import { circuitBreakerOf, loadBalancingOf, retriesOf } from './recover-treatment.ts';

/** A Mapping, in whatever form it was written. */
export interface Mapping {
  readonly name: string;
  readonly placing: Placing;
  readonly group: string;
  readonly match: Match;
  /** Absent: what the others of its group leave. */
  readonly weight?: number;
  readonly shadow: boolean;
  /** Whether it speaks HTTP/2, as gRPC does. */
  readonly grpc: boolean;
  /** Absent: it names no Service of the cluster. */
  readonly backend?: BackendRef;
  /** Milliseconds; absent: none. */
  readonly timeout?: number;
  readonly retries?: Retries;
  /** The empty text: the path is kept. */
  readonly rewrite: string;
  readonly policy: RecoveredPolicy;
  /** Settings that Emissary wants the same in the whole group. */
  readonly agreed: string;
  readonly spot: Spot;
}

const COMMON = [
  ...['prefix', 'prefix_exact', 'prefix_regex', 'method', 'method_regex', 'headers', 'regex_headers'],
  ...['query_parameters', 'regex_query_parameters', 'precedence', 'rewrite', 'service', 'grpc', 'resolver', 'weight'],
  ...['shadow', 'timeout_ms', 'retry_policy', 'circuit_breakers', 'load_balancer'],
];
const V3 = new Set([...COMMON, 'hostname', 'stats_name']);
const V2 = new Set([...COMMON, 'host']);
const FLAT = new Set([...V2, 'apiVersion', 'kind', 'name', 'hostname', 'stats_name']);

const DIALECT = { apiVersions: ['getambassador.io/v3alpha1', 'getambassador.io/v2'] };

/** Reads a Mapping that is an object; undefined, with a problem, where it cannot be named. */
export function readMapping(object: KubeObject, problems: string[]): Mapping | undefined {
  const head = headOf(object, problems, DIALECT);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const isV3 = object.apiVersion.endsWith('/v3alpha1');
  const fields = fieldsOf(spot, head.spec, isV3 ? V3 : V2);
  if (isV3 && (fields['hostname'] === undefined || fields['hostname'] === ''))
    strange(spot, 'without a hostname no Host serves it');
  return mapping(spot, head.name, head.namespace, fields);
}

/** Versions whose documents an annotation may hold; v0 is read by none: https://github.com/emissary-ingress/emissary/blob/v4.1.0/pkg/snapshot/v1/annotations.go */
const FLAT_VERSIONS = ['v1', 'v2', 'v3alpha1'].flatMap(version => [
  `ambassador/${version}`,
  `getambassador.io/${version}`,
]);

/** Reads a Mapping that is a document of an annotation of a Service. */
export function readFlatMapping(up: Spot, tree: Tree, namespace: string): Mapping | undefined {
  const { kind, name, apiVersion } = fieldsOf(
    up,
    tree,
    new Set(typeof tree === 'object' && tree !== null ? Object.keys(tree) : []),
  );
  const spot = objectSpot(`Mapping ${typeof name === 'string' ? name : '?'}`, up.problems);
  const fields = fieldsOf(spot, tree, FLAT);
  if (typeof apiVersion !== 'string' || !FLAT_VERSIONS.includes(apiVersion))
    strange(spot, `apiVersion ${show(apiVersion)} is unknown`);
  if (kind !== 'Mapping' || typeof name !== 'string' || name === '')
    return void strange(spot, 'it is no Mapping with a name');
  return mapping(spot, name, namespace, fields);
}

/** By itself Emissary waits so long for an answer. */
const DEFAULT_TIMEOUT = 3000;

function mapping(spot: Spot, name: string, namespace: string, fields: Fields): Mapping {
  const host = textOf(into(spot, '.hostname'), fields['hostname']) ?? textOf(into(spot, '.host'), fields['host']) ?? '';
  if (fields['host'] === '') strange(into(spot, '.host'), 'an empty host says nothing');
  const conditions = conditionsOf(spot, fields);
  const precedence = wholeOf(into(spot, '.precedence'), fields['precedence']) ?? 0;
  const placing = { ...conditions, host: host === '' ? '*' : host, precedence };
  const weight = wholeOf(into(spot, '.weight'), fields['weight']);
  const timeout = wholeOf(into(spot, '.timeout_ms'), fields['timeout_ms']) ?? DEFAULT_TIMEOUT;
  const retries = retriesOf(into(spot, '.retry_policy'), fields['retry_policy']);
  const backend = backendOf(into(spot, '.service'), fields['service'], namespace);
  onlyOf(into(spot, '.grpc'), fields['grpc'], true);
  return {
    ...{
      name,
      placing,
      group: groupId(placing),
      match: matchOf(spot, conditions),
      shadow: isTrue(spot, fields, 'shadow'),
    },
    grpc: fields['grpc'] === true,
    ...(weight === undefined ? {} : { weight }),
    ...(backend === undefined ? {} : { backend }),
    ...(timeout === 0 ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries }),
    rewrite: textOf(into(spot, '.rewrite'), fields['rewrite']) ?? '/',
    policy: policyOf(spot, fields),
    agreed: agreedOf(fields, conditions.kind),
    spot,
  };
}

function policyOf(spot: Spot, fields: Fields): RecoveredPolicy {
  const loadBalancing = loadBalancingOf(into(spot, '.load_balancer'), fields['load_balancer'], fields);
  const circuitBreaker = circuitBreakerOf(into(spot, '.circuit_breakers'), fields['circuit_breakers']);
  return {
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
    ...(circuitBreaker === undefined ? {} : { circuitBreaker }),
  };
}

/** https://github.com/emissary-ingress/emissary/blob/v4.1.0/python/ambassador/ir/irhttpmappinggroup.py `CoreMappingKeys` */
const AGREED = ['headers', 'regex_headers', 'method', 'method_regex', 'query_parameters', 'regex_query_parameters'];

const agreedOf = (fields: Fields, kind: string): string =>
  JSON.stringify([kind, ...[...AGREED, 'circuit_breakers', 'load_balancer'].map(field => fields[field] ?? null)]);

const SERVICE = /^(?:http:\/\/)?([^.:/]+)(?:\.([^.:/]+)(?:\.svc(?:\.cluster\.local)?)?)?(?::(\d{1,5}))?$/;

/** `[scheme://]name[.namespace][:port]`; a name alone is one of the Mapping's namespace. */
function backendOf(spot: Spot, tree: Tree, home: string): BackendRef | undefined {
  const text = textOf(spot, tree);
  if (text === undefined) return void strange(spot, 'it leads nowhere');
  const [, name, namespace = home, port = '80'] = SERVICE.exec(text) ?? [];
  if (name === undefined) return void strange(spot, `${quote(text)} is no Service of this cluster`);
  return { namespace, name, port: Number(port) };
}
