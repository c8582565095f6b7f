import { describe, expect, it } from 'vitest';
import { moreThanSteps } from '../../src/promotion.ts';
import { withStep } from '../../src/release/set-step.ts';

const shop = (spec: string): string =>
  `apiVersion: surefoot.dev/v1\nkind: Rollout\nmetadata: { name: shop }\nspec:${spec}`;
const REST = '  versions: { v1: { image: shop:1 } } # all of them\n';

interface Row {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly environment?: string;
  readonly fleet?: readonly string[];
  readonly step?: string;
}

const BLOCK: readonly Row[] = [
  { what: 'a plain value', before: '\n  step: a # here\n', after: '\n  step: b # here\n' },
  { what: 'single quotes', before: "\n  step: 'a' # here\n", after: "\n  step: 'b' # here\n" },
  { what: 'double quotes', before: '\n  "step" : "a"\n', after: '\n  "step" : "b"\n' },
  { what: 'a block scalar', before: '\n  step: >- # why\n    a\n\n', after: '\n  step: b # why\n\n' },
  { what: 'a value on a line of its own', before: '\n  step:\n    a\n', after: '\n  step:\n    b\n' },
  { what: 'an explicit key', before: '\n  ? step\n  : a\n', after: '\n  ? step\n  : b\n' },
  { what: 'a name that is no text to some', before: '\n  step: a\n', after: '\n  step: "1e3"\n', step: '1e3' },
  {
    what: 'the provider before it',
    before: '\n  provider: istio # mesh\n',
    after: '\n  provider: istio # mesh\n  step: b\n',
  },
  { what: 'no key before it', before: '\n  # about them\n', after: '\n  step: b\n  # about them\n' },
  { what: 'CRLF', before: '\r\n  provider: istio\r\n', after: '\r\n  provider: istio\r\n  step: b\r\n' },
  { what: 'CRLF and a value', before: '\r\n  step: a\r\n', after: '\r\n  step: b\r\n' },
  {
    what: 'one environment without a step',
    before: '\n  step: a\n  environments: { dev: {} }\n',
    after: '\n  step: b\n  environments: { dev: {} }\n',
  },
  {
    what: 'one environment with a step',
    before: '\n  step: a\n  environments: { dev: { step: a } }\n',
    after: '\n  step: a\n  environments: { dev: { step: b } }\n',
  },
  {
    what: 'an empty map',
    environment: 'dev',
    before: '\n  environments: { dev: {}, prod: {} }\n',
    after: '\n  environments: { dev: { step: b }, prod: {} }\n',
  },
  {
    what: 'a map in braces',
    environment: 'dev',
    before: '\n  environments: { dev: {provider: istio}, prod: {} }\n',
    after: '\n  environments: { dev: {step: b, provider: istio}, prod: {} }\n',
  },
  {
    what: 'a map on lines',
    environment: 'prod',
    before: '\n  environments:\n    dev: {}\n    prod: # far\n      # much\n      workload: { replicas: 3 }\n',
    after:
      '\n  environments:\n    dev: {}\n    prod: # far\n      step: b\n      # much\n      workload: { replicas: 3 }\n',
  },
  {
    what: 'a map in braces over lines',
    environment: 'prod',
    before: '\n  environments:\n    dev: {}\n    prod:\n      {\n        provider: istio, # much\n      }\n',
    after: '\n  environments:\n    dev: {}\n    prod:\n      { step: b,\n        provider: istio, # much\n      }\n',
  },
  {
    what: 'one that has a step of its own',
    environment: 'prod',
    before: '\n  step: a\n  environments:\n    dev: {}\n    prod:\n      step: a\n',
    after: '\n  step: a\n  environments:\n    dev: {}\n    prod:\n      step: b\n',
  },
  {
    what: 'environments of surefoot.yaml alone',
    environment: 'prod',
    fleet: ['dev', 'prod'],
    before: '\n  provider: istio\n  step: a # both\n',
    after: '\n  provider: istio\n  step: a # both\n  environments: { dev: {}, prod: { step: b } }\n',
  },
  {
    what: 'the one environment of surefoot.yaml',
    environment: 'prod',
    fleet: ['prod'],
    before: '\n  step: a\n',
    after: '\n  step: b\n',
  },
];

describe('the step of a Rollout', () => {
  it.each(BLOCK)('moves with: $what', ({ before, after, environment, fleet, step = 'b' }) => {
    const [old, now] = [shop(before + REST), shop(after + REST)];
    expect(withStep(old, environment, step, fleet)).toEqual({ text: now });
    expect(moreThanSteps(old, now, fleet)).toBeUndefined();
  });

  it.each([
    ['{ step: a, versions: { v1: { image: a } } }', '{ step: b, versions: { v1: { image: a } } }'],
    ['{ versions: { v1: { image: a } } }', '{ step: b, versions: { v1: { image: a } } }'],
    ['{versions: {v1: {image: a}}}', '{step: b, versions: {v1: {image: a}}}'],
    ['\n  step: a\n  versions: { v1: { image: a } }', '\n  step: b\n  versions: { v1: { image: a } }'],
    ['\n  versions: { v1: { image: a } }\n  step: a', '\n  versions: { v1: { image: a } }\n  step: b'],
    [
      '\n  versions: { v1: { image: a } }\n  provider: istio',
      '\n  versions: { v1: { image: a } }\n  provider: istio\n  step: b',
    ],
  ])('moves in a text without a last line break: %s', (before, after) => {
    expect(withStep(shop(` ${before}`), undefined, 'b')).toEqual({ text: shop(` ${after}`) });
  });

  it.each([
    [
      'two environments and no name',
      '\n  environments: { dev: {}, prod: {} }\n',
      undefined,
      'release/which-environment',
    ],
    ['an environment that it has not', '\n  environments: { dev: {} }\n', 'prod', 'release/unknown-environment'],
    ['another one than the default', '\n', 'prod', 'release/unknown-environment'],
    ['a mistake in the file', '\n  environments: { dev: }\n', 'dev', 'schema/wrong-type'],
    [
      'a map that begins on the line of its key',
      '\n  environments:\n    ? dev\n    : provider: istio\n    ? prod\n    : {}\n',
      'dev',
      'release/not-editable',
    ],
  ])('is not moved: %s', (_, spec, environment, code) => {
    expect(withStep(shop(spec + REST), environment, 'b')).toMatchObject({ finding: { code } });
  });
});
