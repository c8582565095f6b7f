import type { Spot, Tree } from '../../model/reading.ts';
import { strange } from '../../model/reading.ts';

/** The data in an annotation; undefined, with a problem, where it is no JSON: the controller then leaves the whole Ingress as it was. */
export function jsonOf(spot: Spot, text: string): Tree {
  try {
    return JSON.parse(text) as Tree;
  } catch {
    strange(spot, 'it is no JSON');
    return undefined;
  }
}
