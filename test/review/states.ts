import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import { statePath } from '../../src/layout/paths.ts';
import type { Side } from '../../src/meaning.ts';
import type { CompiledRollout } from '../../src/model/compiled.ts';
import type { KubeObject } from '../../src/model/kubernetes.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { rereadDocuments } from '../../src/yaml/reread.ts';
import { TEMPLATES } from '../properties/random-rollout.ts';

/** A random Rollout compiled; those of the generators are all sound. */
export function compiled(rollout: Rollout): CompiledRollout {
  const [result] =
    compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES }).results ?? [];
  if (result === undefined) throw new Error('the rollout does not compile');
  return result;
}

/** A state as the text that is written of it says it. */
export function sideOf({ plan, directory, files }: CompiledRollout, state: string): Side {
  const text = files.find(file => file.path === statePath(directory, state))?.text ?? '';
  return {
    rollout: plan.rollout,
    namespace: plan.namespace,
    provider: plan.provider,
    versions: plan.versions.map(version =>
      version.kind === 'service' ? { name: version.name, service: version.service } : { name: version.name },
    ),
    objects: rereadDocuments(text) as unknown as readonly KubeObject[],
  };
}
