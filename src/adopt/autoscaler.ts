import type { AutoscaleSpec } from '../model/rollout.ts';
import { type Foreign, keysOf, listIn, numberIn, objectIn, objectOf, textIn } from './foreign.ts';
import { BROKEN, type LeftOut, unknownIn } from './left-out.ts';
import { isNear, nameOf } from './service.ts';

/** A HorizontalPodAutoscaler in the words of a Rollout. */
export interface TakenAutoscaler {
  readonly object: Foreign;
  readonly name: string;
  readonly autoscale: AutoscaleSpec;
  readonly left: readonly LeftOut[];
}

const TAKEN = ['scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics', 'targetCPUUtilizationPercentage'];

/** Takes over the autoscaler of a Deployment; absent: there is none. */
export function takeAutoscaler(objects: readonly Foreign[], deployment: Foreign): TakenAutoscaler | undefined {
  const object = objects.find(one => isAutoscaler(one) && isNear(one, deployment) && scales(one, nameOf(deployment)));
  if (object === undefined) return undefined;
  const spec = objectIn(object, 'spec');
  const metrics = listIn(spec, 'metrics').map(objectOf);
  const cpu = numberIn(spec, 'targetCPUUtilizationPercentage') ?? metrics.map(cpuOf).find(one => one !== undefined);
  const min = numberIn(spec, 'minReplicas') ?? 1;
  const others = metrics.filter(metric => cpuOf(metric) === undefined);
  const where = `HorizontalPodAutoscaler ${nameOf(object)}`;
  return {
    object,
    name: nameOf(object),
    autoscale: { min, max: numberIn(spec, 'maxReplicas') ?? min, ...(cpu === undefined ? {} : { cpu }) },
    left: [
      ...others.map(metric => ({
        what: `${where}, metric ${wordsOf(metric)}`,
        why: 'a Rollout scales by the percent of the requested CPU only',
        ...BROKEN,
      })),
      ...unknownIn(spec, TAKEN, where),
    ],
  };
}

const isAutoscaler = (object: Foreign): boolean =>
  textIn(object, 'kind') === 'HorizontalPodAutoscaler' && /^autoscaling\//.test(textIn(object, 'apiVersion') ?? '');

function scales(autoscaler: Foreign, deployment: string): boolean {
  const target = objectIn(objectIn(autoscaler, 'spec'), 'scaleTargetRef');
  return textIn(target, 'kind') === 'Deployment' && textIn(target, 'name') === deployment;
}

/** The percent of the requested CPU that a metric aims at; absent: it is another metric. */
function cpuOf(metric: Foreign): number | undefined {
  const resource = objectIn(metric, 'resource');
  if (textIn(metric, 'type') !== 'Resource' || textIn(resource, 'name') !== 'cpu') return undefined;
  return numberIn(objectIn(resource, 'target'), 'averageUtilization');
}

/** A metric by its type and its name: `Resource memory`. */
function wordsOf(metric: Foreign): string {
  const type = textIn(metric, 'type') ?? '?';
  const source = objectIn(metric, type.charAt(0).toLowerCase() + type.slice(1));
  const name = textIn(source, 'name') ?? textIn(objectIn(source, 'metric'), 'name');
  return [type, name ?? keysOf(source)[0] ?? ''].join(' ').trim();
}
