import { describe, expect, it } from 'vitest';
import type { Rollout } from '../../src/model/rollout.ts';
import { flatten } from '../../src/plan/environments.ts';
import { planRollout } from '../../src/plan/plan-rollout.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';

/** The states of a tape, as `name: versions with their percents`, the one that takes the rest in brackets. */
function told(provider: string, ...steps: readonly { readonly [version: string]: number }[]): readonly string[] {
  const versions = Object.fromEntries(['v1', 'v2', 'v3'].map(name => [name, { image: 'registry.example.com/shop:1' }]));
  const named = steps.map((traffic, i) => ({ name: `s${i + 1}`, traffic }));
  const used = new Set(['v1', ...steps.flatMap(step => Object.keys(step))]);
  const rollout: Rollout = {
    apiVersion: 'surefoot.dev/v1',
    kind: 'Rollout',
    metadata: { name: 'shop' },
    spec: {
      provider,
      versions: Object.fromEntries(Object.entries(versions).filter(([name]) => used.has(name))),
      steps: named,
    },
  };
  const { plan, findings } = planRollout(flatten(rollout, PROVIDERS).flats[0]!, PROVIDERS);
  if (plan === undefined) throw new Error(JSON.stringify(findings));
  return plan.states
    .filter(({ kind }) => kind !== 'abort')
    .map(({ name, rules, running, rest }) => {
      const share = (version: string) => (rules.at(-1)!.split.find(one => one.version === version)?.share ?? 0) / 100;
      const words = running.map(({ version }) =>
        version === rest ? `(${version} ${share(version)})` : `${version} ${share(version)}`,
      );
      return `${name}: ${words.join(' ')}`;
    });
}

describe('splits held by several objects', () => {
  it('need no state of their own in a tape of releases', () => {
    expect(told('emissary', { v1: 90, v2: 10 }, { v2: 100 }, { v2: 90, v3: 10 }, { v3: 100 })).toEqual([
      'baseline: (v1 100)',
      'provision-v2: (v1 100) v2 0',
      's1: (v1 90) v2 10',
      's2: (v1 0) v2 100',
      'retire-v1: v2 100',
      'provision-v3: (v2 100) v3 0',
      's3: (v2 90) v3 10',
      's4: (v2 0) v3 100',
      'retire-v2: v3 100',
    ]);
  });

  it('lower some weights before others rise', () => {
    expect(told('emissary', { v1: 20, v2: 60, v3: 20 }, { v1: 10, v2: 20, v3: 70 })).toEqual([
      'baseline: (v1 100)',
      'provision-v2: (v1 100) v2 0',
      'provision-v3: (v1 100) v2 0 v3 0',
      's1: (v1 20) v2 60 v3 20',
      'lower-s2: (v1 60) v2 20 v3 20',
      's2: (v1 10) v2 20 v3 70',
    ]);
  });

  it('hand the rest over to a new stable version while the old one still runs', () => {
    expect(told('emissary', { v2: 100 }, { v1: 50, v2: 50 })).toEqual([
      'baseline: (v1 100)',
      'provision-v2: (v1 100) v2 0',
      's1: (v1 0) v2 100',
      'hold-s2: v1 0 v2 100',
      'lower-s2: v1 0 (v2 100)',
      's2: v1 50 (v2 50)',
    ]);
  });

  it('are no matter where one object holds the split', () => {
    expect(told('istio', { v2: 100 }, { v1: 50, v2: 50 })).toEqual([
      'baseline: v1 100',
      'provision-v2: v1 100 v2 0',
      's1: v1 0 v2 100',
      's2: v1 50 v2 50',
    ]);
  });
});
