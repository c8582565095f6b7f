import { expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import { planFacts } from '../../src/plan-facts.ts';
import { planRecord } from '../../src/plan-record.ts';
import { specOf } from '../cli/surefoot.ts';

const DIRECTORY = 'default/demo/cart';
const PLAN = `plan/${DIRECTORY}/plan.json`;

/** Text by path of everything that a Rollout with these labels compiles to. */
function filesWith(labels: string): ReadonlyMap<string, string> {
  const text = specOf({ name: 'cart' }).replace('  namespace: demo\n', `  namespace: demo\n${labels}`);
  const { results } = compile({ file: 'rollouts/cart.yaml', text });
  return new Map(results?.[0]?.files.map(({ path, text: content }) => [path, content]));
}

it('metadata.labels stand in plan.json, and in nothing else', () => {
  const plain = filesWith('');
  const labelled = filesWith('  labels: { team: till, "example.com/tier": "" }\n');
  expect([...labelled.keys()]).toEqual([...plain.keys()]);
  expect(labelled.size).toBeGreaterThan(10);
  expect([...labelled].filter(([path, text]) => plain.get(path) !== text).map(([path]) => path)).toEqual([PLAN]);
  const labels = { team: 'till', 'example.com/tier': '' };
  expect(planFacts(DIRECTORY, labelled.get(PLAN)).labels).toEqual(labels);
  expect(planRecord(DIRECTORY, labelled.get(PLAN)).labels).toEqual(labels);
  expect(planFacts(DIRECTORY, plain.get(PLAN))).not.toHaveProperty('labels');
});

it('what else a plan.json says of versions and states is read too, and never guessed', () => {
  const plan = filesWith('').get(PLAN)!;
  const record = planRecord(DIRECTORY, plan);
  expect(record.versions.map(({ name, image }) => [name, image?.split('@')[0]])).toEqual([
    ['v1', 'registry.example.com/cart:1'],
    ['v2', 'registry.example.com/cart:2'],
  ]);
  expect([record.running.get('baseline'), record.running.get('canary-25')]).toEqual([['v1'], ['v1', 'v2']]);
  const odd = {
    ...JSON.parse(plan),
    labels: { a: 1, b: 'c' },
    versions: { v1: { image: 3 } },
    states: [{ name: 'x', running: [1, {}] }],
  };
  const read = planRecord(DIRECTORY, JSON.stringify(odd));
  expect([read.labels, read.versions, read.running.get('x')]).toEqual([{ b: 'c' }, [{ name: 'v1' }], []]);
  expect(planFacts(DIRECTORY, JSON.stringify({ ...odd, labels: ['x'] }))).not.toHaveProperty('labels');
});
