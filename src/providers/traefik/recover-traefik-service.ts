import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, onlyOf, show, strange, wholeOf } from '../../model/reading.ts';
import { headOf } from '../../model/reading-objects.ts';
import { type Share, WHOLE } from '../../model/traffic.ts';
import { type Reference, referenceAmong, referenceOf } from './recover-reference.ts';

/** Where requests go on to: by weight, and copies beside. */
export interface Sent {
  readonly members: readonly Reference[];
  readonly mirrors: readonly { readonly to: Reference; readonly share: Share }[];
}

/** A TraefikService; `sent` is undefined where it says nothing that is read here. */
export interface TraefikService {
  readonly namespace: string;
  readonly name: string;
  readonly sent: Sent | undefined;
  readonly spot: Spot;
}

/** The version of the API that Traefik 3 reads. */
export const TRAEFIK = { apiVersions: ['traefik.io/v1alpha1'] };

const SPEC = new Set(['weighted', 'mirroring']);

/** Reads a TraefikService; undefined, with a problem, where it cannot be named. */
export function readTraefikService(object: KubeObject, problems: string[]): TraefikService | undefined {
  const head = headOf(object, problems, TRAEFIK);
  if (head === undefined) return undefined;
  const { namespace, name } = head;
  const spot = into(head.spot, ' spec');
  const { weighted, mirroring } = fieldsOf(spot, head.spec, SPEC);
  if ((weighted === undefined) === (mirroring === undefined)) strange(spot, 'it wants one of weighted and mirroring');
  const sent =
    weighted !== undefined
      ? weightedOf(into(spot, '.weighted'), weighted, namespace)
      : mirroring !== undefined
        ? mirroringOf(into(spot, '.mirroring'), mirroring, namespace)
        : undefined;
  return { namespace, name, sent, spot: head.spot };
}

const WEIGHTED = new Set(['services']);

function weightedOf(spot: Spot, tree: Tree, home: string): Sent {
  const { services } = fieldsOf(spot, tree, WEIGHTED);
  return { members: membersOf(into(spot, '.services'), services, home), mirrors: [] };
}

/** References by weight, in the order written. */
export function membersOf(spot: Spot, tree: Tree, home: string): readonly Reference[] {
  const members = itemsOf(spot, tree).map((item, i) => referenceOf(into(spot, i), item, home));
  if (members.length === 0) strange(spot, 'requests have no destination');
  return members;
}

function mirroringOf(spot: Spot, tree: Tree, home: string): Sent {
  const [main, { mirrors, mirrorBody, maxBodySize }] = referenceAmong(spot, tree, home, [
    ...['mirrors', 'mirrorBody', 'maxBodySize'],
  ]);
  onlyOf(into(spot, '.mirrorBody'), mirrorBody, true);
  onlyOf(into(spot, '.maxBodySize'), maxBodySize, -1);
  const inMirrors = into(spot, '.mirrors');
  return {
    members: [main],
    mirrors: itemsOf(inMirrors, mirrors).map((item, i) => mirrorOf(into(inMirrors, i), item, home)),
  };
}

/** Without a percentage nothing is copied. https://github.com/traefik/traefik/blob/v3.7.9/pkg/server/service/loadbalancer/mirror/mirror.go */
function mirrorOf(spot: Spot, tree: Tree, home: string): Sent['mirrors'][number] {
  const [to, { percent: written }] = referenceAmong(spot, tree, home, ['percent']);
  const percent = wholeOf(into(spot, '.percent'), written) ?? 0;
  if (percent > 100) strange(into(spot, '.percent'), `${show(written)} is above 100`);
  return { to, share: Math.min(percent * 100, WHOLE) };
}
