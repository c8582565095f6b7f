import { DEFAULTS } from '../model/defaults.ts';
import type { TemplateVersion } from '../model/plan.ts';
import type { Flat } from './environments.ts';
import { templateNotFound, templateOutside, templateUnreadable } from './template-messages.ts';
import { planTemplate } from './template-version.ts';
import { type Templates, templateNamed } from './templates.ts';
import type { VersionScope } from './versions.ts';

/** Plans the versions of a Rollout that name a template, each from the objects of its own. */
export const templatePlanner =
  (flat: Flat, templates: Templates): VersionScope['fromTemplate'] =>
  (name, written, scope): TemplateVersion | undefined => {
    const { metadata, spec } = flat.rollout;
    const named = templateNamed(flat, templates.source, name);
    if (named === undefined) return undefined;
    const { file, written: path, problem = '' } = named;
    const at = { path: scope.layer('template') };
    if (file === undefined) return refuse(templateOutside(at, { path, problem }));
    const found = templates.read(file);
    if (found === undefined) return refuse(templateNotFound(at, { path: file }));
    if ('refused' in found) return refuse(templateUnreadable(at, { path: file, reason: found.refused }));
    if ('broken' in found) return undefined;
    return planTemplate({ name, origin: ['spec', 'versions', name] }, written, found.objects, {
      ...scope,
      file,
      namespaces: [metadata.namespace ?? DEFAULTS.namespace, templates.home],
      rollout: metadata.name,
      portsWritten: spec.ports !== undefined,
    });

    function refuse(finding: Parameters<typeof scope.report>[0]): undefined {
      scope.report(finding);
      return undefined;
    }
  };
