import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot } from '../../model/reading.ts';
import { into, isMap, objectSpot, strange, type Tree } from '../../model/reading.ts';
import { rereadDocuments } from '../../yaml/reread.ts';
import { type Mapping, readFlatMapping } from './recover-mapping.ts';

/** Annotation of a Service that holds what Ambassador is to do with it. */
export const CONFIG = 'getambassador.io/config';

/** The Mappings that a Service holds; undefined where it holds none. */
export function annotatedMappings(object: KubeObject, problems: string[]): readonly Mapping[] | undefined {
  const metadata: Tree = object.metadata;
  const annotations: Tree = isMap(metadata) ? metadata['annotations'] : undefined;
  const text: Tree = isMap(annotations) ? annotations[CONFIG] : undefined;
  if (text === undefined || !isMap(metadata)) return undefined;
  const spot = into(objectSpot(`${object.kind} ${String(metadata['name'])}`, problems), ` ${CONFIG}`);
  const documents = documentsOf(spot, text);
  if (documents.length === 0) strange(spot, 'it holds no Mapping');
  return documents.flatMap(
    (document, i) => readFlatMapping(into(spot, i), document, String(metadata['namespace'])) ?? [],
  );
}

function documentsOf(spot: Spot, text: Tree): readonly Tree[] {
  if (typeof text !== 'string' || text === '') return [];
  try {
    return rereadDocuments(text.replace(/^(?:---[ \t]*\n)+/, '').replace(/\n*$/, '\n'));
  } catch {
    strange(spot, 'it is not written in the plain YAML that is read here');
    return [];
  }
}
