import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drafter } from '../../src/host/draft-source.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { specOf } from '../cli/surefoot.ts';
import { growOld, indexOf, synthesise, twinOf } from './remembered.ts';
import { readTree, temporaryFolder } from './workspace.ts';

const FILES = ['rollouts/a.yaml', 'rollouts/b.yaml', 'rollouts/deep/c.yaml'];
const OUT = [
  'out/live/default/demo/cart/service-cart.yaml',
  'out/live/default/demo/cart/deployment-cart-v1.yaml',
  'out/plan/default/demo/cart/plan.json',
  'out/plan/default/demo/cart/plan.md',
  'out/plan/default/demo/mail/canary-25.yaml',
  'out/plan/prod/demo/mail/plan.json',
];

const spec = (name: string, more: object = {}): string => specOf({ name, weights: [25], ...more });
const TEXTS = [
  spec('cart'),
  spec('cart', { step: 'complete' }),
  spec('mail'),
  spec('mail', { replicas: 6 }),
  // A warning.
  spec('mail').replaceAll(/:(\d)@sha256:\w+/g, ':$1'),
  'broken: [',
];
const FLEETS = [
  'apiVersion: surefoot.dev/v1\nkind: Fleet\nenvironments: { prod: {} }\n',
  '# nothing\napiVersion: surefoot.dev/v1\nkind: Fleet\n',
  'broken: [',
];

/** One thing that somebody does to the folder; what cannot be done is left. */
type Act = { readonly name: string; readonly act: (root: string) => void | Promise<void> };

const file = fc.constantFrom(...FILES);
const inOut = fc.constantFrom(...OUT);
const put = (root: string, path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const where = (path: string, act: (place: string) => void) => (root: string) => {
  if (statSync(join(root, path), { throwIfNoEntry: false })?.isFile()) act(join(root, path));
};

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(file, fc.constantFrom(...TEXTS)).map(([path, text]) => ({
      name: `write ${path} ${TEXTS.indexOf(text)}`,
      act: (root: string) => put(root, path, text),
    })),
  },
  file.map(path => ({ name: `delete ${path}`, act: where(path, place => rmSync(place)) })),
  fc.tuple(file, file).map(([from, to]) => ({
    name: `rename ${from} ${to}`,
    act: where(from, place => {
      const target = place.replace(from, to);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(place, target);
    }),
  })),
  fc.constantFrom(...FLEETS).map(text => ({
    name: `write surefoot.yaml ${FLEETS.indexOf(text)}`,
    act: (root: string) => put(root, 'surefoot.yaml', text),
  })),
  fc.constant({ name: 'delete surefoot.yaml', act: where('surefoot.yaml', place => rmSync(place)) }),
  {
    weight: 2,
    arbitrary: inOut.map(path => ({
      name: `edit ${path}, keeping its size`,
      act: where(path, place => writeFileSync(place, readFileSync(place, 'utf8').replace('a', 'b'))),
    })),
  },
  inOut.map(path => ({ name: `delete ${path}`, act: where(path, place => rmSync(place)) })),
  fc.oneof(inOut, file).map(path => ({
    name: `touch ${path}`,
    act: where(path, place => utimesSync(place, new Date(), new Date())),
  })),
  inOut.map(path => ({ name: `add beside ${path}`, act: (root: string) => put(root, `${path}.mine`, 'mine\n') })),
  inOut.map(path => ({
    name: `a folder for ${path}`,
    act: (root: string) => {
      rmSync(join(root, path), { force: true, recursive: true });
      mkdirSync(join(root, path), { recursive: true });
    },
  })),
  file.map(path => ({
    name: `kill a run that staged ${path}`,
    act: (root: string) => {
      if (!existsSync(join(root, path))) return;
      drafter({ root, fleet: undefined, write: true, watch: true }, openOut(root, 'out'))({ kind: 'file', file: path });
    },
  })),
  { weight: 3, arbitrary: fc.constant({ name: 'wait', act: growOld }) },
);

const ways = fc.record({
  prune: fc.boolean(),
  paths: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.constant([FILES[0]!])),
});

test('whatever was done to a folder, a run that remembers does what a fresh one does', async () => {
  let recalled = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ before: fc.array(acts, { maxLength: 3 }), way: ways, rest: fc.boolean() }), {
        minLength: 3,
        maxLength: 7,
      }),
      async rounds => {
        const root = temporaryFolder();
        const index = indexOf(root);
        put(root, FILES[0]!, TEXTS[0]!);
        put(root, FILES[1]!, TEXTS[4]!);
        for (const { before, way, rest } of rounds) {
          for (const { act } of before) await act(root);
          const paths = existsSync(join(root, FILES[0]!)) ? way.paths : [];
          const asked = { prune: way.prune && paths.length === 0, paths };
          const twin = twinOf(root);
          const fresh = await synthesise(twin, asked);
          expect(await synthesise(root, { ...asked, index })).toEqual(fresh);
          expect(readTree(root)).toEqual(readTree(twin));
          if (!rest) continue;
          // Once more when files are old enough: only now they are remembered.
          await growOld();
          await synthesise(root, { index });
          await synthesise(twin, {});
          recalled += index(undefined).read().size;
        }
      },
    ),
    { numRuns: 30 },
  );
  expect(recalled).toBeGreaterThan(10);
}, 300_000);
