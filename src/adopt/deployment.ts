import type { PortSpec, WorkloadSpec } from '../model/rollout.ts';
import { takeContainer } from './container.ts';
import { type Foreign, keysOf, listIn, numberIn, objectIn, objectOf, textIn } from './foreign.ts';
import { type LeftOut, unknownIn, withoutDefaults } from './left-out.ts';
import { takePod } from './pod.ts';

/** What a Deployment says about the service as a whole. */
export interface Identity {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
}

/** A Deployment in the words of a Rollout. Who keeps the file as it is needs only the identity. */
export interface Adopted {
  readonly identity: Identity;
  readonly image?: string;
  readonly ports: readonly PortSpec[];
  readonly workload: WorkloadSpec;
  readonly left: readonly LeftOut[];
}

/** What a person has said already. */
export interface Wishes {
  /** Names the Deployment where a file holds several. */
  readonly name?: string;
  /** Takes the place of the ports of the container; probes that named none of their own still ask the old one. */
  readonly port?: number;
}

/** Reads the one Deployment among the documents of a file, or of several the one that is named. A text says why there is none. */
export function adoptDeployment(documents: readonly unknown[], { name, port }: Wishes): Adopted | string {
  const objects = documents.flatMap(withItems);
  const deployments = objects.filter(isDeployment);
  const [only] = deployments.length === 1 ? deployments : deployments.filter(one => nameOf(one) === name);
  if (only === undefined) return noneOf(deployments, objects);
  const adopted = takeDeployment(only, port);
  return { ...adopted, left: [...adopted.left, ...objects.filter(one => one !== only).map(staysAsItIs)] };
}

function noneOf(deployments: readonly Foreign[], objects: readonly Foreign[]): string {
  const names = deployments.map(nameOf).join(', ');
  if (names !== '') return `it holds several Deployments (${names}): name one of them with --name`;
  const kinds = [...new Set(objects.map(one => textIn(one, 'kind') ?? 'something without a kind'))];
  return `it holds no Deployment of apps/v1${kinds.length === 0 ? '' : `, only ${kinds.slice(0, 8).join(', ')}`}`;
}

const withItems = (document: unknown): readonly Foreign[] => {
  const object = objectOf(document);
  if (textIn(object, 'kind') === 'List') return listIn(object, 'items').map(objectOf);
  return keysOf(object).length === 0 ? [] : [object];
};

const isDeployment = (object: Foreign): boolean =>
  textIn(object, 'kind') === 'Deployment' && textIn(object, 'apiVersion') === 'apps/v1';

const nameOf = (object: Foreign): string => textIn(objectIn(object, 'metadata'), 'name') ?? '(no name)';

const staysAsItIs = (object: Foreign): LeftOut => ({
  what: `${textIn(object, 'kind') ?? 'object'} ${nameOf(object)}`,
  why:
    textIn(object, 'kind') === 'Service'
      ? 'only the Deployment is read; a Rollout makes its own Service, so compare names and ports'
      : 'only the Deployment is read',
});

function takeDeployment(object: Foreign, port?: number): Adopted {
  const [metadata, spec] = [objectIn(object, 'metadata'), objectIn(object, 'spec')];
  const [name, namespace] = [textIn(metadata, 'name'), textIn(metadata, 'namespace')];
  const replicas = numberIn(spec, 'replicas');
  const template = objectIn(spec, 'template');
  const pod = takePod(template);
  const { image, ports, workload, left } = takeContainer(pod.container, pod, port);
  return {
    identity: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(replicas === undefined ? {} : { replicas }),
    },
    ...(image === undefined ? {} : { image }),
    ports,
    workload: { ...workload, ...pod.workload },
    left: [
      ...unknownIn(withoutDefaults(metadata), METADATA, 'metadata'),
      ...unknownIn(withoutDefaults(spec), ['replicas', 'selector', 'template'], 'spec'),
      ...pod.left,
      ...left,
    ],
  };
}

/** What is taken over, what an API server sets, and what of the Deployment's own labels tools write. */
const METADATA = [
  'name',
  'namespace',
  'labels',
  'annotations',
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'uid',
];
