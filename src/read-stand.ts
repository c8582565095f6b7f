import type { Stand, VersionFacts } from './check-hop.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Source } from './model/compiled.ts';
import { readManifests } from './read/read-manifests.ts';

/** Manifests of one Rollout, and what its plan.json says of them. */
export interface StandTexts {
  /** For messages: a step, or the ref that holds it. */
  readonly name: string;
  /** `<environment>/<namespace>/<rollout>` */
  readonly directory: string;
  /** Absent: there is no plan.json that tells. */
  readonly provider?: string;
  readonly versions: readonly VersionFacts[];
  readonly files: readonly Source[];
  /** Whether one file holds every object, and may be longer than that of one object. */
  readonly isState?: boolean;
}

/** Objects of a Rollout; a file that cannot be read adds none and says why. */
export interface ReadStand {
  readonly stand: Stand;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads manifests, whoever wrote them. Never throws. */
export function readStand({ name, directory, provider, versions, files, isState = false }: StandTexts): ReadStand {
  const [, namespace = '', rollout = ''] = directory.split('/');
  const read = files.map(({ file, text }) => readManifests({ file, text, isDump: isState }));
  const objects = read.flatMap(one => ('objects' in one ? one.objects : []));
  return {
    stand: {
      name,
      rollout,
      namespace,
      ...(provider === undefined ? {} : { provider }),
      versions,
      objects,
    },
    diagnostics: read.flatMap(one => ('diagnostics' in one ? one.diagnostics : [])),
  };
}
