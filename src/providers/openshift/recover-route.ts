import type { KubeObject } from '../../model/kubernetes.ts';
import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, textOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { Match } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { segmentPrefix } from '../../traffic/path.ts';
import { ordersOf, READ } from './recover-annotations.ts';

/** A Route, its Services not followed yet. */
export interface Route {
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  /** Empty: every request to the host. */
  readonly matches: readonly Match[];
  /** In the order written, those of weight 0 too. */
  readonly backends: readonly Backend[];
  /** Name or number; absent: every port that pods have. */
  readonly port?: string;
  /** Protocols by which requests come in. */
  readonly entrances: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly rewrite?: string;
  readonly spot: Spot;
}

/** A Service and its weight among the others. */
export interface Backend {
  readonly service: string;
  readonly weight: number;
}

const ROUTE = { apiVersions: ['route.openshift.io/v1'], labels: READ };
const SPEC = new Set(['host', 'path', 'to', 'alternateBackends', 'port', 'tls', 'wildcardPolicy']);
const PORT = new Set(['targetPort']);

/** Reads a Route; undefined, with a problem, where it cannot be named. */
export function readRoute(object: KubeObject, problems: string[]): Route | undefined {
  const head = headOf(object, problems, ROUTE);
  if (head === undefined) return undefined;
  const { name, namespace } = head;
  const spot = into(head.spot, ' spec');
  const spec = fieldsOf(spot, head.spec, SPEC);
  const host = textOf(into(spot, '.host'), spec['host']) ?? '';
  if (host === '') strange(spot, 'the cluster chooses its host');
  onlyOf(into(spot, '.wildcardPolicy'), spec['wildcardPolicy'], 'None');
  if (spec['wildcardPolicy'] === '') strange(spot, 'its wildcardPolicy is empty');
  const path = pathOf(into(spot, '.path'), spec['path']);
  const orders = ordersOf(head.spot, object);
  checkRewrite(spot, path, orders.rewrite);
  const port = portOf(into(spot, '.port'), spec['port']);
  return {
    ...{ name, namespace, host, spot: head.spot, ...orders },
    matches: segmentPrefix(path).flatMap(found => (found === undefined ? [] : [{ ...EVERYTHING, path: found }])),
    backends: backendsOf(spot, spec),
    ...(port === undefined ? {} : { port }),
    entrances: entrancesOf(into(spot, '.tls'), spec['tls']),
  };
}

/** By whole segments: https://github.com/openshift/router/blob/master/pkg/router/template/util/util.go (GenerateRouteRegexp) */
function pathOf(spot: Spot, tree: Tree): string {
  const path = textOf(spot, tree) ?? '/';
  if (!path.startsWith('/')) strange(spot, `${show(path)} is no path`);
  return path;
}

/** The router replaces the text of the path by the other text, and for `/` a slash behind it too. */
function checkRewrite(spot: Spot, path: string, rewrite: string | undefined): void {
  if (rewrite === undefined || rewrite === '/') return;
  if (!path.endsWith('/') || !rewrite.endsWith('/')) strange(spot, 'path and rewrite do not both end with a slash');
}

function portOf(spot: Spot, tree: Tree): string | undefined {
  const { targetPort } = fieldsOf(spot, tree, PORT);
  if (typeof targetPort === 'string' || typeof targetPort === 'number') return String(targetPort);
  if (tree !== undefined) strange(spot, `${show(targetPort)} names no port`);
  return undefined;
}

function backendsOf(spot: Spot, spec: Fields): readonly Backend[] {
  const others = into(spot, '.alternateBackends');
  const items = itemsOf(others, spec['alternateBackends']);
  if (items.length > 3) strange(others, 'a Route takes 3 others at most');
  const backends = [
    ...(spec['to'] === undefined ? [] : [backendOf(into(spot, '.to'), spec['to'])]),
    ...items.map((item, i) => backendOf(into(others, i), item)),
  ];
  if (spec['to'] === undefined) strange(spot, 'it leads nowhere');
  if (new Set(backends.map(({ service }) => service)).size < backends.length)
    strange(spot, 'one Service is named twice');
  return backends;
}

const BACKEND = new Set(['kind', 'name', 'weight']);
/** The API server's, where none is written. */
const DEFAULT_WEIGHT = 100;

function backendOf(spot: Spot, tree: Tree): Backend {
  const { kind, name, weight = DEFAULT_WEIGHT } = fieldsOf(spot, tree, BACKEND);
  onlyOf(into(spot, '.kind'), kind, 'Service');
  const service = textOf(into(spot, '.name'), name) ?? '';
  if (service === '') strange(spot, 'it names no Service');
  if (typeof weight === 'number' && Number.isSafeInteger(weight) && weight >= 0 && weight <= 256)
    return { service, weight };
  strange(into(spot, '.weight'), `${show(weight)} is no whole number between 0 and 256`);
  return { service, weight: 0 };
}

const TLS = new Set(['termination', 'insecureEdgeTerminationPolicy']);
const PLAIN: ReadonlyMap<Tree, readonly string[]> = new Map([
  ['None', []],
  ['Allow', ['http']],
  ['Redirect', ['http to https']],
]);

function entrancesOf(spot: Spot, tree: Tree): readonly string[] {
  if (tree === undefined) return ['http'];
  const { termination, insecureEdgeTerminationPolicy: policy = 'None' } = fieldsOf(spot, tree, TLS);
  if (termination !== 'edge') strange(into(spot, '.termination'), `${show(termination)} is not read here`);
  const plain = PLAIN.get(policy);
  if (plain === undefined) strange(into(spot, '.insecureEdgeTerminationPolicy'), `${show(policy)} is unknown`);
  return [...(plain ?? []), 'https'];
}
