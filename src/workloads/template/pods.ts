import type { Json } from '../../model/kubernetes.ts';
import type { TemplateVersion } from '../../model/plan.ts';
import { deploymentOf, mapIn, type Patch, valueAt } from '../../model/template.ts';
import { patched } from '../patch.ts';

/** The pods of a template as they read with this patch over them. */
export const patchedPods = ({ template }: TemplateVersion, patch: Patch): Json =>
  patched(mapIn(valueAt(deploymentOf(template)?.object, 'spec', 'template')), template.container, patch);
