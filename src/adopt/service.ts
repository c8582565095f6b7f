import { type Foreign, keysOf, listIn, objectIn, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut, withoutDefaults } from './left-out.ts';

/** The Service that clients of a Deployment call. */
export interface CalledService {
  readonly object: Foreign;
  readonly name: string;
  readonly ports: readonly unknown[];
  /** Names of the other Services that select the same pods, in their order. */
  readonly others: readonly string[];
}

/** Of the Services that select the pods of a Deployment the one that is named like it, else the first; absent: none does. */
export function serviceOf(objects: readonly Foreign[], deployment: Foreign): CalledService | undefined {
  const labels = objectIn(objectIn(objectIn(objectIn(deployment, 'spec'), 'template'), 'metadata'), 'labels');
  const found = objects.filter(
    one => textIn(one, 'kind') === 'Service' && isNear(one, deployment) && selects(one, labels),
  );
  const object = found.find(one => nameOf(one) === nameOf(deployment)) ?? found[0];
  if (object === undefined) return undefined;
  const others = found.filter(one => one !== object).map(nameOf);
  return { object, name: nameOf(object), ports: listIn(objectIn(object, 'spec'), 'ports'), others };
}

/** The name of an object, or what stands for it in a sentence. */
export const nameOf = (object: Foreign): string => textIn(objectIn(object, 'metadata'), 'name') ?? '(no name)';

/** Whether two objects can be of one namespace: where one of them names none, it goes where the other one goes. */
export function isNear(one: Foreign, other: Foreign): boolean {
  const [a, b] = [one, other].map(object => textIn(objectIn(object, 'metadata'), 'namespace'));
  return a === undefined || b === undefined || a === b;
}

/** A Service without a selector has no pods of its own. */
function selects(service: Foreign, labels: Foreign): boolean {
  const selector = objectIn(objectIn(service, 'spec'), 'selector');
  const keys = keysOf(selector);
  return keys.length > 0 && keys.every(key => selector[key] === valueIn(labels, key));
}

/** What of a Service a Rollout's own Service has in any case. */
const USUAL: Foreign = { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' };

const TAKEN = ['ports', 'selector', 'clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', ...Object.keys(USUAL)];

/** What of a Service is lost when a Rollout called `rollout` makes its own. */
export function leftOfService({ object, name }: CalledService, rollout: string | undefined): readonly LeftOut[] {
  const spec = withoutDefaults(objectIn(object, 'spec'));
  const unlike = Object.keys(USUAL).filter(key => (valueIn(spec, key) ?? USUAL[key]) !== USUAL[key]);
  const fields = [...unlike, ...keysOf(spec).filter(key => !TAKEN.includes(key))];
  const renamed = rollout === undefined || rollout === name ? [] : [renamedTo(name, rollout)];
  return [
    ...renamed,
    ...fields.map(key => ({
      what: `Service ${name} spec.${key}`,
      why: 'the Service of a Rollout is a plain ClusterIP; keep a second Service or an Ingress for it',
      ...(key === 'type' ? BROKEN : {}),
    })),
  ];
}

const renamedTo = (name: string, rollout: string): LeftOut => ({
  what: `Service ${name}`,
  why: `clients call ${name}, and the Rollout makes a Service that is called like itself, ${rollout}: write ${name} as its metadata.name`,
  ...BROKEN,
});
