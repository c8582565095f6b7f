import { type Stand, servedBy } from '../check-hop.ts';
import { byIdentity } from '../meaning.ts';
import { groupOf, type KubeObject } from '../model/kubernetes.ts';
import type { PlanRecord } from '../plan-record.ts';
import { leafWords } from './leaf-words.ts';
import { podsDifference } from './pods-difference.ts';

/** A version that serves and whose pods change under the same name. */
export interface ChangedPods {
  readonly version: string;
  /** What changes, each a fragment such as `image of app a → b`. */
  readonly fields: readonly string[];
  /** Whether it gets requests only by the same change. */
  readonly joins: boolean;
  /** Whether its `replacement` was raised, or lowered again by a revert. */
  readonly isMeant: boolean;
}

interface Side {
  readonly stand: Stand;
  readonly record: PlanRecord;
}

/** Versions that serve before or after a hop, and whose pod templates it changes in place. */
export function changedPods(before: Side, after: Side): readonly ChangedPods[] {
  const [old, now] = [deploymentsOf(before.stand), deploymentsOf(after.stand)];
  const [had, gets] = [keepersAsked(before.stand), keepersAsked(after.stand)];
  return [...old.keys()].flatMap(identity => {
    const pair = [old, now].map(side => new Map([...side].filter(([key]) => key === identity)));
    const [change] = podsDifference(pair[0]!, pair[1]!);
    if (change?.change !== 'changed') return [];
    const { images, template, keeper, version } = change;
    const fields = [
      ...images.map(({ container, before: a, after: b }) => `image of ${container} ${a ?? 'none'} → ${b ?? 'none'}`),
      ...template.map(leafWords),
    ];
    const serves = had.has(identity) || before.record.serving.includes(version);
    if (fields.length === 0 || !(serves || gets.has(identity))) return [];
    const isMeant = replacementOf(after.record, version) !== replacementOf(before.record, version);
    return [{ version: version === '' ? keeper : version, fields, joins: !serves, isMeant }];
  });
}

const keepersAsked = (stand: Stand): ReadonlySet<string> =>
  new Set(servedBy(stand).flatMap(({ keeper }) => (keeper === undefined ? [] : [keeper])));

const deploymentsOf = ({ objects }: Stand): ReadonlyMap<string, KubeObject> =>
  new Map([...byIdentity(objects)].filter(([, object]) => object.kind === 'Deployment' && groupOf(object) === 'apps'));

const replacementOf = ({ versions }: PlanRecord, version: string): number =>
  versions.find(({ name }) => name === version)?.replacement ?? 0;
