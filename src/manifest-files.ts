import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Source } from './model/compiled.ts';
import { identityOf, type KubeObject } from './model/kubernetes.ts';
import { LARGEST_DUMP, readManifests } from './read/read-manifests.ts';

export { LARGEST_DUMP };

/** A file of manifests with the objects that it holds. */
export interface ManifestFile extends Source {
  readonly objects: readonly KubeObject[];
}

/** Reads files of manifests; those that cannot be read are only among the diagnostics. */
export function readManifestFiles(sources: readonly Source[]): {
  readonly files: readonly ManifestFile[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const files: ManifestFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const read = readManifests(source);
    if ('objects' in read) files.push({ ...source, objects: read.objects });
    else diagnostics.push(...read.diagnostics);
  }
  return { files, diagnostics };
}

/** The objects of a dump of a cluster by their identity, or why it cannot be read. */
export function readDump(
  source: Source,
): { readonly objects: ReadonlyMap<string, KubeObject> } | { readonly diagnostics: readonly Diagnostic[] } {
  const read = readManifests({ ...source, isDump: true });
  if (!('objects' in read)) return read;
  return { objects: new Map(read.objects.map(object => [identityOf(object), object])) };
}
