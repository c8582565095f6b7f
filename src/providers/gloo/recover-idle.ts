import { quote } from '../../diagnostics/wording.ts';
import { strange } from '../../model/reading.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { targetOf } from '../../model/reading-shares.ts';
import type { Destination } from './recover-destination.ts';
import { type Cluster, keyOf, sharesIn, splitIn, upstreamEnds } from './recover-ends.ts';
import type { Routes } from './recover-routes.ts';
import type { Upstream } from './recover-upstream.ts';

/** Holds what no request tells against what the next routes will go by; `app` is the Service that clients call, if it is there. */
export function checkIdle(cluster: Cluster, routes: Routes, app: string | undefined): void {
  checkProtocols(cluster);
  checkGroups(cluster, routes);
  const asked = askedBy(cluster, routes);
  for (const [key, upstream] of cluster.upstreams)
    if (!asked.has(key)) checkName(cluster, upstream, app ?? routes.name);
  checkTable(cluster, routes, app);
}

/** No route says what an unused Upstream is for, so its name must. */
function checkName(cluster: Cluster, upstream: Upstream, app: string): void {
  const target = targetOf(upstreamEnds(cluster, upstream));
  if ('version' in target && upstream.name === `${app}-${target.version}`) return;
  strange(upstream.spot, 'no route uses it, and it is not named after the version that it leads to');
}

/** A parent finds a table by its name, which is that of the application. */
function checkTable({ upstreams }: Cluster, { kind, name, spot }: Routes, app: string | undefined): void {
  if (kind !== 'RouteTable') return;
  const isOurs =
    app === undefined ? [...upstreams.values()].every(({ name: own }) => own.startsWith(`${name}-`)) : name === app;
  if (!isOurs) strange(spot, 'a parent would not find it under this name');
}

/** A group whose rule is off stands by with one version that the last route sends requests to. */
function checkGroups(cluster: Cluster, { list }: Routes): void {
  const used = new Set(list.map(({ action }) => (action.kind === 'group' ? keyOf(action.group) : '')));
  const last = list.at(-1);
  const rest = new Set((last === undefined ? [] : splitIn(cluster, last)).map(({ target }) => JSON.stringify(target)));
  for (const [key, group] of cluster.groups) {
    if (used.has(key)) continue;
    const split = sharesIn(cluster, group.destinations);
    if (split.length !== 1 || !rest.has(JSON.stringify(split[0]!.target)))
      strange(group.spot, 'no route uses it, and it does not lead to one version of the last route');
  }
}

/** Keys of the Upstreams that some request, or a copy of one, is sent to. */
function askedBy({ groups }: Cluster, { list }: Routes): ReadonlySet<string> {
  const upstream = (destination: Destination | undefined): readonly string[] =>
    destination?.kind === 'upstream' ? [keyOf(destination.upstream)] : [];
  return new Set(
    list.flatMap(({ action, copied }) => [
      ...(copied === undefined ? [] : [keyOf(copied.upstream)]),
      ...(action.kind === 'group'
        ? (groups.get(keyOf(action.group))?.destinations ?? [])
        : action.destinations
      ).flatMap(({ destination }) => upstream(destination)),
    ]),
  );
}

/** Pods are spoken to in the protocol of their port; those of a Service that is not known, in that of all others. */
function checkProtocols({ upstreams, services }: Cluster): void {
  const known = [...upstreams.values()].map(upstream => ({
    upstream,
    http2: isHttp2(services.get(keyOf(upstream.service)), upstream.service.port) ?? upstream.http2,
  }));
  for (const { upstream, http2 } of known) {
    if (upstream.http2 !== http2) strange(upstream.spot, 'it does not speak the protocol of the port');
    if (http2 !== known[0]?.http2)
      strange(upstream.spot, `it does not speak as ${quote(known[0]!.upstream.name)} does`);
  }
}

function isHttp2(service: CoreService | undefined, number: number | undefined): boolean | undefined {
  const port = service?.ports.find(({ port }) => port === number);
  return port && (port.protocol === 'http2' || port.protocol === 'grpc');
}
