import type { Finding } from '../diagnostics/finding.ts';
import { list } from '../diagnostics/wording.ts';
import { entry } from '../model/once.ts';
import type { Flat } from './environments.ts';

interface Found {
  readonly findings: readonly Finding[];
}

/** Findings of all environments, `compiled` in the order of `flats`, the same one once; one that is not the same in each of them begins with its own. */
export function findingsOfAll(flats: readonly Flat[], compiled: readonly Found[]): readonly Finding[] {
  const keyOf = ({ code, what, why, fix, at }: Finding): string => JSON.stringify([code, what, why, fix, at]);
  const homes = new Map<string, { readonly finding: Finding; readonly flats: Set<Flat> }>();
  compiled.forEach(({ findings }, index) => {
    for (const finding of findings)
      entry(homes, keyOf(finding), () => ({ finding, flats: new Set<Flat>() })).flats.add(flats[index]!);
  });
  return [...homes.values()].map(({ finding, flats: own }) =>
    own.size === compiled.length ? finding : inEnvironments(finding, [...own]),
  );
}

const inEnvironments = (finding: Finding, flats: readonly Flat[]): Finding => {
  const names = flats.map(({ environment }) => environment);
  return {
    ...finding,
    what: `In the environment${names.length === 1 ? '' : 's'} ${list(names)}: ${finding.what}`,
    notes: [
      ...finding.notes,
      ...flats.map(({ environment, declared }) => ({
        at: declared,
        text: `the environment ${list([environment])} is declared here.`,
      })),
    ],
  };
};
