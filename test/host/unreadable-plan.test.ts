import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { openOut } from '../../src/host/out-folder.ts';
import { synth } from '../../src/host/synth.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import { specOf } from '../cli/surefoot.ts';
import { codesOf, NO_DRIFT, readTree, temporaryFolder, writeTree } from './workspace.ts';

const FILE = 'rollouts/web.yaml';
const LIVE = 'live/default/demo/web';
const PLAN = 'plan/default/demo/web';

function run(root: string, step: string, write: boolean): SynthReport {
  const text = specOf({ name: 'web', step });
  writeTree(root, { [FILE]: text });
  const request = { root, refused: [], whole: true, prune: false, write, compile };
  return synth({ ...request, out: openOut(root, 'out'), sources: [{ file: FILE, text }] });
}

test('where a merge conflict hides what a rollout owns, its headers tell, and files of others stay', () => {
  const root = temporaryFolder();
  run(root, 'complete', true);
  const old = `${LIVE}/deployment-web-v1.yaml`;
  const complete = readTree(join(root, 'out'));
  expect(Object.keys(complete)).toContain(old);
  const handMade = '# not Compiled by surefoot from here\n';
  writeTree(join(root, 'out'), {
    [`${PLAN}/plan.json`]: `<<<<<<< HEAD\n${complete[`${PLAN}/plan.json`]}=======\n{}\n>>>>>>> other\n`,
    [`${PLAN}/gone.md`]: complete[`${PLAN}/plan.md`] ?? '',
    [`${LIVE}/mine.yaml`]: handMade,
    [`${LIVE}/empty.yaml`]: '',
  });
  const mine = [`${LIVE}/empty.yaml`, `${LIVE}/mine.yaml`];

  const check = run(root, 'retire-v1', false);
  const retired = ['deployment', 'poddisruptionbudget', 'service'].map(kind => `${LIVE}/${kind}-web-v1.yaml`);
  expect(check.drift.obsolete).toEqual([...retired, `${PLAN}/gone.md`]);
  expect(check.drift.extra).toEqual(mine);

  expect(codesOf(run(root, 'retire-v1', true))).toContain(`out/${PLAN}/plan.json out/plan-unreadable`);
  const again = run(root, 'retire-v1', false);
  expect(again.drift).toEqual({ ...NO_DRIFT, extra: mine });
  expect(codesOf(again).filter(code => code.endsWith('plan-unreadable'))).toEqual([]);
  const tree = readTree(join(root, 'out'));
  expect(tree[`${LIVE}/mine.yaml`]).toBe(handMade);
  expect(Object.keys(tree)).not.toContain(old);
});
