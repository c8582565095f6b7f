import { DEFAULTS } from '../model/defaults.ts';
import type { PortSpec, WorkloadSpec } from '../model/rollout.ts';
import { takeEnv } from './env.ts';
import { type Foreign, listIn, numberIn, objectIn, objectOf, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut, unknownIn, withoutDefaults } from './left-out.ts';
import { HARDENED, type TakenPod } from './pod.ts';
import { takePorts } from './ports.ts';
import { type ProbeScope, takeProbe, textsIn } from './probe.ts';
import { servedPorts } from './served-ports.ts';
import type { CalledService } from './service.ts';

/** A container in the words of a Rollout. */
export interface TakenContainer {
  readonly image?: string;
  readonly ports: readonly PortSpec[];
  readonly workload: WorkloadSpec;
  readonly left: readonly LeftOut[];
  /** What was chosen, in sentences without a full stop. */
  readonly notes: readonly string[];
}

/** What says which ports of a container clients call. */
export interface Callers {
  /** The one that takes the place of all ports. */
  readonly port?: number | undefined;
  /** The Service that selects the pods. */
  readonly service?: CalledService | undefined;
}

const PROBES = ['readiness', 'liveness', 'startup'] as const;
const TAKEN = ['name', 'image', 'command', 'args', 'env', 'ports', 'resources', 'securityContext', 'volumeMounts'];

/** Takes over a container, with the ports that its callers know. */
export function takeContainer(written: Foreign, pod: TakenPod, { port, service }: Callers): TakenContainer {
  const container = withoutDefaults(written);
  const image = textIn(container, 'image');
  const { env, left: leftEnv } = takeEnv(listIn(container, 'env'));
  const own = takePorts(listIn(container, 'ports'));
  const { ports, left: leftPorts, notes } = servedPorts(own, service);
  const mainPort = port ?? ports[0]?.targetPort ?? ports[0]?.port ?? DEFAULTS.port.targetPort;
  const probes = PROBES.map(purpose => probeOf(container, { purpose, mainPort, numbers: own.numbers }));
  const parts = [
    userOf(container, pod),
    mountsOf(container, pod),
    resourcesOf(container),
    commandOf(container),
    ...probes,
  ];
  return {
    ...(image === undefined ? {} : { image }),
    ports,
    workload: Object.assign({ env }, ...parts.map(part => part.workload)),
    left: [
      ...(port === undefined ? leftPorts : []),
      ...leftEnv,
      ...parts.flatMap(part => part.left),
      ...unknownIn(container, [...TAKEN, ...PROBES.map(purpose => `${purpose}Probe`)], 'container'),
    ],
    notes: port === undefined ? notes : [],
  };
}

/** One part of a workload. */
interface Part {
  readonly workload: WorkloadSpec;
  readonly left: readonly LeftOut[];
}

function probeOf(container: Foreign, scope: ProbeScope): Part {
  const written = valueIn(container, `${scope.purpose}Probe`);
  if (written === undefined || written === null) return { workload: {}, left: [] };
  const { spec, left } = takeProbe(objectOf(written), scope);
  return { workload: spec === undefined ? {} : { [scope.purpose]: spec }, left };
}

function commandOf(container: Foreign): Part {
  const [command, args] = [textsIn(container, 'command'), textsIn(container, 'args')];
  const taken = { ...(command === undefined ? {} : { command }), ...(args === undefined ? {} : { args }) };
  const wrong = ['command', 'args'].filter(
    key => valueIn(container, key) !== undefined && valueIn(container, key) !== null && !Object.hasOwn(taken, key),
  );
  if (wrong.length === 0) return { workload: taken, left: [] };
  // arguments of another command mean something else
  return {
    workload: {},
    left: [{ what: 'command and args', why: `${wrong.join(' and ')} must be lists of texts`, ...BROKEN }],
  };
}

/** Quantities may be written as numbers; the API server reads them as their text. */
function resourcesOf(container: Foreign): Part {
  const resources = objectIn(container, 'resources');
  const amounts = (key: string): { readonly [resource: string]: string } =>
    Object.fromEntries(
      Object.entries(objectIn(resources, key))
        .filter(([, amount]) => typeof amount === 'string' || typeof amount === 'number')
        .map(([name, amount]) => [name, String(amount)]),
    );
  return {
    workload: { resources: { requests: amounts('requests'), limits: amounts('limits') } },
    left: unknownIn(resources, ['requests', 'limits'], 'resources'),
  };
}

/** The container's own user counts before the pod's; root cannot be taken over. */
function userOf(container: Foreign, pod: TakenPod): Part {
  const security = objectIn(container, 'securityContext');
  const runAsUser = numberIn(security, 'runAsUser') ?? pod.runAsUser;
  const capabilities = valueIn(objectIn(security, 'capabilities'), 'add') === undefined ? ['capabilities'] : [];
  const left = unknownIn(security, ['runAsUser', 'privileged', ...HARDENED, ...capabilities], 'securityContext');
  if (runAsUser === undefined) return { workload: {}, left };
  const root = { what: 'runAsUser 0', why: 'pods never run as root; build an image that needs none', ...BROKEN };
  return runAsUser === 0 ? { workload: {}, left: [...left, root] } : { workload: { runAsUser }, left };
}

/** Empty folders are writable paths. */
function mountsOf(container: Foreign, { emptyVolumes }: TakenPod): Part {
  const mounts = listIn(container, 'volumeMounts').map(objectOf);
  const isTaken = (mount: Foreign): boolean =>
    emptyVolumes.includes(textIn(mount, 'name') ?? '') && valueIn(mount, 'subPath') === undefined;
  const writable = mounts.filter(isTaken).flatMap(mount => textIn(mount, 'mountPath') ?? []);
  const left = mounts
    .filter(mount => !isTaken(mount))
    .map(mount => ({
      what: `mount ${textIn(mount, 'mountPath') ?? ''}`.trim(),
      why: 'its volume is not taken over',
      ...BROKEN,
    }));
  return {
    workload: writable.length === 0 ? {} : { writable: [...new Set([...DEFAULTS.writable, ...writable])] },
    left,
  };
}
