import { printDuration } from '../model/duration.ts';
import { OWN_LABELS } from '../model/labels.ts';
import type { WorkloadSpec } from '../model/rollout.ts';
import { type Foreign, keysOf, listIn, numberIn, objectIn, objectOf, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut, unknownIn, withoutDefaults } from './left-out.ts';

/** A pod template without its container. */
export interface TakenPod {
  readonly workload: WorkloadSpec;
  /** The container that is taken over: the first one. */
  readonly container: Foreign;
  /** Names of the volumes that are an empty folder, and nothing more. */
  readonly emptyVolumes: readonly string[];
  /** The user that the pod sets for all its containers. */
  readonly runAsUser?: number;
  readonly left: readonly LeftOut[];
}

const TAKEN = [
  'containers',
  'serviceAccountName',
  'serviceAccount',
  'terminationGracePeriodSeconds',
  'volumes',
  'securityContext',
];

/** Takes over what a pod template says outside of its container. */
export function takePod(template: Foreign): TakenPod {
  const spec = withoutDefaults(objectIn(template, 'spec'));
  const [container, ...others] = listIn(spec, 'containers').map(objectOf);
  const account = textIn(spec, 'serviceAccountName') ?? textIn(spec, 'serviceAccount');
  const grace = numberIn(spec, 'terminationGracePeriodSeconds');
  const volumes = listIn(spec, 'volumes').map(objectOf);
  const security = objectIn(spec, 'securityContext');
  const runAsUser = numberIn(security, 'runAsUser');
  return {
    workload: {
      ...labelsOf(objectIn(template, 'metadata')),
      ...(account === undefined || account === '' ? {} : { serviceAccount: account }),
      ...(grace === undefined || grace === 30 ? {} : { terminationGracePeriod: printDuration(grace * 1000) }),
    },
    container: container ?? {},
    emptyVolumes: volumes.filter(isEmptyFolder).map(volume => textIn(volume, 'name') ?? ''),
    ...(runAsUser === undefined ? {} : { runAsUser }),
    left: [
      ...others.map(other => ({
        what: `container ${textIn(other, 'name') ?? ''}`.trim(),
        why: 'a version runs one container',
        ...BROKEN,
      })),
      ...volumes.filter(volume => !isEmptyFolder(volume)).map(otherVolume),
      ...unknownIn(security, ['runAsUser', ...HARDENED], 'securityContext'),
      ...unknownIn(spec, TAKEN, 'pod'),
      ...checksumsOf(objectIn(template, 'metadata')),
    ],
  };
}

/** What the hardened pods have in any case. */
export const HARDENED = ['runAsNonRoot', 'seccompProfile', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem'];

function labelsOf(metadata: Foreign): WorkloadSpec {
  const texts = (key: string, kept: (name: string) => boolean): { readonly [name: string]: string } =>
    Object.fromEntries(
      Object.entries(objectIn(metadata, key)).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string' && kept(entry[0]),
      ),
    );
  return {
    labels: texts('labels', name => !OWN_LABELS.includes(name) && name !== 'pod-template-hash'),
    // what kubectl notes for itself is about the old Deployment
    annotations: texts('annotations', name => !name.startsWith('kubectl.kubernetes.io/') && !isChecksum(name)),
  };
}

/** Charts write them so that pods are replaced when settings change, which in a Rollout is a new version. */
const isChecksum = (annotation: string): boolean => annotation.startsWith('checksum/');

const checksumsOf = (metadata: Foreign): readonly LeftOut[] =>
  keysOf(objectIn(metadata, 'annotations'))
    .filter(isChecksum)
    .map(name => ({
      what: `annotation ${name}`,
      why: 'it is about an object beside the Deployment, which is not read',
    }));

const isEmptyFolder = (volume: Foreign): boolean =>
  keysOf(volume).length === 2 &&
  valueIn(volume, 'emptyDir') !== undefined &&
  keysOf(objectIn(volume, 'emptyDir')).length === 0;

const otherVolume = (volume: Foreign): LeftOut => ({
  what: `volume ${textIn(volume, 'name') ?? ''}`.trim(),
  why: 'only a plain emptyDir is taken over, as a writable path',
  ...BROKEN,
});
