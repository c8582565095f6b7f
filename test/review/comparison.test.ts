import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readManifestFiles } from '../../src/manifest-files.ts';
import { planFacts } from '../../src/plan-facts.ts';
import { type Committed, compareFiles } from '../../src/review/comparison.ts';
import { differenceLines } from '../../src/review/difference-text.ts';

const EXPECTED = join(import.meta.dirname, '../accept/existing-services/expected');
const DIRECTORY = 'default/bank/ledger';
const PLAN = readFileSync(join(EXPECTED, 'plan', DIRECTORY, 'plan.json'), 'utf8');

/** The live files of a Rollout over Services of somebody else, and what a plan.json tells of them. */
function committed(plan: string | undefined, edit = (text: string): string => text): Committed {
  const live = join(EXPECTED, 'live', DIRECTORY);
  const texts = readdirSync(live).map(file => ({ file, text: edit(readFileSync(join(live, file), 'utf8')) }));
  const { files, diagnostics } = readManifestFiles(texts);
  expect(diagnostics).toEqual([]);
  return { called: 'x', facts: planFacts(DIRECTORY, plan), files };
}

const quarter = (text: string): string => text.replace('weight: 50', 'weight: 25').replace('weight: 50', 'weight: 75');

it('routes between Services of somebody else are read by the names that plan.json remembers', () => {
  const { difference, about } = compareFiles(committed(PLAN), committed(PLAN, quarter));
  expect(difference.routing.problems).toEqual({ before: [], after: [] });
  expect(differenceLines(difference).slice(0, 3)).toEqual([
    'blue 50 % → 25 %, green 50 % → 75 %',
    'match unchanged',
    'no pod touched',
  ]);
  expect(about).toMatchObject({ source: 'rollout.yaml', step: 'half', provider: 'istio' });
});

it('without a plan.json, or with a broken one, objects are compared all the same', () => {
  for (const plan of [undefined, '{', '[]', PLAN.replace('"directory": "default', '"directory": "other')]) {
    const lines = differenceLines(compareFiles(committed(plan), committed(plan, quarter)).difference);
    expect(lines.slice(0, 5)).toEqual([
      'routing unchanged as far as it can be read',
      'routes before could not be read whole: No plan.json says which provider routes.',
      'routes after could not be read whole: No plan.json says which provider routes.',
      'no pod touched',
      'VirtualService/ledger updated:',
    ]);
    expect(lines).toContain('  spec.http[default].route[0].weight 50 → 25');
  }
});
