import { places } from './places.ts';
import type { Bounds, PodsChange } from './pods-difference.ts';

/** What happens to the pods of one keeper: `pods of v2 (Deployment/shop-v2): scaled 3 → 5`. */
export function podsLines(pods: PodsChange): readonly string[] {
  const name = pods.version === '' ? pods.keeper : `${pods.version} (${pods.keeper})`;
  switch (pods.change) {
    case 'created':
      return [[`pods of ${name} created${countWords(pods)}`, ...pods.images.map(imageWords)].join(', ')];
    case 'deleted':
      return [`pods of ${name} deleted`];
    case 'changed':
      return changedLines(`pods of ${name}`, pods);
    default:
      return pods.change satisfies never;
  }
}

function changedLines(
  title: string,
  { revision, replicas, autoscaler, images, template }: PodsChange,
): readonly string[] {
  const words = [
    ...(revision === undefined
      ? []
      : [`new revision ${revision.after ?? 'without a name'}, after ${revision.before ?? 'one without a name'}`]),
    ...(replicas === undefined ? [] : [`scaled ${replicas.before ?? 'unset'} → ${replicas.after ?? 'unset'}`]),
    ...(autoscaler === undefined
      ? []
      : [`autoscaler ${boundsWords(autoscaler.before)} → ${boundsWords(autoscaler.after)}`]),
    ...images.map(imageWords),
  ];
  // A new revision runs beside the ones before it.
  const isReplaced = revision === undefined && images.length + template.length > 0;
  const others = revision === undefined ? template : template.filter(({ path }) => path !== 'metadata.name');
  return [
    ...(words.length === 0 ? [] : [`${title}: ${words.join(', ')}`]),
    ...places(`${title}: template`, others),
    ...(isReplaced ? [`${title} are replaced`] : []),
  ];
}

function countWords({ replicas, autoscaler }: PodsChange): string {
  if (autoscaler?.after !== undefined) return ` × ${boundsWords(autoscaler.after)}`;
  return replicas?.after === undefined ? '' : ` × ${replicas.after}`;
}

function imageWords({ container, before, after }: PodsChange['images'][number]): string {
  if (before === undefined && after !== undefined) return `image ${after}`;
  return `image of ${container} ${before ?? 'none'} → ${after ?? 'none'}`;
}

const boundsWords = (bounds: Bounds | undefined): string =>
  bounds === undefined ? 'none' : `${bounds.min}–${bounds.max}`;
