import { describe, expect, it } from 'vitest';
import { obligationWords } from '../../src/layout/words.ts';
import { type Change, type CheckRules, judgeChange, type Verdict } from '../../src/review/judge-change.ts';
import { verdictLine } from '../../src/review/verdict-words.ts';
import { DIRECTORY, type Edit, RULES, type Said, shopAt, sideOf } from './sides.ts';

const states = (said: Said) => (state: string) => sideOf(shopAt(state, said)).stand;

const hop = (from: string, to: string, said: Said = {}, now: Said = said, edit?: Edit): Change => ({
  directory: DIRECTORY,
  before: sideOf(shopAt(from, said)),
  after: sideOf(shopAt(to, now), edit),
  standOf: states(now),
});

const codes = ({ findings }: Verdict): readonly string[] => findings.map(({ code }) => code);
const seen = ({ obligations }: Verdict): readonly string[] => obligations.map(obligationWords);
const judged = (change: Change, rules: CheckRules = RULES): Verdict => judgeChange(change, rules);

describe('a hop of the plan', () => {
  it.each([
    ['kubernetes', 'provision-v2', 'canary-25', ['v2 has 1 available pod']],
    ['istio', 'canary-10', 'canary-20', ['v2 has 4 available pods']],
    ['istio', 'baseline', 'provision-v2', []],
    ['istio', 'canary-20', 'abort-canary-20', []],
    ['istio', 'complete', 'retire-v1', ['v1 gets no requests']],
    ['knative', 'provision-v2', 'canary-10', ['v2 is ready']],
  ] as const)('%s: %s → %s is proved', (provider, from, to, first) => {
    const verdict = judged(hop(from, to, { provider }));
    expect([codes(verdict), seen(verdict)]).toEqual([[], [...first]]);
    expect(verdict.operations).toBeGreaterThan(0);
  });

  it('back is proved like forth, and moves nothing that it does not have to', () => {
    const verdict = judged(hop('canary-20', 'canary-10'));
    expect([codes(verdict), verdict.operations, seen(verdict)]).toEqual([[], 1, ['v1 has 4 available pods']]);
  });
});

describe('a skip', () => {
  it.each([
    ['kubernetes', 'complete', /Go by way of "[^"]+", which is proved/],
    ['istio', 'canary-10', /Go by way of "provision-v2", which is proved: write `step: provision-v2`/],
  ] as const)('of %s to %s over what it needs is refused, with the state between', (provider, to, fix) => {
    const verdict = judged(hop('baseline', to, { provider }));
    expect([codes(verdict), verdict.obligations]).toEqual([['check/unsafe-hop'], []]);
    expect(verdict.findings[0]?.fix).toMatch(fix);
  });

  it.each([
    ['knative', 'canary-10', 'it waits for a revision by itself'],
    ['kubernetes', 'canary-25', 'a Service sends to pods that are ready'],
  ] as const)('of %s to %s is proved: %s', (provider, to, _why) => {
    const verdict = judged(hop('baseline', to, { provider }));
    expect([codes(verdict), seen(verdict)]).toEqual([[], []]);
  });

  it('of weights alone is proved, and says what it leaves out', () => {
    const verdict = judged(hop('canary-10', 'complete', { weights: [10, 20, 50] }));
    expect([codes(verdict), verdict.skips]).toEqual([[], ['canary-20', 'canary-50']]);
    expect(verdictLine(verdict)).toContain('1 operation; skips canary-20, canary-50; first see: v2 has');
    for (const [from, to] of [
      ['canary-10', 'canary-20'],
      ['canary-50', 'canary-10'],
      ['canary-50', 'abort-canary-50'],
      ['abort-canary-50', 'canary-50'],
    ] as const)
      expect([from, to, judged(hop(from, to, { weights: [10, 20, 50] })).skips]).toEqual([from, to, undefined]);
  });

  it('waits for the pause of the state that it leaves, as the next hop of the plan does', () => {
    const said: Said = { weights: [10, 20, 50], pause: '30m' };
    const first = (from: string, to: string, now = said) => seen(judged(hop(from, to, said, now)))[0];
    expect(first('canary-10', 'canary-20')).toBe('30m have passed');
    expect(first('canary-10', 'canary-50')).toBe('30m have passed');
    expect(first('canary-10', 'complete', { weights: [40] })).toBe('30m have passed');
    expect(first('canary-50', 'canary-10')).toBe('v1 has 4 available pods');
  });

  it('over a retirement is refused: pods go before the route has left them', () => {
    const verdict = judged(hop('canary-20', 'retire-v1'));
    expect(verdict.findings[0]?.what).toContain('go to subset v1 of Service/shop, which is not there');
    expect(verdict.findings[0]?.fix).toContain('"complete"');
  });

  it('of a whole release names every state on the way', () => {
    const verdict = judged(hop('baseline', 'retire-v1'));
    expect(verdict.findings[0]?.fix).toMatch(
      /Go by way of "provision-v2" and "(?:canary-\d+|complete)", which is proved/,
    );
  });
});

