import type { AutoscaleSpec, PortSpec, WorkloadSpec } from '../model/rollout.ts';
import { lostLabels, staysAsItIs } from './aside.ts';
import { type TakenAutoscaler, takeAutoscaler } from './autoscaler.ts';
import { type Callers, takeContainer } from './container.ts';
import { type Foreign, keysOf, listIn, numberIn, objectIn, objectOf, textIn } from './foreign.ts';
import { type LeftOut, unknownIn, withoutDefaults } from './left-out.ts';
import { takePod } from './pod.ts';
import { leftOfService, nameOf, serviceOf } from './service.ts';

/** What a Deployment says about the service as a whole. */
export interface Identity {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
}

/** What was chosen, in sentences without a full stop. */
interface Told {
  readonly notes: readonly string[];
}

/** What stands beside a Deployment. */
interface Beside extends Callers {
  readonly scaler: TakenAutoscaler | undefined;
}

/** A Deployment in the words of a Rollout. Who keeps the file as it is needs only the identity. */
export interface Adopted extends Told {
  readonly identity: Identity;
  readonly image?: string;
  /** Bounds of its autoscaler; absent: it has none. */
  readonly autoscale?: AutoscaleSpec;
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

/** Reads the one Deployment among the documents of a file, or of several the one that is named, with its Service and its autoscaler. A text says why there is none. */
export function adoptDeployment(documents: readonly unknown[], { name, port }: Wishes): Adopted | string {
  const objects = documents.flatMap(withItems);
  const deployments = objects.filter(isDeployment);
  const [only] = deployments.length === 1 ? deployments : deployments.filter(one => nameOf(one) === name);
  if (only === undefined) return noneOf(deployments, objects);
  const [service, scaler] = [serviceOf(objects, only), takeAutoscaler(objects, only)];
  const adopted = takeDeployment(only, { port, service, scaler });
  const read = [only, service?.object, scaler?.object];
  const lost = service === undefined ? [] : leftOfService(service, name ?? adopted.identity.name);
  return {
    ...adopted,
    left: [...adopted.left, ...lost, ...objects.filter(one => !read.includes(one)).map(staysAsItIs)],
  };
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

function takeDeployment(object: Foreign, { port, service, scaler }: Beside): Adopted {
  const [metadata, spec] = [objectIn(object, 'metadata'), objectIn(object, 'spec')];
  const [name, namespace] = [textIn(metadata, 'name'), textIn(metadata, 'namespace')];
  const template = objectIn(spec, 'template');
  const pod = takePod(template);
  const { image, ports, workload, left, notes } = takeContainer(pod.container, pod, { port, service });
  const { replicas, notes: told } = replicasOf(spec, scaler);
  return {
    identity: {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(replicas === undefined ? {} : { replicas }),
    },
    ...(image === undefined ? {} : { image }),
    ...(scaler === undefined ? {} : { autoscale: scaler.autoscale }),
    ports,
    workload: { ...workload, ...pod.workload },
    left: [
      ...unknownIn(withoutDefaults(metadata), METADATA, 'metadata'),
      ...lostLabels(metadata, template),
      ...unknownIn(withoutDefaults(spec), ['replicas', 'selector', 'template'], 'spec'),
      ...pod.left,
      ...left,
      ...(scaler?.left ?? []),
    ],
    notes: [...notes, ...told],
  };
}

/** How many pods run: an autoscaler chooses it, and what says nothing runs one. */
function replicasOf(spec: Foreign, scaler: TakenAutoscaler | undefined): Pick<Identity, 'replicas'> & Told {
  if (scaler !== undefined) return { notes: [`HorizontalPodAutoscaler ${scaler.name} chooses the number of pods`] };
  const replicas = numberIn(spec, 'replicas');
  if (replicas !== undefined) return { replicas, notes: [] };
  return { replicas: 1, notes: ['the Deployment says no replicas, so that one pod runs: replicas is 1'] };
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
