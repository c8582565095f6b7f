import { OWN_LABELS } from '../model/labels.ts';
import { type Foreign, keysOf, objectIn, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut } from './left-out.ts';
import { nameOf } from './service.ts';

/** Kinds that pods may need, and that stay where they are. */
const NEEDED_KINDS = ['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim'];

/** An object of the file that is not read. */
export const staysAsItIs = (object: Foreign): LeftOut => {
  const kind = textIn(object, 'kind') ?? 'object';
  const what = `${kind} ${nameOf(object)}`;
  if (NEEDED_KINDS.includes(kind))
    return { what, why: 'it is no part of a Rollout: go on applying it where pods need it', ...BROKEN };
  const service = kind === 'Service' ? '; a Rollout makes one Service, called like itself' : '';
  return { what, why: `only the Deployment is read, its Service and its HorizontalPodAutoscaler${service}` };
};

/** Labels of the Deployment alone: those of its pods it gets again. What Surefoot sets is not lost. */
export function lostLabels(metadata: Foreign, template: Foreign): readonly LeftOut[] {
  const [own, pods] = [objectIn(metadata, 'labels'), objectIn(objectIn(template, 'metadata'), 'labels')];
  const lost = keysOf(own).filter(key => !OWN_LABELS.includes(key) && own[key] !== valueIn(pods, key));
  const why = 'the Deployment gets the labels of its pods: write it under spec.workload.labels to have it on both';
  return lost.map(key => ({ what: `label ${key} of the Deployment`, why }));
}