describe('a plan that was edited on the way', () => {
  it('is proved by what stands there, whatever its steps are called', () => {
    const verdict = judged(hop('canary-20', 'canary-50', { weights: [20] }, { weights: [50] }));
    expect([codes(verdict), seen(verdict)]).toEqual([[], ['v2 has 4 available pods']]);
  });

  it('with fewer pods than the requests need is refused', () => {
    const fewer: Edit = (file, text) =>
      file.endsWith('deployment-shop-v1.yaml') ? text.replace('replicas: 4', 'replicas: 1') : text;
    const verdict = judged(hop('canary-10', 'canary-20', {}, {}, fewer));
    expect(codes(verdict)).toEqual(['check/edited-by-hand', 'check/unsafe-hop']);
    expect(verdict.findings[1]?.what).toContain('1 pod of v1');
  });
});

describe('pods that change in place', () => {
  it('are refused while they serve, with what changes', () => {
    const verdict = judged(hop('canary-10', 'canary-10', {}, { image: 'shop:1.1' }));
    expect(codes(verdict)).toEqual(['check/changed-while-serving']);
    expect(verdict.findings[0]?.what).toContain('shop:1.1');
  });

  it('are a replace where it is meant', () => {
    const verdict = judged(hop('canary-10', 'canary-10', {}, { image: 'shop:1.1', replacement: 1 }));
    expect([codes(verdict), verdict.replaced]).toEqual([[], ['v1']]);
  });

  it('may change before anybody asks them', () => {
    const other: Edit = (file, text) => (file.endsWith('v2.yaml') ? text.replaceAll('shop:2', 'shop:3') : text);
    const verdict = judged({ ...hop('provision-v2', 'provision-v2', {}, {}, other) });
    expect(codes(verdict)).toEqual(['check/edited-by-hand']);
  });

  it('are refused where they get their first requests by the same change', () => {
    const other: Edit = (file, text) => (file.endsWith('v2.yaml') ? text.replaceAll('shop:2', 'shop:3') : text);
    const verdict = judged(hop('provision-v2', 'canary-10', {}, {}, other));
    expect(codes(verdict)).toEqual(['check/edited-by-hand', 'check/changed-while-serving']);
  });
});

describe('hand edits', () => {
  const inRoute =
    (from: string, to: string): Edit =>
    (file, text) =>
      file.includes('virtualservice') ? text.replace(from, to) : text;

  it('are told by file, and the hop is proved on what stands there', () => {
    const verdict = judged(hop('canary-10', 'canary-10', {}, {}, inRoute('subset: v2', 'subset: v3')));
    expect(codes(verdict)).toEqual(['check/edited-by-hand', 'check/unsafe-hop']);
    expect(verdict.findings[0]?.what).toContain(`live/${DIRECTORY}/virtualservice-shop.yaml`);
    expect(verdict.findings[1]?.fix).toMatch(/^Take back what was edited: run `surefoot synth`/);
  });

  it('that have no meaning are told, because nothing is proved of them', () => {
    const verdict = judged(hop('canary-10', 'canary-10', {}, {}, inRoute('weight: 10', 'weight: a few')));
    expect(codes(verdict)).toContain('check/not-understood');
  });

  it('of a selector that finds nobody lose requests', () => {
    const wrong: Edit = (file, text) =>
      file.endsWith('/service-shop.yaml')
        ? text.replace(/selector:\n {4}app: shop/, 'selector:\n    app: shopp')
        : text;
    const verdict = judged(hop('canary-10', 'canary-10', {}, {}, wrong));
    expect(codes(verdict)).toContain('check/unsafe-hop');
    expect(verdict.findings.at(-1)?.what).toContain('none run');
  });

  it('of a selector that cannot change are refused by the cluster', () => {
    const wrong: Edit = (file, text) =>
      file.endsWith('deployment-shop-v1.yaml') ? text.replace('matchLabels:\n', 'matchLabels:\n      a: b\n') : text;
    const verdict = judged(hop('canary-10', 'canary-10', {}, {}, wrong));
    expect(verdict.findings.at(-1)?.what).toContain('cannot be applied');
  });

  it('that delete a file are told too', () => {
    const verdict = judged(
      hop('canary-10', 'canary-10', {}, {}, (file, text) => (file.includes('destinationrule') ? undefined : text)),
    );
    expect(verdict.findings[0]?.what).toContain('missing');
    expect(codes(verdict)).toContain('check/unsafe-hop');
  });
});

