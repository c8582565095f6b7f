import { diffLines } from 'diff';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import type { Rollout } from '../../src/model/rollout.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { type Release, withRelease } from '../../src/release/release.ts';
import { liveDifferences } from '../../src/release/same-live.ts';
import { tidied } from '../../src/release/tidy.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from '../properties/random-rollout.ts';
import { anyStyle, textIn } from './random-text.ts';

const compileText = (text: string): Compiled => compile({ file: 'rollouts/shop.yaml', text }, { templates: TEMPLATES });

/** The same Rollout with environments at some states of its tape; undefined: it has none that can be named. */
function spread(rollout: Rollout, places: readonly number[]): Rollout | undefined {
  const plan = compileText(JSON.stringify(rollout)).results?.[0]?.plan;
  if (plan === undefined) return undefined;
  const names = plan.states.map(({ name }) => name);
  const at = (place: number): string => names[Math.floor(place * names.length)]!;
  const { step: _, ...spec } = rollout.spec;
  const [one, ...others] = places;
  if (others.length === 0) return { ...rollout, spec: { ...spec, step: at(one!) } };
  const environments = Object.fromEntries(places.map((place, i) => [`e${i}`, { namespace: `n${i}`, step: at(place) }]));
  return { ...rollout, spec: { ...spec, environments } };
}

const release: Release = { version: 'next', image: 'registry.example.com/shop:9.9.9' };
const places = fc.array(
  fc.integer({ min: 0, max: 99 }).map(percent => percent / 100),
  { minLength: 1, maxLength: 2 },
);

const errorsOf = ({ diagnostics }: Compiled) => diagnostics.filter(({ severity }) => severity === 'error');

it.each(PROVIDER_NAMES)('a release changes nothing that runs: %s', name => {
  let made = 0;
  fc.assert(
    fc.property(RANDOM[name], anyStyle, places, (rollout, style, where) => {
      const stood = spread(rollout, where);
      if (stood === undefined) return;
      const text = textIn(style, stood);
      const before = compileText(text);
      expect(errorsOf(before).map(d => d.what)).toEqual([]);
      const [released, after] = releasedIn(text, before) ?? [];
      if (released === undefined || after === undefined) return;
      expect(readRollout(released).findings).toEqual([]);
      expect(liveDifferences(before, after)).toEqual([]);
      expect(after.results![0]!.plan.states.length).toBeGreaterThan(before.results![0]!.plan.states.length);
      expectLines(text, released);
      made++;
    }),
    { numRuns: 8 },
  );
  expect(made).toBeGreaterThan(0);
});

/** By the steps of the release before; where these cannot be said again, by others. */
function releasedIn(text: string, before: Compiled): readonly [string, Compiled] | undefined {
  for (const more of [{}, { keepRuleNames: true }, { steps: { kinds: ['blueGreen'] } }] as const) {
    const result = withRelease(text, { ...release, ...more });
    if (!('text' in result)) {
      expect(result.findings.map(({ code }) => code)).not.toContain('release/not-editable');
      continue;
    }
    const after = compileText(result.text);
    if (after.results !== undefined && liveDifferences(before, after).length === 0) return [result.text, after];
  }
  return undefined;
}

/** The lines that were there are there, in the same order, but for the few that open or close what is appended to. */
function expectLines(before: string, after: string): void {
  const lost = diffLines(before, after).flatMap(({ removed, count }) => (removed ? [count] : []));
  expect(lost.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(6);
}

/** Places near the end of the tape. */
const late = fc.array(
  fc.integer({ min: 60, max: 99 }).map(percent => percent / 100),
  { minLength: 1, maxLength: 2 },
);
let dropped = 0;

it.each(PROVIDER_NAMES)('what all have passed goes, and nothing that runs changes: %s', name => {
  fc.assert(
    fc.property(RANDOM[name], anyStyle, late, (rollout, style, where) => {
      const stood = spread(rollout, where);
      if (stood === undefined) return;
      const text = textIn(style, stood);
      const before = compileText(text);
      const result = tidied(text, { compile: compileText });
      if (!('text' in result)) {
        expect(result).toHaveProperty('nothing');
        return;
      }
      const after = compileText(result.text);
      expect(errorsOf(after)).toEqual([]);
      expect(liveDifferences(before, after)).toEqual([]);
      expect(after.results!.map(({ directory }) => directory)).toEqual(
        before.results!.map(({ directory }) => directory),
      );
      // Nothing is said anew but where somebody stands and what is stable.
      const old = new Set(text.split(/\r?\n/));
      const fresh = result.text.split(/\r?\n/).filter(line => !old.has(line));
      for (const line of fresh) expect(line).toMatch(/step|stable|steps|[[\]{}]/);
      expect(result.text.length).toBeLessThan(text.length + 30);
      const again = tidied(result.text, { compile: compileText });
      expect(again).toHaveProperty('nothing');
      dropped++;
    }),
    { numRuns: runs(name, 12) },
  );
});

it('has something to drop often enough', () => {
  expect(dropped).toBeGreaterThan(20);
});
