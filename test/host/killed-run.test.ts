import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftRollout } from '../../src/host/draft.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { settleDrafts } from '../../src/host/settle.ts';
import { surveyRollout } from '../../src/host/survey-out.ts';
import { type Operation, operate, operationsOf, stageFiles } from '../../src/host/write-out.ts';
import { compileStandIn, type StandIn } from './stand-in.ts';
import { codesOf, NO_DRIFT, readTree, run, type Tree, temporaryFolder, writeTree } from './workspace.ts';

const DIRECTORY = 'default/shop/cart';
const FILE = 'rollouts/a.yaml';

/** Everything that a run would do to a rollout, staged but not done. */
function prepare(
  root: string,
  standIn: StandIn,
): { out: ReturnType<typeof openOut>; operations: readonly Operation[] } {
  const out = openOut(root, 'out');
  const member = draftRollout(out, compileStandIn({ file: FILE, text: JSON.stringify(standIn) }), true, false);
  const { committed } = settleDrafts([member], { root, out, whole: true, prune: false });
  const { wanted = [], staged = { moves: [] } } = member.results?.[0] ?? {};
  const own = committed.plans.get(DIRECTORY)?.files ?? [];
  return { out, operations: operationsOf(staged, surveyRollout(out, { directory: DIRECTORY, wanted, own })) };
}

const names = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'];
const texts = fc.dictionary(fc.constantFrom(...names), fc.constantFrom('old\n', 'new\n'), { maxKeys: 4 });
const standIns = fc
  .record({ live: texts, states: texts })
  .map((files): StandIn => ({ directory: DIRECTORY, claims: ['/Service/shop/cart'], ...files }));
const kills = fc.array(fc.record({ standIn: standIns, after: fc.nat(12) }), { minLength: 1, maxLength: 4 });

const withoutTemps = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !/\.surefoot-\d+-\d+\.tmp$|\/$/.test(path)));

const allOf = (standIn: StandIn): Tree => {
  const [result] = compileStandIn({ file: FILE, text: JSON.stringify(standIn) }).results ?? [];
  return Object.fromEntries((result?.files ?? []).map(file => [file.path, file.text]));
};

test('however often a run is killed, each file is old or new, and one whole run heals', () => {
  fc.assert(
    fc.property(standIns, kills, standIns, (first, killed, last) => {
      const root = temporaryFolder();
      run(root, { fleet: { [FILE]: first } });
      for (const { standIn, after } of killed) {
        const old = withoutTemps(readTree(join(root, 'out')));
        const { out, operations } = prepare(root, standIn);
        operate(out, operations.slice(0, after));
        const now = withoutTemps(readTree(join(root, 'out')));
        const wanted = allOf(standIn);
        for (const path of new Set([...Object.keys(old), ...Object.keys(wanted), ...Object.keys(now)])) {
          expect([old[path], wanted[path]]).toContain(now[path]);
        }
      }
      run(root, { fleet: { [FILE]: last } });
      const { 'live/': _, ...healed } = readTree(join(root, 'out'));
      expect(healed).toEqual(allOf(last));
      expect(run(root, { fleet: { [FILE]: last }, check: true }).drift).toEqual(NO_DRIFT);
    }),
    { numRuns: 60 },
  );
});

test('a first run that was killed, so that there is no plan.json yet, is healed by one whole run of whatever edit', () => {
  fc.assert(
    fc.property(kills, standIns, (killed, last) => {
      const root = temporaryFolder();
      for (const { standIn, after } of killed) {
        const { out, operations } = prepare(root, standIn);
        const placesPlan = operations.findIndex(one => one.kind === 'rename' && one.to.endsWith('plan.json'));
        operate(out, operations.slice(0, Math.min(after, placesPlan)));
      }
      expect(codesOf(run(root, { fleet: { [FILE]: last } }))).toEqual([]);
      const { 'live/': _, ...healed } = readTree(join(root, 'out'));
      expect(healed).toEqual(allOf(last));
    }),
    { numRuns: 40 },
  );
});

