import type { Stand } from '../check-hop.ts';
import { liveObjects } from '../live-objects.ts';
import { readDump } from '../manifest-files.ts';
import { identityOf, type KubeObject } from '../model/kubernetes.ts';
import { differsAt, type KubectlAnswers, objectsIn } from './kubectl-testimony.ts';
import { failed, type Testimony, told } from './testimony.ts';

/** Whether every object of a stand is in the cluster and says what it should, and whether anything else of the Rollout is left. */
export function syncedInCluster(stand: Stand, [found, labelled]: KubectlAnswers, context: string): Testimony {
  const live = dumpOf(found);
  if (live === undefined) return failed('kubectl answered with something that is no object');
  const who = `kubectl, context ${context}`;
  for (const object of stand.objects) {
    const one = live.get(identityOf(object));
    if (one === undefined) return told(false, `${who}: ${wordsOf(object)} is not there`);
    const place = differsAt(one, object);
    if (place !== undefined) return told(false, `${who}: ${wordsOf(object)} is not as committed: ${place}`);
  }
  const rest = labelled === undefined ? undefined : dumpOf(labelled);
  const all = `${who}: all ${stand.objects.length} objects are as committed`;
  if (rest === undefined) return told(true, `${all}; nobody looked for what is left over`);
  const [stranger] = liveObjects(rest, stand).strangers;
  if (stranger !== undefined) return told(false, `${who}: ${wordsOf(stranger)} is left over`);
  return told(true, `${all}, and nothing of these kinds is left over`);
}

const wordsOf = ({ kind, metadata }: KubeObject): string => `${kind}/${metadata.name}`;

/** Undefined: it cannot be read. An empty List is no dump, and fine. */
function dumpOf(text: string | undefined): ReadonlyMap<string, KubeObject> | undefined {
  const objects = objectsIn(text ?? '');
  if (objects === undefined || text === undefined) return undefined;
  if (objects.length === 0) return new Map();
  const dump = readDump({ file: 'kubectl', text });
  return 'objects' in dump ? dump.objects : undefined;
}
