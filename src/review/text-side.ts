import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import { printYaml } from '../yaml/print.ts';
import { concealed } from './concealed.ts';
import { isSecret } from './objects-difference.ts';

/** One side of a file: its name as it is shown, its text, and the objects that it holds. */
export interface TextSide {
  readonly name: string;
  readonly text: string;
  readonly objects: readonly KubeObject[];
}

/** A file on both sides; a side that is absent does not have it. */
export interface TextPair {
  readonly before?: TextSide;
  readonly after?: TextSide;
}

/** Text that may be shown: where a Secret is among the objects, all of them are printed anew without what it keeps. */
export const shown = (side: TextSide, before?: TextSide): TextSide =>
  side.objects.some(isSecret) ? printed(side.name, side.objects, before?.objects) : side;

/** Objects printed without any secret, for what no file holds; `before` as they were, absent: nobody knows. */
export function printed(name: string, objects: readonly KubeObject[], before: readonly KubeObject[] = []): TextSide {
  const byName = new Map(before.map(object => [identityOf(object), object]));
  const texts = objects.map(object => printYaml(concealed(object, byName.get(identityOf(object)))));
  return { name, text: texts.join('---\n'), objects };
}