test('what a killed run left behind is told by a check and swept by the next run', () => {
  const root = temporaryFolder();
  const standIn = { directory: DIRECTORY, live: { 'a.yaml': 'a\n' } };
  run(root, { fleet: { [FILE]: standIn } });
  const inside = 'live/default/shop/cart/.surefoot-999999999-1.tmp';
  const outside = 'plan/default/gone/mail/.surefoot-999999999-2.tmp';
  writeTree(join(root, 'out'), { [inside]: 'half', [outside]: '{"half' });
  expect(run(root, { fleet: { [FILE]: standIn }, check: true }).drift).toEqual({
    ...NO_DRIFT,
    leftovers: [inside, outside],
  });
  run(root, { fleet: { [FILE]: standIn } });
  expect(Object.keys(readTree(join(root, 'out')))).toEqual([
    'live/default/shop/cart/a.yaml',
    'plan/default/shop/cart/plan.json',
  ]);
});

test('what another run is writing just now is left alone', () => {
  const root = temporaryFolder();
  const standIn = { directory: DIRECTORY, live: { 'a.yaml': 'a\n' } };
  run(root, { fleet: { [FILE]: standIn } });
  const unfinished = `out/live/default/shop/cart/.surefoot-${process.ppid}-1.tmp`;
  writeTree(root, { [unfinished]: 'half' });
  expect(run(root, { fleet: { [FILE]: standIn }, check: true }).drift).toEqual(NO_DRIFT);
  run(root, { fleet: { [FILE]: standIn } });
  expect(Object.keys(readTree(root))).toContain(unfinished);
});

test('a file that only looks like an unfinished one is extra, not swept', () => {
  const root = temporaryFolder();
  const standIn = { directory: DIRECTORY, live: { 'a.yaml': 'a\n' } };
  writeTree(join(root, 'out'), { 'live/default/shop/cart/surefoot-1-1.tmp': '', 'live/.surefoot-x-1.tmp': '' });
  expect(run(root, { fleet: { [FILE]: standIn } }).drift.extra).toEqual([
    'live/.surefoot-x-1.tmp',
    'live/default/shop/cart/surefoot-1-1.tmp',
  ]);
  expect(Object.keys(readTree(join(root, 'out')))).toContain('live/.surefoot-x-1.tmp');
});

test('a rollout that was staged and never placed does not count as gone', () => {
  const root = temporaryFolder();
  stageFiles(
    openOut(root, 'out'),
    compileStandIn({ file: FILE, text: JSON.stringify({ directory: DIRECTORY }) }).results?.[0]?.files ?? [],
  );
  const report = run(root, { fleet: {} });
  expect(report.diagnostics).toEqual([]);
  expect(readTree(join(root, 'out', 'plan'))).toEqual({});
});

test('a staged name is never one that a killed run of the same number left', () => {
  const root = temporaryFolder();
  writeTree(join(root, 'out/live/x'), { keep: '' });
  for (let n = 0; n < 400; n++) writeFileSync(join(root, `out/live/x/.surefoot-${process.pid}-${n}.tmp`), 'old');
  const { moves } = stageFiles(openOut(root, 'out'), [{ path: 'live/x/a.yaml', text: 'new' }]);
  const tree = readTree(join(root, 'out'));
  expect(moves.map(move => tree[move.from])).toEqual(['new']);
  expect(Object.values(tree).filter(text => text === 'old').length).toBe(400);
});

test('plan.json is the last to be placed, after what is obsolete is gone', () => {
  const root = temporaryFolder();
  run(root, { fleet: { [FILE]: { directory: DIRECTORY, live: { 'a.yaml': '1', 'b.yaml': '1' } } } });
  const { operations } = prepare(root, {
    directory: DIRECTORY,
    live: { 'b.yaml': '2', 'c.yaml': '1' },
    states: { 'z.yaml': '1' },
  });
  expect(operations.map(one => (one.kind === 'rename' ? `place ${one.to}` : `remove ${one.path}`))).toEqual([
    'place live/default/shop/cart/b.yaml',
    'place live/default/shop/cart/c.yaml',
    'place plan/default/shop/cart/z.yaml',
    'remove live/default/shop/cart/a.yaml',
    'place plan/default/shop/cart/plan.json',
  ]);
});