describe('Rollouts that come and go', () => {
  const at = (step: string, said?: Said) => sideOf(shopAt(step, said));

  it.each(['kubernetes', 'istio'] as const)('a new one is proved as a whole (%s)', provider => {
    const after = at('complete', { provider });
    expect(codes(judged({ directory: DIRECTORY, after }))).toEqual([]);
  });

  it('a new one that needs what nobody makes is refused', () => {
    const after = at('canary-10', { provider: 'knative' });
    const verdict = judged({ directory: DIRECTORY, after });
    expect(codes(verdict)).toEqual(['check/not-whole']);
    expect(verdict.findings[0]?.what).toContain('which is not there');
  });

  it('a deleted one is refused while it serves, unless somebody says so', () => {
    const change: Change = { directory: DIRECTORY, before: at('canary-10') };
    const refused = judged(change);
    expect(codes(refused)).toEqual(['check/deleted-while-serving']);
    expect(refused.findings[0]?.what).toContain('"v1" and "v2" serve');
    const described = judged({ ...change, isDescribed: true }).findings[0]?.fix;
    expect(described).toContain('still describes it: run `surefoot synth`');
    const allowed = judged(change, { ...RULES, allowedDeletions: new Set([DIRECTORY]) });
    expect([codes(allowed), allowed.kind]).toEqual([[], 'deleted']);
  });

  it('a deleted one whose plan tells nothing names objects as people do', () => {
    const { stand, record } = at('canary-10', { provider: 'knative' });
    const bare = { stand: { ...stand, versions: [] }, record: { ...record, versions: [], serving: [] } };
    const what = judged({ directory: DIRECTORY, before: bare }).findings[0]?.what;
    expect(what).toContain('Revision/shop-v1');
    expect(what).not.toContain('serving.knative.dev');
  });

  it('one whose base lacks files of its own plan says which', () => {
    const lacking = [`live/${DIRECTORY}/destinationrule-shop.yaml`];
    const verdict = judged({ ...hop('baseline', 'canary-10'), lacking });
    expect(verdict.findings[0]?.fix).toContain(`lacks "out/${lacking[0]}", which its own plan.json lists`);
  });

  it('one that moved says where it is now', () => {
    const verdict = judged({ directory: DIRECTORY, before: at('canary-10'), moved: 'prod/demo/shop' });
    expect(verdict.findings[0]?.what).toContain('now describes "prod/demo/shop"');
  });
});

describe('a state that was never applied whole', () => {
  const change: Change = { ...hop('provision-v2', 'canary-10'), earlier: sideOf(shopAt('baseline')).stand };

  it('has to be synced first', () => {
    const verdict = judged(change);
    expect([codes(verdict), seen(verdict)[0]]).toEqual([[], 'provision-v2 is synced']);
  });

  it('is said once, also where the plan says it too', () => {
    const record = change.after!.record;
    const hops = record.hops.map(one => ({
      ...one,
      obligations: [{ kind: 'synced', state: one.from } as const, ...one.obligations],
    }));
    const verdict = judged({ ...change, after: { ...change.after!, record: { ...record, hops } } });
    expect(seen(verdict)).toEqual(['provision-v2 is synced', 'v2 has 4 available pods']);
  });

  it('is no matter to an abort, which waits for nothing', () => {
    const record = { ...change.after!.record, aborts: ['canary-10'] };
    expect(seen(judged({ ...change, after: { ...change.after!, record } }))).toEqual([]);
  });

  it('is refused where nobody can see to it', () => {
    expect(codes(judged(change, { ...RULES, unobserved: true }))).toEqual(['check/never-applied']);
  });

  it('is no matter between weights', () => {
    const weights: Change = { ...hop('canary-10', 'canary-20'), earlier: sideOf(shopAt('provision-v2')).stand };
    expect(seen(judged(weights))).toEqual(['v2 has 4 available pods']);
  });
});

describe('a Rollout that goes from one provider to another', () => {
  it('is proved from what both kinds of objects say', () => {
    const verdict = judged(hop('baseline', 'baseline', { provider: 'kubernetes' }, { provider: 'istio' }));
    expect(verdict.kind).toBe('hop');
    expect(codes(verdict)).toContain('check/unsafe-hop');
  });
});
