import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { Ends } from '../../model/reading-shares.ts';
import { nowhere } from '../../model/reading-shares.ts';
import type { Destination, Follower, Mesh } from './recover-mesh.ts';
import { reach } from './recover-mesh.ts';

/** The VirtualService that a route is read from, and what its names are resolved against. */
export interface Origin extends Follower {
  readonly mesh: Mesh;
}

const DESTINATION = new Set(['host', 'subset', 'port']);
const PORT = new Set(['number']);

/** Reads a `destination`; undefined, with a problem, where it names no host. */
export function destinationOf(spot: Spot, tree: Tree): Destination | undefined {
  const fields = fieldsOf(spot, tree, DESTINATION);
  const host = textOf(into(spot, '.host'), fields.host);
  const subset = textOf(into(spot, '.subset'), fields.subset);
  const port = fields.port === undefined ? undefined : portOf(into(spot, '.port'), fields.port);
  if (subset === '' || port === 0) strange(spot, 'Istio reads an empty subset or a port 0 as none');
  if (host === undefined) strange(spot, 'it names no host');
  return host === undefined ? undefined : { host, subset: subset || undefined, port: port || undefined, spot };
}

const portOf = (spot: Spot, tree: Tree): number | undefined =>
  wholeOf(into(spot, '.number'), fieldsOf(spot, tree, PORT).number);

/** Where requests to a destination end. Asked only where some are sent, because it notes what they need. */
export const endsIn = (destination: Destination | undefined, origin: Origin): Ends =>
  destination === undefined ? nowhere('no host is named') : reach(origin.mesh, destination, origin);
