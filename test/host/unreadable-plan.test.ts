import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { openOut } from '../../src/host/out-folder.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import { specOf } from '../cli/surefoot.ts';
import { synthSources } from './synth-sources.ts';
import { codesOf, NO_DRIFT, readTree, temporaryFolder, writeTree } from './workspace.ts';

const FILE = 'rollouts/web.yaml';
const LIVE = 'live/default/demo/web';
const PLAN = 'plan/default/demo/web';

function run(root: string, step: string, write: boolean): SynthReport {
  const text = specOf({ name: 'web', step });
  writeTree(root, { [FILE]: text });
  const request = { root, whole: true, prune: false, write, compile };
  return synthSources({ ...request, out: openOut(root, 'out'), sources: [{ file: FILE, text }] });
}

test('where a merge conflict hides what a rollout owns, its headers tell, and files of others stay', () => {
  const root = temporaryFolder();
  run(root, 'complete', true);
  const complete = readTree(join(root, 'out'));
  const handMade = '# not Compiled by surefoot from here\n';
  writeTree(join(root, 'out'), {
    [`${PLAN}/plan.json`]: `<<<<<<< HEAD\n${complete[`${PLAN}/plan.json`]}=======\n{}\n>>>>>>> other\n`,
    [`${PLAN}/gone.md`]: complete[`${PLAN}/plan.md`] ?? '',
    [`${LIVE}/mine.yaml`]: handMade,
    [`${LIVE}/empty.yaml`]: '',
  });
  const mine = [`${LIVE}/empty.yaml`, `${LIVE}/mine.yaml`];

  const check = run(root, 'complete', false);
  expect(check.drift.stale).toEqual([`${PLAN}/plan.json`]);
  expect(check.drift.obsolete).toEqual([`${PLAN}/gone.md`]);
  expect(check.drift.extra).toEqual(mine);

  expect(codesOf(run(root, 'complete', true))).toEqual([`out/${PLAN}/plan.json out/plan-unreadable`]);
  const again = run(root, 'complete', false);
  expect(again.drift).toEqual({ ...NO_DRIFT, extra: mine });
  expect(codesOf(again)).toEqual([]);
  expect(readTree(join(root, 'out'))).toEqual({ ...complete, [mine[0]!]: '', [mine[1]!]: handMade });
});

const CONFLICT = '<<<<<<< HEAD\n{';

test.each([
  ['is missing', undefined],
  ['cannot be read', CONFLICT],
  ['cannot be read', '{"directory":"default/demo/web","source":"rollouts/web.yaml","files":{},"objects":[]}'],
])('where a plan.json %s and live/ would change, nothing of the rollout is written', (words, text) => {
  const root = temporaryFolder();
  run(root, 'complete', true);
  const plan = join(root, 'out', PLAN, 'plan.json');
  const restored = readFileSync(plan, 'utf8');
  if (text === undefined) rmSync(plan);
  else writeFileSync(plan, text);
  const before = readTree(join(root, 'out'));
  for (const write of [false, true]) {
    const report = run(root, 'retire-v1', write);
    expect(codesOf(report)).toEqual([`out/${PLAN}/plan.json out/plan-lost`]);
    expect(report.diagnostics[0]?.what).toContain(`This plan.json ${words}, and "out/${LIVE}/deployment-web-v1.yaml"`);
    expect(report.outcomes.map(one => one.outcome)).toEqual(['untouched']);
    expect(readTree(join(root, 'out'))).toEqual(before);
  }
  writeFileSync(plan, restored);
  expect(codesOf(run(root, 'retire-v1', true))).toEqual([]);
  expect(codesOf(run(root, 'retire-v1', false))).toEqual([]);
});

test('where live/ is byte for byte what the rollout compiles to, or empty, a lost plan.json is written anew', () => {
  const root = temporaryFolder();
  run(root, 'complete', true);
  const complete = readTree(join(root, 'out'));
  rmSync(join(root, 'out', PLAN), { recursive: true });
  rmSync(join(root, 'out', LIVE, 'service-web.yaml'));
  expect(codesOf(run(root, 'complete', true))).toEqual([]);
  expect(readTree(join(root, 'out'))).toEqual(complete);
  rmSync(join(root, 'out', PLAN, 'plan.json'));
  rmSync(join(root, 'out', LIVE), { recursive: true });
  expect(codesOf(run(root, 'retire-v1', true))).toEqual([]);
});
