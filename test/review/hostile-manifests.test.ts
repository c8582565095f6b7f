import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/kubernetes.ts';
import { readStand } from '../../src/read-stand.ts';
import { judgeChange } from '../../src/review/judge-change.ts';
import { verdictData, verdictLine } from '../../src/review/verdict-words.ts';
import { DIRECTORY, RULES, shopAt, sideOf } from './sides.ts';

/** Every place of a value, itself among them. */
function placesIn(value: Json): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, part]) => placesIn(part).map(place => [key, ...place]))];
}

function put(value: Json, [key, ...rest]: readonly string[], part: Json): Json {
  if (key === undefined) return part;
  const copy = structuredClone(value) as { [key: string]: Json };
  copy[key] = put(copy[key]!, rest, part);
  return copy;
}

const ODD = fc.oneof(
  fc.constantFrom<Json>(null, '', 0, -1, 1e308, [], {}, [null], [[]], { a: null }, 'v2', true, 'x\u001b[31m'),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

describe.each(['kubernetes', 'istio', 'knative'] as const)('manifests with any value at any place (%s)', provider => {
  const step = provider === 'kubernetes' ? 'canary-25' : 'canary-10';
  const before = sideOf(shopAt('provision-v2', { provider }));
  const sound = sideOf(shopAt(step, { provider }));
  const places = sound.stand.objects.flatMap((object, i) => placesIn(object as Json).map(place => ({ i, place })));

  it('are judged, never thrown at', () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), ODD, ({ i, place }, odd) => {
        const objects = sound.stand.objects.map((object, at) => (at === i ? put(object as Json, place, odd) : object));
        const files = objects.map((object, at) => ({ file: `${at}.yaml`, text: JSON.stringify(object) }));
        const { stand } = readStand({ ...sound.stand, directory: DIRECTORY, files });
        const edited = { changed: ['x.yaml'], added: [], missing: [] };
        const hurt = { ...sound, stand, edited };
        const past = [stand];
        const verdicts = [
          judgeChange({ directory: DIRECTORY, before, after: hurt, earlier: stand, past, standOf: () => stand }, RULES),
          judgeChange({ directory: DIRECTORY, before: hurt, after: { ...before, edited } }, RULES),
          judgeChange({ directory: DIRECTORY, after: hurt }, RULES),
          judgeChange({ directory: DIRECTORY, before: hurt }, RULES),
        ];
        for (const verdict of verdicts) {
          expect(verdictLine(verdict)).not.toMatch(/undefined|\[object/);
          expect(verdictLine(verdict)).not.toContain('\u001b');
          expect(() => JSON.stringify(verdictData(verdict))).not.toThrow();
          for (const { what } of verdict.findings) expect(what.length).toBeGreaterThan(10);
        }
      }),
      { numRuns: 300 },
    );
  });
});
