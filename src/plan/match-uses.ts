import type { Path } from '../diagnostics/finding.ts';
import type { Feature } from '../model/capabilities.ts';
import type { MatchSpec, TextSpec } from '../model/rollout.ts';
import type { WrittenSplit } from './nearest.ts';

/** A feature that a Rollout asks for, where, and the number it asks for where the feature has one (shares: basis points; not one that is too fine for them). */
export interface Use {
  readonly feature: Feature;
  readonly path: Path;
  readonly amount?: number;
  /** The split that the number is a part of, the same for all of its parts; absent: the number stands for itself. */
  readonly among?: WrittenSplit;
}

/** A place where a feature is asked for. */
export const use = (feature: Feature, path: Path, amount?: number, among?: WrittenSplit): Use => ({
  feature,
  path,
  ...(amount === undefined ? {} : { amount }),
  ...(among === undefined ? {} : { among }),
});

/** Everything that one match asks for. */
export function matchUses(match: MatchSpec, path: Path): readonly Use[] {
  const named = (['headers', 'cookies', 'query'] as const).flatMap(key =>
    Object.entries(match[key] ?? {}).flatMap(([name, text]) => [
      use(`match.${key}`, [...path, key, name]),
      ...textUses(key, text, [...path, key, name]),
      ...regexUse(text, [...path, key, name]),
    ]),
  );
  const several = (['headers', 'cookies'] as const)
    .filter(key => Object.keys(match[key] ?? {}).length > 1)
    .map(key => use(`match.${key}.several`, [...path, key]));
  const single = (['path', 'method'] as const).flatMap(key => {
    const text = match[key];
    if (text === undefined) return [];
    return [
      use(`match.${key}`, [...path, key]),
      ...textUses(key, text, [...path, key]),
      ...regexUse(text, [...path, key]),
    ];
  });
  return [...named, ...several, ...single, ...(match.grpc === undefined ? [] : [use('match.grpc', [...path, 'grpc'])])];
}

/** What asks for more than to compare a whole text. */
function textUses(
  key: 'headers' | 'cookies' | 'query' | 'path' | 'method',
  text: TextSpec,
  path: Path,
): readonly Use[] {
  if (typeof text === 'string' || key === 'cookies') return [];
  if (key === 'path') return 'prefix' in text ? belowUse(text.prefix, path) : [];
  if ('prefix' in text) return [use(`match.${key}.prefix`, path)];
  return 'present' in text && key !== 'method' ? [use(`match.${key}.present`, path)] : [];
}

const regexUse = (text: unknown, path: Path): readonly Use[] =>
  typeof text === 'object' && text !== null && 'regex' in text ? [use('match.regex', path)] : [];

/** A prefix that ends at a slash leaves out the path itself. */
export const belowUse = (path: string | undefined, at: Path): readonly Use[] =>
  path !== undefined && path !== '/' && path.endsWith('/') ? [use('match.path.below', at)] : [];
