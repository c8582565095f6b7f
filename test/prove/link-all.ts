import { identityOf, type KubeObject } from '../../src/model/kubernetes.ts';
import type { Links } from '../../src/model/links.ts';
import type { Linked } from '../../src/prove/crossing.ts';

/** Objects with what they say of others. */
export const linkAll = (objects: readonly KubeObject[], linksOf: (object: KubeObject) => Links): readonly Linked[] =>
  objects.map(object => ({ identity: identityOf(object), object, links: linksOf(object) }));
