import { liveObjects } from '../live-objects.ts';
import type { ManifestFile } from '../manifest-files.ts';
import { meaningOf, type Side } from '../meaning.ts';
import type { KubeObject } from '../model/kubernetes.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { type Difference, differenceOf, withClusterOnly } from './difference.ts';
import { printed, type TextPair, type TextSide } from './text-side.ts';

/** One Rollout compared with itself at another moment or place. */
export interface Comparison {
  readonly about: PlanFacts;
  /** What the two sides are called, such as two states. */
  readonly before: string;
  readonly after: string;
  readonly difference: Difference;
  /** The files of both sides, those that are the same too. */
  readonly texts: readonly TextPair[];
}

/** Manifests of one Rollout, what its plan.json says of them, and what they are called. */
export interface Committed {
  readonly called: string;
  readonly facts: PlanFacts;
  readonly files: readonly ManifestFile[];
}

/** Compares two sets of files; those with the same name belong together, unless both sides are one file. */
export function compareFiles(before: Committed, after: Committed): Comparison {
  const [one, other] = [before.files[0], after.files[0]];
  const isPair = one !== undefined && other !== undefined && before.files.length + after.files.length === 2;
  return {
    about: after.files.length === 0 ? before.facts : after.facts,
    before: before.called,
    after: after.called,
    difference: differenceOf(sideOf(before), sideOf(after), meaningOf),
    texts:
      isPair && before.facts === after.facts
        ? [{ before: textOf(one, 'a'), after: textOf(other, 'b') }]
        : pairs(before.files, after.files),
  };
}

/** Compares the objects of a cluster, as far as the files say anything of them, with the files. */
export function compareCluster(dump: ReadonlyMap<string, KubeObject>, after: Committed, called: string): Comparison {
  const wanted = sideOf(after);
  const { objects, strangers } = liveObjects(dump, wanted);
  const difference = differenceOf({ ...wanted, objects }, wanted, meaningOf);
  const texts = wanted.objects.map((object): TextPair => {
    const name = `${object.kind.toLowerCase()}-${object.metadata.name}.yaml`;
    const live = objects.filter(one => one.kind === object.kind && one.metadata.name === object.metadata.name);
    return {
      ...(live.length === 0 ? {} : { before: printed(`cluster/${name}`, live) }),
      after: printed(`out/${name}`, [object], live),
    };
  });
  return {
    about: after.facts,
    before: called,
    after: after.called,
    difference: withClusterOnly(difference, strangers),
    texts,
  };
}

const sideOf = ({ facts, files }: Committed): Side => ({
  rollout: facts.rollout,
  namespace: facts.namespace,
  ...(facts.provider === undefined ? {} : { provider: facts.provider }),
  versions: facts.versions,
  objects: files.flatMap(({ objects }) => objects),
});

function pairs(before: readonly ManifestFile[], after: readonly ManifestFile[]): readonly TextPair[] {
  const [old, now] = [byName(before), byName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.map(name => ({
    ...(old.has(name) ? { before: textOf(old.get(name)!, 'a') } : {}),
    ...(now.has(name) ? { after: textOf(now.get(name)!, 'b') } : {}),
  }));
}

const byName = (files: readonly ManifestFile[]): ReadonlyMap<string, ManifestFile> =>
  new Map(files.map(file => [file.file, file]));

const textOf = ({ file, text, objects }: ManifestFile, side: 'a' | 'b'): TextSide => ({
  name: `${side}/${file}`,
  text,
  objects,
});
