import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf } from '../../model/reading.ts';
import { goMilliseconds } from '../../model/reading-durations.ts';
import { headOf } from '../../model/reading-objects.ts';
import type { Match } from '../../model/traffic.ts';
import { EVERYTHING } from '../../traffic/clauses.ts';
import { type Sent, sentOf } from './recover-backends.ts';
import { type Asked, askedOf, type Path } from './recover-match.ts';
import { inRealOrder } from './recover-order.ts';
import { type Plugins, pluginsOf } from './recover-plugins.ts';

/** What an ApisixRoute says, not followed to pods yet. */
export interface ApisixRoute {
  /** Absent: the default class of the cluster. */
  readonly ingressClassName: string | undefined;
  /** In the order in which APISIX tries them. */
  readonly pieces: readonly Piece[];
  readonly spot: Spot;
}

/** One path of a route. */
export interface Piece {
  readonly path: Path;
  /** Empty: every request. */
  readonly matches: readonly Match[];
  readonly route: Route;
}

/** One route of an ApisixRoute. */
export interface Route extends Asked, Plugins {
  /** The higher number goes first, among routes of one path. */
  readonly priority: number;
  readonly sent: readonly Sent[];
  readonly spot: Spot;
}

const APISIX = { apiVersions: ['apisix.apache.org/v2'] };
const SPEC = new Set(['ingressClassName', 'http']);

/** Reads an ApisixRoute; undefined, with a problem, where it cannot be named. */
export function readApisixRoute(object: KubeObject, problems: string[]): ApisixRoute | undefined {
  const head = headOf(object, problems, APISIX);
  if (head === undefined) return undefined;
  const spot = into(head.spot, ' spec');
  const fields = fieldsOf(spot, head.spec, SPEC);
  const ingressClassName = textOf(into(spot, '.ingressClassName'), fields['ingressClassName']);
  if (ingressClassName === '') strange(spot, 'its class has no name');
  const inRoutes = into(spot, '.http');
  const names = new Set<string>();
  const routes = itemsOf(inRoutes, fields['http']).map((item, i) => {
    const { name, ...route } = routeOf(into(inRoutes, i), item, head.namespace);
    if (name === '' || names.has(name)) strange(route.spot, `${show(name)} is no name of its own`);
    names.add(name);
    return route;
  });
  if (routes.length === 0) strange(spot, 'it has no routes');
  return { ingressClassName, pieces: inRealOrder(routes.flatMap(piecesOf)), spot: head.spot };
}

const piecesOf = (route: Route): readonly Piece[] =>
  route.paths.map(path => {
    const matches = route.matches.map(match =>
      path.kind === 'prefix' && path.value === '/' ? match : { ...match, path },
    );
    const everything = matches.some(match => JSON.stringify(match) === JSON.stringify(EVERYTHING));
    return { path, matches: everything ? [] : matches, route };
  });

const ROUTE = new Set(['name', 'priority', 'match', 'timeout', 'backends', 'plugins']);

function routeOf(spot: Spot, tree: Tree, namespace: string): Route & { readonly name: string } {
  const fields = fieldsOf(spot, tree, ROUTE);
  const { priority = 0 } = fields;
  if (!Number.isSafeInteger(priority)) strange(into(spot, '.priority'), `${show(priority)} is no whole number`);
  expectPatience(into(spot, '.timeout'), fields['timeout']);
  return {
    name: textOf(into(spot, '.name'), fields['name']) ?? '',
    priority: Number(priority),
    ...askedOf(into(spot, '.match'), fields['match']),
    sent: sentOf(into(spot, '.backends'), fields['backends'], namespace),
    ...pluginsOf(into(spot, '.plugins'), fields['plugins']),
    spot,
  };
}

const TIMEOUT = new Set(['connect', 'send', 'read']);
const DAY = 86_400_000;

/** Parts of a second count for nothing, and nothing left is 60 s. Waits of a day are no limit to any request. */
function expectPatience(spot: Spot, tree: Tree): void {
  const fields = fieldsOf(spot, tree, TIMEOUT);
  for (const wait of ['connect', 'send', 'read']) {
    const text = textOf(into(spot, `.${wait}`), fields[wait]) ?? '60s';
    const found = goMilliseconds(text);
    if (found === undefined || found < 1000) strange(into(spot, `.${wait}`), `${show(text)} is no duration of seconds`);
    else if (wait !== 'connect' && found < DAY)
      strange(into(spot, `.${wait}`), `requests end where one wait takes more than ${text}`);
  }
}
