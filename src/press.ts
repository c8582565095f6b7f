import type { KubeObject } from './model/kubernetes.ts';
import { entry } from './model/once.ts';
import { schemaRefusal } from './prove/objects.ts';
import { printYaml } from './yaml/print.ts';
import { rereadYaml } from './yaml/reread.ts';

/** What is known of an object once it was printed. */
export interface Pressed {
  readonly text: string;
  /** The object as its text says it: proofs look at this one. */
  readonly reread: KubeObject;
  /** Why the closed schema of its kind refuses it; absent: it does not. */
  readonly refusal?: string;
}

/** Prints objects, reads their text back and holds it against the schema of its kind, each object once. */
export function press(): (object: KubeObject) => Pressed {
  const known = new WeakMap<KubeObject, Pressed>();
  return object => entry(known, object, () => pressed(object));
}

function pressed(object: KubeObject): Pressed {
  const text = printYaml(object);
  const reread = rereadYaml(text) as unknown as KubeObject;
  const refusal = schemaRefusal(reread);
  return refusal === undefined ? { text, reread } : { text, reread, refusal };
}
