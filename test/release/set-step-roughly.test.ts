import { describe, expect, it } from 'vitest';
import { setStepRoughly } from '../../src/release/set-step-roughly.ts';

/** With mistakes that no reader gets over. */
const broken = (spec: string): string => `kind: Rollout\nmetadata: {{ name: shop }\nspec:\n${spec}  versions: [ {\n`;

describe('the step in a text that nobody can read', () => {
  it.each([
    ['plain', '  step: a # here\n', '  step: b # here\n', undefined, []],
    ['quoted', "  'step' : 'a'\r\n", "  'step' : 'b'\r\n", undefined, []],
    [
      'deeper',
      '    # all\n    provider: istio\n    step: a\n',
      '    # all\n    provider: istio\n    step: b\n',
      undefined,
      [],
    ],
    ['the one environment', '  step: a\n', '  step: b\n', 'prod', ['prod']],
    [
      'an environment on lines',
      '  step: a\n  environments:\n    dev:\n      step: a\n    prod:\n      step: a # far\n',
      '  step: a\n  environments:\n    dev:\n      step: a\n    prod:\n      step: b # far\n',
      'prod',
      ['dev', 'prod'],
    ],
    [
      'an environment in braces',
      '  environments:\n    dev: { step: a }\n    prod: { provider: istio, step: a }\n',
      '  environments:\n    dev: { step: a }\n    prod: { provider: istio, step: b }\n',
      'prod',
      ['dev', 'prod'],
    ],
    [
      'all environments on one line',
      '  environments: { dev: {step: a}, prod: {step: a} }\n',
      '  environments: { dev: {step: b}, prod: {step: a} }\n',
      'dev',
      ['dev', 'prod'],
    ],
    [
      'an environment that says nothing',
      '  step: a\n  environments:\n    prod: { provider: istio }\n',
      '  step: b\n  environments:\n    prod: { provider: istio }\n',
      'prod',
      ['prod'],
    ],
    [
      'a step that is a key of something else too',
      '  x:\n    step: a\n  step: a\n',
      '  x:\n    step: a\n  step: b\n',
      undefined,
      [],
    ],
  ] as const)('is the one line that can be it: %s', (_, before, after, environment, all) => {
    expect(setStepRoughly(broken(before), environment, 'b', all)).toBe(broken(after));
  });

  it.each([
    ['it is not written', '  provider: istio\n', undefined, []],
    ['two lines could be it', '<<<<<<< ours\n  step: a\n=======\n  step: c\n>>>>>>> theirs\n', undefined, []],
    ['two lines could be it, side by side', '  step: a\n  step: c\n', undefined, []],
    ['it is no plain name', '  step: { a: b }\n', undefined, []],
    ['several environments share it', '  step: a\n', 'prod', ['dev', 'prod']],
    [
      'the environment has none of its own',
      '  step: a\n  environments:\n    prod: {}\n    dev: {}\n',
      'prod',
      ['dev', 'prod'],
    ],
    [
      'nobody says which environment',
      '  environments: { dev: {step: a}, prod: {step: a} }\n',
      undefined,
      ['dev', 'prod'],
    ],
    ['the braces close elsewhere', '  step: a\n  environments: { prod: {\n    step: a } }\n', 'prod', ['prod']],
    ['the environment is there twice', '  environments: { prod: {step: a}, prod: {step: a} }\n', 'prod', ['prod', 'x']],
  ] as const)('is left alone where %s', (_, spec, environment, all) => {
    expect(setStepRoughly(broken(spec), environment, 'b', all)).toBeUndefined();
  });

  it('is left alone where there is no spec, or there are two', () => {
    expect(setStepRoughly('step: a\n', undefined, 'b')).toBeUndefined();
    expect(setStepRoughly('spec:\n  step: a\nspec:\n  step: a\n', undefined, 'b')).toBeUndefined();
  });
});
