import { describe, expect, it } from 'vitest';
import { moreThanSteps } from '../../src/promotion.ts';
import { shopAt } from './sides.ts';

const BASE = shopAt('canary-10');
const staged = (environments: string): string =>
  BASE.replace('  provider:', `  environments: ${environments}\n  provider:`);

describe('two texts of a Rollout', () => {
  it.each([
    ['the same', BASE, BASE],
    ['another step', BASE, shopAt('canary-20')],
    ['a step that is written for the first time', BASE.replace(/^ {2}step:.*\n/m, ''), BASE],
    ['a step that is written no more', BASE, BASE.replace(/^ {2}step:.*\n/m, '')],
    ['a step on several lines', BASE, BASE.replace('step: canary-10', 'step: >-\n    canary-20')],
    ['another step and its comment', BASE, BASE.replace('step: canary-10', 'step: canary-20 # at last')],
    [
      'the step of an environment',
      staged('{ a: { step: canary-10 }, b: {} }'),
      staged('{ a: { step: canary-20 }, b: {} }'),
    ],
    ['the first step of an environment', staged('{ a: {}, b: {} }'), staged('{ a: {}, b: { step: canary-20 } }')],
    ['the same in a block', staged('\n    a: {}'), staged('\n    a:\n      step: canary-20').replace('a:\n', 'a:\n')],
  ])('differ in steps alone: %s', (_, before, after) => {
    expect(moreThanSteps(before, after)).toBeUndefined();
  });

  it.each([
    ['an image', BASE, BASE.replace('shop:2', 'shop:3'), 'spec.versions.v2.image differs'],
    ['a step of the tape', BASE, BASE.replace('name: complete', 'name: done'), 'spec.steps.1.name differs'],
    ['a comment', BASE, `${BASE}# x\n`, 'a comment'],
    ['a comment taken away', `# x\n${BASE}`, BASE, 'a comment'],
    ['an environment', BASE, staged('{ a: { step: canary-10 } }'), 'spec.environments.a differs'],
    [
      'replicas beside the step',
      staged('{ a: { step: canary-10 } }'),
      staged('{ a: { step: canary-10, workload: { replicas: 9 } } }'),
      'spec.environments.a.workload differs',
    ],
    ['a broken text', BASE, BASE.replace('kind: Rollout', 'kind: ['), 'it is no sound Rollout'],
    ['nothing', BASE, '', 'it is no sound Rollout'],
  ])('differ in more: %s', (_, before, after, why) => {
    expect(moreThanSteps(before, after)).toContain(why);
  });
});
