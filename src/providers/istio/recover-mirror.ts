import type { Fields, Spot } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange } from '../../model/reading.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { RecoveredPortion } from '../../model/recovered.ts';
import type { Share } from '../../model/traffic.ts';
import { WHOLE } from '../../model/traffic.ts';
import type { Origin } from './recover-destination.ts';
import { destinationOf, endsIn } from './recover-destination.ts';
import type { Destination } from './recover-mesh.ts';
import { percentOf } from './recover-values.ts';

const MIRROR = new Set(['destination', 'percentage']);

/** Copies, from the one `mirror` or the list `mirrors`; each has its own share, all requests where none is written. */
export function mirrorOf(spot: Spot, fields: Fields, origin: Origin): readonly RecoveredPortion[] {
  const copies = copiedOf(spot, fields).flatMap(({ destination, share }) =>
    splitOf([{ ends: endsIn(destination, origin), weight: 1 }], share),
  );
  return copies.length > 1 ? sorted(spot, copies) : copies;
}

/** Where some requests are copied to; undefined where no host is named. */
export interface Copied {
  readonly destination: Destination | undefined;
  readonly share: Share;
}

/** The destinations that get copies. */
export function copiedOf(spot: Spot, fields: Fields): readonly Copied[] {
  const { mirror, mirrorPercentage, mirrors } = fields;
  if (mirrorPercentage !== undefined && mirror === undefined) strange(spot, 'mirrorPercentage stands without a mirror');
  if (mirror !== undefined && mirrors !== undefined) strange(spot, 'Istio takes one of mirror and mirrors');
  const copied: Copied[] = [];
  if (mirror !== undefined) {
    const share = percentOf(into(spot, '.mirrorPercentage'), mirrorPercentage) ?? WHOLE;
    copied.push({ destination: destinationOf(into(spot, '.mirror'), mirror), share });
  }
  const inMirrors = into(spot, '.mirrors');
  itemsOf(inMirrors, mirrors).forEach((item, i) => {
    const at = into(inMirrors, i);
    const policy = fieldsOf(at, item, MIRROR);
    const share = percentOf(into(at, '.percentage'), policy.percentage) ?? WHOLE;
    copied.push({ destination: destinationOf(into(at, '.destination'), policy.destination), share });
  });
  return copied.filter(({ share }) => share > 0);
}

/** Unlike the parts of a split, copies are drawn each by itself: they may total anything. */
function sorted(spot: Spot, copies: readonly RecoveredPortion[]): readonly RecoveredPortion[] {
  const total = copies.reduce((sum, { share }) => sum + share, 0);
  const drawn = copies.map(({ target, share }) => ({ ends: [{ target, parts: 1 }], weight: share }));
  const merged = splitOf(drawn, total);
  if (merged.length < copies.length) strange(spot, 'one version gets copies twice');
  return merged;
}
