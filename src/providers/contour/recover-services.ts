import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, isMap, itemsOf, onlyOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import type { Share } from '../../model/traffic.ts';
import { WHOLE } from '../../model/traffic.ts';

/** Some requests of a route, on their way to a Service. */
export interface Sent {
  readonly to: BackendRef;
  readonly weight: number;
  readonly protocol: string | undefined;
}

/** Copies of requests of a route, each drawn by itself. */
export interface Copied extends Omit<Sent, 'weight'> {
  readonly share: Share;
}

/** What a list of services says: parts of the requests, and copies. */
export interface Services {
  readonly sent: readonly Sent[];
  readonly copied: readonly Copied[];
}

const SERVICE = new Set(['name', 'port', 'weight', 'mirror', 'protocol']);

/** Weights are relative; all of them 0, they are alike. A mirror's weight is a percent, and 0 is all. */
export function servicesOf(spot: Spot, tree: Tree, namespace: string): Services {
  const sent: Sent[] = [];
  const copied: Copied[] = [];
  const items = itemsOf(spot, tree);
  const lone = items.filter(item => !isMap(item) || item['mirror'] !== true).length === 1;
  items.forEach((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, SERVICE);
    const weight = wholeOf(into(at, '.weight'), fields['weight']) ?? 0;
    const to = { namespace, name: nameOf(at, item), port: wholeOf(into(at, '.port'), fields['port']) };
    if (to.port === undefined || to.port < 1 || to.port > 65_535) strange(at, 'Contour wants a port from 1 to 65535');
    const protocol = textOf(into(at, '.protocol'), fields['protocol']);
    if (protocol !== undefined && protocol !== 'h2c') strange(at, `${show(protocol)} is no protocol that is read here`);
    if (fields['mirror'] === true) copied.push({ to, share: copiesOf(at, weight, fields['weight']), protocol });
    else {
      onlyOf(into(at, '.mirror'), fields['mirror'], false);
      const written = fields['weight'] ?? 100;
      // Nothing is left to others, whatever it says.
      if (lone && written !== 100) strange(into(at, '.weight'), 'that of a lone Service counts for nothing');
      sent.push({ to, weight, protocol });
    }
  });
  if (copied.length > 1) strange(spot, 'Contour refuses a second mirror');
  if (sent.length === 0) strange(spot, 'requests have no destination');
  const even = sent.every(({ weight }) => weight === 0);
  return { sent: even ? sent.map(one => ({ ...one, weight: 1 })) : sent.filter(({ weight }) => weight > 0), copied };
}

function nameOf(spot: Spot, tree: Tree): string {
  const name = isMap(tree) ? textOf(into(spot, '.name'), tree['name']) : undefined;
  if (name === undefined || name === '') strange(spot, 'it names no Service');
  return name ?? '';
}

function copiesOf(spot: Spot, weight: number, written: Tree): Share {
  if (weight > 100) strange(into(spot, '.weight'), `${weight} is no percent`);
  if (written === 0) strange(into(spot, '.weight'), 'Contour reads 0 as 100 %');
  return weight === 0 ? WHOLE : Math.min(100, weight) * (WHOLE / 100);
}
