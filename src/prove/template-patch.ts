import type { Json } from '../model/kubernetes.ts';
import type { EnvVar, Probe } from '../model/plan.ts';
import type { TemplateWorkload } from '../model/template.ts';
import { get, type Place, put } from './template-places.ts';

const POD: Place = ['spec', 'template', 'spec'];

/** A Deployment as it must read once everything that the Rollout wrote stands in it, place by place. */
export function withPatch(deployment: Json, { container, patch }: TemplateWorkload): Json {
  const containers = get(deployment, [...POD, 'containers']) as readonly Json[];
  const main: Place = [...POD, 'containers', containers.findIndex(one => get(one, ['name']) === container)];
  let here = deployment;
  const set = (place: Place, value: Json | undefined): void => {
    if (value !== undefined) here = put(here, place, value);
  };
  for (const key of ['image', 'command', 'args'] as const) set([...main, key], patch[key]);
  for (const probe of ['readiness', 'liveness', 'startup'] as const)
    set([...main, `${probe}Probe`], patch[probe] && probeWords(patch[probe]));
  for (const amounts of ['requests', 'limits'] as const) {
    for (const [name, amount] of Object.entries(patch.resources?.[amounts] ?? {}))
      set([...main, 'resources', amounts, name], amount);
  }
  for (const mark of ['labels', 'annotations'] as const) {
    for (const [key, value] of Object.entries(patch[mark] ?? {}))
      set(['spec', 'template', 'metadata', mark, key], value);
  }
  if ((patch.env ?? []).length > 0) set([...main, 'env'], envWords(get(here, [...main, 'env']), patch.env!));
  set([...POD, 'terminationGracePeriodSeconds'], patch.terminationGracePeriod);
  if (patch.serviceAccount !== undefined) {
    set([...POD, 'serviceAccountName'], patch.serviceAccount);
    here = put(here, [...POD, 'serviceAccount'], undefined);
  }
  here = withUser(here, main, patch.runAsUser);
  here = withDrain(here, main, patch.drain);
  return withDirectories(here, main, patch.writable ?? []);
}

function withUser(deployment: Json, main: Place, user: number | undefined): Json {
  if (user === undefined) return deployment;
  const written = [
    ...['runAsUser', 'runAsGroup', 'fsGroup'].map(key => [...POD, 'securityContext', key]),
    ...['runAsUser', 'runAsGroup']
      .map(key => [...main, 'securityContext', key])
      .filter(place => get(deployment, place) !== undefined),
  ];
  return written.reduce((here, place) => put(here, place, user), deployment);
}

function withDrain(deployment: Json, main: Place, drain: number | undefined): Json {
  if (drain === undefined) return deployment;
  const lifecycle = [...main, 'lifecycle'];
  if (drain > 0) return put(deployment, [...lifecycle, 'preStop'], { sleep: { seconds: drain } });
  const without =
    get(deployment, lifecycle) === undefined ? deployment : put(deployment, [...lifecycle, 'preStop'], undefined);
  const left = get(without, lifecycle);
  return left !== undefined && Object.keys(left as object).length === 0 ? put(without, lifecycle, undefined) : without;
}

/** Each directory is a volume of its own, called by the first number that is free. */
function withDirectories(deployment: Json, main: Place, paths: readonly string[]): Json {
  let here = deployment;
  let number = 0;
  const list = (place: Place): readonly Json[] => (get(here, place) ?? []) as readonly Json[];
  for (const mountPath of paths) {
    do number++;
    while (list([...POD, 'volumes']).some(volume => get(volume, ['name']) === `writable-${number}`));
    const name = `writable-${number}`;
    here = put(here, [...POD, 'volumes'], [...list([...POD, 'volumes']), { name, emptyDir: {} }]);
    here = put(here, [...main, 'volumeMounts'], [...list([...main, 'volumeMounts']), { name, mountPath }]);
  }
  return here;
}

/** Variables by name: written ones take the place of their namesakes, the others follow in their order. */
function envWords(own: Json | undefined, written: readonly EnvVar[]): Json {
  const result = [...((own ?? []) as readonly Json[])];
  for (const variable of written) {
    const index = result.findIndex(one => get(one, ['name']) === variable.name);
    result[index < 0 ? result.length : index] = variableWords(variable);
  }
  return result;
}

function variableWords(variable: EnvVar): Json {
  const { name } = variable;
  if ('value' in variable) return { name, value: variable.value };
  switch (variable.from) {
    case 'field':
      return { name, valueFrom: { fieldRef: { fieldPath: variable.path } } };
    case 'secret':
      return { name, valueFrom: { secretKeyRef: { name: variable.object, key: variable.key } } };
    case 'configMap':
      return { name, valueFrom: { configMapKeyRef: { name: variable.object, key: variable.key } } };
    default:
      return variable satisfies never;
  }
}

function probeWords({ ask, initialDelay, period, timeout, failureThreshold }: Probe): Json {
  const times = {
    initialDelaySeconds: initialDelay,
    periodSeconds: period,
    timeoutSeconds: timeout,
    failureThreshold,
  };
  switch (ask.kind) {
    case 'http':
      return { httpGet: { path: ask.path, port: ask.port, scheme: 'HTTP' }, ...times };
    case 'tcp':
      return { tcpSocket: { port: ask.port }, ...times };
    case 'grpc':
      return { grpc: { port: ask.port }, ...times };
    case 'exec':
      return { exec: { command: ask.command }, ...times };
    default:
      return ask satisfies never;
  }
}
