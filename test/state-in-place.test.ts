import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../src/compile.ts';
import { stateInPlace } from '../src/state-in-place.ts';
import { PROVIDER_NAMES, RANDOM, runs, TEMPLATES } from './properties/random-rollout.ts';

const compiled = (rollout: object) =>
  compile({ file: 'rollouts/shop.yaml', text: stringify(rollout) }, { templates: TEMPLATES });

describe.each(PROVIDER_NAMES)('a committed state of %s put into place', provider => {
  it('is what compiling the Rollout in that state writes, but for the page', () => {
    fc.assert(
      fc.property(RANDOM[provider], fc.nat(), fc.nat(), (rollout, from, to) => {
        const states = compiled(rollout).results![0]!.plan.states.map(({ name }) => name);
        const [here, there] = [states[from % states.length]!, states[to % states.length]!];
        const at = (step: string) => compiled({ ...rollout, spec: { ...rollout.spec, step } }).results![0]!;
        const [old, now] = [at(here), at(there)];
        const { directory } = old;
        const textOf = (path: string) => old.files.find(file => file.path === path)!.text;
        const texts = { state: textOf(`plan/${directory}/${there}.yaml`), plan: textOf(`plan/${directory}/plan.json`) };
        const placed = stateInPlace(directory, there, texts);
        if (typeof placed === 'string') throw new Error(placed);
        const wanted = now.files.filter(({ path }) => path.startsWith('live/'));
        const bare = (text: string) => text.replace(/"plan\/[^"]+\/plan\.md": "[0-9a-f]+"/, '');
        expect(placed.files.filter(({ path }) => path.startsWith('live/')).sort(byPath)).toEqual(wanted);
        const json = (files: typeof now.files) => files.find(({ path }) => path.endsWith('/plan.json'))!.text;
        expect(bare(json(placed.files))).toBe(bare(json(now.files)));
      }),
      { numRuns: runs(provider, 20) },
    );
  });
});

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);

describe('what is no committed state', () => {
  const plan = readFileSync('out/plan/default/demo/hello/plan.json', 'utf8');
  it.each([
    ['a text without objects', '# nothing\n', plan],
    ['a list in place of an object', '- 1\n', plan],
    ['a state that the plan does not have', 'apiVersion: v1\nkind: Service\nmetadata: { name: x }\n', plan],
    ['no plan', 'apiVersion: v1\nkind: Service\nmetadata: { name: x }\n', '{'],
  ])('%s is told', (_, state, text) => {
    expect(stateInPlace('default/demo/hello', 'abort-none', { state, plan: text })).toEqual(expect.any(String));
  });
});
