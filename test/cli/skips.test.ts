import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/cli/paint.ts';
import { skipSummary, skipTable } from '../../src/cli/skip-table.ts';
import { compile } from '../../src/compile.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type Skip, type Skips, skipsOf } from '../../src/skips.ts';
import { surefoot } from './surefoot.ts';

const ROOT = join(import.meta.dirname, '../..');
const planOf = (name: string): Plan => {
  const file = `rollouts/${name}.yaml`;
  return compile({ file, text: readFileSync(join(ROOT, file), 'utf8') }).results![0]!.plan;
};

/** Moves with the verdicts that a function gives. */
const judged = (states: readonly string[], verdict: (from: number, to: number) => Skip['verdict']): Skips => {
  const of = (from: string, to: string) => verdict(states.indexOf(from), states.indexOf(to));
  return { states, verdict: of, between: (from, to) => ({ from, to, verdict: of(from, to) }) };
};
const letters = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `s${i + 1}`);
const at = (current: string): Plan => ({ ...planOf('hello'), current });

describe('in one line', () => {
  it('neighbours stand together', () => {
    const skips = judged(letters(6), (_, to) => (to < 4 ? 'once-ready' : 'unsafe'));
    expect(skipSummary(at('s1'), skips)).toEqual([
      'From s1 it is safe to go to s2 … s4; not to s5, s6: requests get lost (surefoot plan --skips tells how).',
    ]);
  });

  it('all may be safe, or none', () => {
    expect(
      skipSummary(
        at('s2'),
        judged(letters(3), () => 'any-order'),
      ),
    ).toEqual(['From s2 it is safe to go to any state.']);
    expect(
      skipSummary(
        at('s1'),
        judged(letters(2), () => 'unsafe'),
      )[0],
    ).toMatch(/safe to go to no state; not to s2:/);
    expect(
      skipSummary(
        at('s1'),
        judged(letters(1), () => 'unsafe'),
      ),
    ).toEqual([]);
  });
});

describe('as a table', () => {
  it('a row is where a move begins, a column where it ends', () => {
    const verdict = (from: number, to: number) => (to < from ? 'any-order' : to === from + 1 ? 'once-ready' : 'unsafe');
    expect(skipTable(at('s3'), judged(letters(3), verdict), plain).slice(1)).toEqual([
      '1  2  3',
      '   ~  x  1  from s1',
      '=     ~  2  from s2',
      '=  =     3  from s3',
      '= safe in any order   ~ safe once ready   x loses requests   columns: to the state of this number',
    ]);
  });

  it('many states are a list', () => {
    const lines = skipTable(
      at('s17'),
      judged(letters(17), (_, to) => (to === 3 ? 'unsafe' : 'any-order')),
      plain,
    );
    expect(lines.slice(1, 4)).toEqual(['from s1', '    safe in any order: s2, s3, s5 … s17', '    loses requests: s4']);
  });

  it('what loses requests from the current state is told with its agents and the way round', () => {
    const plan = planOf('hello');
    const lines = skipTable({ ...plan, current: 'complete' }, skipsOf(plan), plain);
    const told = lines.slice(lines.indexOf('complete → baseline'));
    expect(told.slice(0, 4)).toEqual([
      'complete → baseline',
      '    after "delete Deployment/hello-v2" 100 % of the requests to hello go to pods with app=hello, version=v2, and none run.',
      '    happens with: Argo CD',
      '    go by canary-50',
    ]);
    expect(told.slice(4, 8)).toEqual([
      'complete → provision-v2',
      '    after "update Deployment/hello-v2" 100 % of the requests to hello go to 1 pod of v2, and need 3.',
      '    no agent that we know works in this order',
      '    go by canary-50',
    ]);
  });
});

describe('the command', () => {
  it('says where it is safe to go, and with --skips all the rest', () => {
    const short = surefoot(ROOT, ['plan', 'rollouts/hello.yaml']);
    expect(short.stdout).toMatch(
      /\n\nFrom canary-25 it is safe to go to baseline, provision-v2, canary-50, abort-.*\n$/,
    );
    const long = surefoot(ROOT, ['plan', '--skips', 'rollouts/hello.yaml']);
    expect(long.stdout).toContain('=  from baseline'.replace('=', '1'));
    expect(long.stdout).not.toContain('it is safe to go to');
  });

  it('gives every move as data', () => {
    const { stdout } = surefoot(ROOT, ['plan', '--skips', '-o', 'json', 'rollouts/hello.yaml']);
    const [{ skips, states }] = JSON.parse(stdout);
    expect(skips).toHaveLength(states.length * (states.length - 1));
    expect(skips.find((one: Skip) => one.from === 'complete' && one.to === 'baseline')).toMatchObject({
      verdict: 'unsafe',
      counterexample: { operations: [{ verb: 'delete', object: 'apps/Deployment/demo/hello-v2' }] },
      agents: [{ agent: 'Argo CD' }],
      by: ['canary-50'],
    });
    expect(JSON.parse(surefoot(ROOT, ['plan', '-o', 'json', 'rollouts/hello.yaml']).stdout)[0].skips).toBeUndefined();
  });

  it('takes --skips with a table and with JSON only', () => {
    const { exit, stderr } = surefoot(ROOT, ['plan', '--skips', '-o', 'yaml', 'rollouts/hello.yaml']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('--skips is told as a table or as JSON')]);
  });
});
