import { type Foreign, keysOf, objectIn } from './foreign.ts';

/** Something that was not taken over. */
export interface LeftOut {
  /** Where it stands in the Deployment: `containers[0].env FOO`. */
  readonly what: string;
  /** Why, and what to do; a sentence part without a full stop. */
  readonly why: string;
  /** Whether the pods or their clients need it; absent: the Rollout does the same in another way, or nobody misses it. */
  readonly breaks?: true;
}

/** Marks what the pods or their clients need. */
export const BROKEN = { breaks: true } as const;

/** Fields without which pods do not start, do not find what they need, or do something else. */
const NEEDED: readonly string[] = [
  'initContainers',
  'imagePullSecrets',
  'automountServiceAccountToken',
  'volumes',
  'volumeDevices',
  'envFrom',
  'workingDir',
  'nodeSelector',
  'tolerations',
  'hostNetwork',
  'hostAliases',
  'dnsPolicy',
  'dnsConfig',
  'runtimeClassName',
  'capabilities',
];

const NO_FIELD = 'a Rollout has no field for it';

/** Why single fields of a Deployment have no counterpart. */
const REASONS: { readonly [field: string]: string } = {
  strategy: 'Surefoot brings a version up beside the others, and its pods never with one too few',
  minReadySeconds: 'Surefoot sets it',
  progressDeadlineSeconds: 'Surefoot sets it',
  revisionHistoryLimit: 'Surefoot sets it',
  paused: 'stand at a step instead',
  securityContext: 'the pods are hardened anyway; of it only runAsUser is taken over',
  initContainers: 'a version runs one container',
  imagePullSecrets: 'add them to the ServiceAccount',
  affinity: 'Surefoot spreads the pods over nodes and zones',
  topologySpreadConstraints: 'Surefoot spreads the pods over nodes and zones',
  automountServiceAccountToken: 'the token of the ServiceAccount is never mounted',
  volumes: 'only an emptyDir is taken over, as a writable path',
  envFrom: 'name each variable under env',
  lifecycle: 'the drain takes the place of a preStop hook',
  imagePullPolicy: 'Surefoot sets it',
  workingDir: 'set it in the image',
};

/** Where what a list of fields has no place for stands, and why. */
export const unknownIn = (object: Foreign, taken: readonly string[], where: string): readonly LeftOut[] =>
  keysOf(object)
    .filter(key => !taken.includes(key))
    .map(key => ({
      what: where === '' ? key : `${where}.${key}`,
      why: Object.hasOwn(REASONS, key) ? REASONS[key]! : NO_FIELD,
      ...(NEEDED.includes(key) ? BROKEN : {}),
    }));

/** What an API server fills in by itself, which nobody wrote. */
const SERVER_SET: readonly (readonly [field: string, value: unknown])[] = [
  ['restartPolicy', 'Always'],
  ['dnsPolicy', 'ClusterFirst'],
  ['schedulerName', 'default-scheduler'],
  ['terminationMessagePath', '/dev/termination-log'],
  ['terminationMessagePolicy', 'File'],
  ['automountServiceAccountToken', false],
];

/** The object without what says nothing: defaults of the API server and empty maps. */
export const withoutDefaults = (object: Foreign): Foreign =>
  Object.fromEntries(
    Object.entries(object).filter(
      ([key, value]) =>
        !SERVER_SET.some(([field, usual]) => key === field && value === usual) &&
        !(isEmptyMap(value) && keysOf(objectIn(object, key)).length === 0),
    ),
  );

const isEmptyMap = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
