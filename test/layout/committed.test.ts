import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import { readCommitted } from '../../src/layout/committed.ts';
import { specOf } from '../cli/surefoot.ts';

const FILE = 'rollouts/web.yaml';
const DIRECTORY = 'default/demo/web';

/** The plan.json of a Rollout that stands at this state. */
function planAt(step: string): string {
  const [result] = compile({ file: FILE, text: specOf({ name: 'web', step }) }).results!;
  return result!.files.find(({ path }) => path.endsWith('plan.json'))!.text;
}

const TEXT = planAt('canary-25');

it('remembers who runs and who serves where the cluster stands', () => {
  const committed = readCommitted(TEXT, DIRECTORY);
  expect(committed).toMatchObject({ step: 'canary-25', running: ['v1', 'v2'], serving: ['v1', 'v2'] });
  expect(committed?.versions['v1']).toMatchObject({ defaults: 1, replacement: 0 });
  const at = (step: string) => readCommitted(planAt(step), DIRECTORY);
  expect(at('provision-v2')).toMatchObject({ running: ['v1', 'v2'], serving: ['v1'] });
  expect(at('complete')).toMatchObject({ running: ['v1', 'v2'], serving: ['v1', 'v2'] });
  expect(at('abort-complete')).toMatchObject({ running: ['v1', 'v2'], serving: ['v1'] });
  expect(at('baseline')).toMatchObject({ running: ['v1'], serving: ['v1'] });
});

it('remembers the same in whatever way the JSON is written', () => {
  const committed = readCommitted(TEXT, DIRECTORY);
  for (const indent of [undefined, 1, 4, '\t']) {
    const { versions, states, ...rest } = JSON.parse(TEXT);
    const text = JSON.stringify({ states, ...rest, versions }, null, indent);
    expect(readCommitted(text, DIRECTORY)).toEqual(committed);
  }
});

it('tells of versions that serve and are declared no more, who is asked and which state retires them', () => {
  const removed = (step: string, declared: readonly string[]) =>
    readCommitted(planAt(step), DIRECTORY, declared)?.removed;
  expect(removed('canary-25', ['v1', 'v2'])).toBeUndefined();
  expect(removed('canary-25', ['v2'])).toEqual({ v1: { asked: true, retire: 'retire-v1' } });
  expect(removed('complete', ['v2'])).toEqual({ v1: { asked: false, retire: 'retire-v1' } });
  expect(removed('complete', ['v1'])).toEqual({ v2: { asked: true } });
  expect(removed('provision-v2', ['v1'])).toBeUndefined();
});

it.each([
  ['is cut off', TEXT.slice(0, 400)],
  ['has a merge conflict', `<<<<<<< HEAD\n${TEXT}=======\n{}\n>>>>>>> other\n`],
  ['is about another Rollout', TEXT.replace(DIRECTORY, 'default/demo/other')],
  ['says not who serves', TEXT.replace('"serving"', '"_"')],
  ['is from before versions were remembered', TEXT.replace('"versions"', '"_"')],
  ['has a version without parts', TEXT.replace('"parts"', '"_"')],
  ['has a version whose number is none', TEXT.replace('"replacement": 0', '"replacement": -1')],
])('remembers nothing where plan.json %s', (_, text) => {
  expect(readCommitted(text, DIRECTORY)).toBeUndefined();
});

/** Every place of a value, so that each can be replaced. */
function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const part = replaced(Reflect.get(value as object, key), rest, by);
  return Array.isArray(value) ? value.with(Number(key), part) : { ...(value as object), [key]: part };
}

const { files: _, objects: __, hops: ___, states: ____, ...WHOLE } = JSON.parse(TEXT);
const PLACES = placesOf(WHOLE);
const PEOPLE_EDIT = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'v1', 0, 1, 2, -1, 1e21, null, [], {}, [null], { version: 7 }),
  fc.constant(JSON.parse('{ "__proto__": { "defaults": 1, "replacement": 0, "parts": {} } }')),
);

it('never throws, and never makes the compiler throw, whatever was written into plan.json', () => {
  let read = 0;
  const check = (place: readonly string[], by: unknown, step: string): void => {
    const committed = readCommitted(JSON.stringify(replaced(WHOLE, place, by)), DIRECTORY);
    if (committed === undefined) return;
    read++;
    const source = { file: FILE, text: specOf({ name: 'web', step }).replace('web:1', 'web:9') };
    for (const { code } of compile(source, { committed: { [DIRECTORY]: committed } }).diagnostics)
      expect(code).toMatch(/^version\/|^replicas\//);
  };
  const step = fc.constantFrom('baseline', 'canary-25', 'abort-canary-25', 'complete');
  fc.assert(fc.property(fc.constantFrom(...PLACES), PEOPLE_EDIT, step, check), { numRuns: 1500 });
  expect(read).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => void readCommitted(text, DIRECTORY)),
    { numRuns: 500 },
  );
});
