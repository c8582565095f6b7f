import type { Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, strange } from '../../model/reading.ts';
import { splitOf } from '../../model/reading-shares.ts';
import type { RecoveredPortion } from '../../model/recovered.ts';
import type { Share } from '../../model/traffic.ts';
import { WHOLE } from '../../model/traffic.ts';
import type { Origin } from './recover-destination.ts';
import { destinationOf, endsIn } from './recover-destination.ts';
import { percentOf } from './recover-values.ts';

const MIRROR = new Set(['destination', 'percentage']);

/** Copies, from the one `mirror` or the list `mirrors`; each has its own share, all requests where none is written. */
export function mirrorOf(spot: Spot, fields: Fields, origin: Origin): readonly RecoveredPortion[] {
  const { mirror, mirrorPercentage, mirrors } = fields;
  if (mirrorPercentage !== undefined && mirror === undefined) strange(spot, 'mirrorPercentage stands without a mirror');
  if (mirror !== undefined && mirrors !== undefined) strange(spot, 'Istio takes one of mirror and mirrors');
  const copies: RecoveredPortion[] = [];
  if (mirror !== undefined) {
    const share = percentOf(into(spot, '.mirrorPercentage'), mirrorPercentage);
    copies.push(...copiesOf(into(spot, '.mirror'), mirror, { share, origin }));
  }
  const inMirrors = into(spot, '.mirrors');
  itemsOf(inMirrors, mirrors).forEach((item, i) => {
    const at = into(inMirrors, i);
    const policy = fieldsOf(at, item, MIRROR);
    const share = percentOf(into(at, '.percentage'), policy.percentage);
    copies.push(...copiesOf(into(at, '.destination'), policy.destination, { share, origin }));
  });
  return copies.length > 1 ? sorted(spot, copies) : copies;
}

function copiesOf(
  spot: Spot,
  tree: Tree,
  asked: { share: Share | undefined; origin: Origin },
): readonly RecoveredPortion[] {
  const { share = WHOLE, origin } = asked;
  const destination = destinationOf(spot, tree);
  return share > 0 ? splitOf([{ ends: endsIn(destination, origin), weight: 1 }], share) : [];
}

/** Unlike the parts of a split, copies are drawn each by itself: they may total anything. */
function sorted(spot: Spot, copies: readonly RecoveredPortion[]): readonly RecoveredPortion[] {
  const total = copies.reduce((sum, { share }) => sum + share, 0);
  const drawn = copies.map(({ target, share }) => ({ ends: [{ target, parts: 1 }], weight: share }));
  const merged = splitOf(drawn, total);
  if (merged.length < copies.length) strange(spot, 'one version gets copies twice');
  return merged;
}
