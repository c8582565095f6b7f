import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.ts';
import { withRelease } from '../../src/release/release.ts';
import { tidied } from '../../src/release/tidy.ts';

const shop = (spec: string): string =>
  `apiVersion: surefoot.dev/v1\nkind: Rollout\nmetadata: { name: shop }\nspec:${spec}`;
const released = (spec: string) => {
  const result = withRelease(shop(spec), { version: 'v3', image: 'shop:3' });
  return 'text' in result ? result.text.slice(shop('').length) : result.findings;
};
const tidy = (spec: string) => {
  const result = tidied(shop(spec), { compile: text => compile({ file: 'rollouts/shop.yaml', text }) });
  return 'text' in result ? result.text.slice(shop('').length) : result;
};

describe('a release in a text', () => {
  it.each([
    [
      'in braces on one line',
      ' { provider: istio, versions: { v1: { image: shop:1 } }, steps: [] }\n',
      ' { provider: istio, versions: { v1: { image: shop:1 }, v3: { image: shop:3 } }, steps: [{ canary: { to: v3, name: canary-v3, weights: [5, 20, 50] } }, { name: complete-v3, traffic: { v3: 100 } }] }\n',
    ],
    [
      'without steps, without a last line break',
      '\n  provider: istio\n  versions:\n    v1: { image: shop:1 }',
      '\n  provider: istio\n  versions:\n    v1: { image: shop:1 }\n    v3: { image: shop:3 }\n  steps:\n    - canary: { to: v3, name: canary-v3, weights: [5, 20, 50] }\n    - { name: complete-v3, traffic: { v3: 100 } }',
    ],
    [
      'in braces over lines, with comments and a comma at the end',
      '\n  provider: istio\n  versions: {\n    v1: { image: shop:1 }, # old\n    v2: { image: shop:2 }, # new\n  }\n  steps: [\n    { name: over, traffic: { v2: 100 } } # at once\n  ]\n',
      '\n  provider: istio\n  versions: {\n    v1: { image: shop:1 }, # old\n    v2: { image: shop:2 }, # new\n    v3: { image: shop:3 }\n  }\n  steps: [\n    { name: over, traffic: { v2: 100 } }, # at once\n    { name: over-v3, traffic: { v3: 100 } }\n  ]\n',
    ],
    [
      'with dashes below their key, comments and settings on lines',
      '\n  provider: istio\n  steps:\n  - name: over\n    traffic: { v2: 100 } # at once\n    # and that is it\n  versions:\n    v1: { image: shop:1 }\n    v2:\n      image: shop:2 # new\n      replacement: 1\n      env: { A: "1" }\n',
      '\n  provider: istio\n  steps:\n  - name: over\n    traffic: { v2: 100 } # at once\n    # and that is it\n  - { name: over-v3, traffic: { v3: 100 } }\n  versions:\n    v1: { image: shop:1 }\n    v2:\n      image: shop:2 # new\n      replacement: 1\n      env: { A: "1" }\n    v3: { image: shop:3, env: { A: "1" } }\n',
    ],
    [
      'with line breaks of another system',
      '\r\n  provider: istio\r\n  versions:\r\n    v1: { image: shop:1 }\r\n  steps: [] # none yet\r\n',
      '\r\n  provider: istio\r\n  versions:\r\n    v1: { image: shop:1 }\r\n    v3: { image: shop:3 }\r\n  steps: # none yet\r\n    - canary: { to: v3, name: canary-v3, weights: [5, 20, 50] }\r\n    - { name: complete-v3, traffic: { v3: 100 } }\r\n',
    ],
  ])('stands %s', (_, before, after) => {
    expect(released(before)).toBe(after);
  });
});

describe('what all have passed', () => {
  const V = '  versions:\n    v1: { image: shop:1 }\n    v2: { image: shop:2 }\n';
  it.each([
    [
      'goes with the comments about it',
      '\n  provider: istio\n  step: retire-v1 # here\n  versions: # all\n    # the old one\n    v1: { image: shop:1 } # slow\n\n    # the new one\n    v2: { image: shop:2 }\n    v3: { image: shop:3 }\n  steps: # the tape\n    # first\n    - name: over\n      # at once\n      traffic: { v2: 100 }\n      # yes\n\n    # then\n    - { name: two, traffic: { v2: 90, v3: 10 } }\n    - { name: three, traffic: { v3: 100 } }\n',
      '\n  provider: istio\n  step: baseline # here\n  versions: # all\n    # the new one\n    v2: { image: shop:2 }\n    v3: { image: shop:3 }\n  steps: # the tape\n    # then\n    - { name: two, traffic: { v2: 90, v3: 10 } }\n    - { name: three, traffic: { v3: 100 } }\n',
    ],
    [
      'leaves an empty tape',
      `\n  provider: istio\n  step: retire-v1\n${V}  steps: # the tape\n    - name: over\n      traffic: { v2: 100 }`,
      '\n  provider: istio\n  step: baseline\n  versions:\n    v2: { image: shop:2 }\n  steps: [] # the tape',
    ],
    [
      'goes from braces',
      ' { provider: istio, step: retire-v1, stable: v1, versions: { v1: { image: shop:1 }, v2: { image: shop:2 } }, steps: [{ name: over, traffic: { v2: 100 } }] }\n',
      ' { provider: istio, step: baseline, stable: v2, versions: { v2: { image: shop:2 } }, steps: [] }\n',
    ],
    [
      'says who is stable where another version comes first',
      '\n  provider: istio\n  step: retire-v1\n  versions:\n    v9: { image: shop:9 }\n    v1: { image: shop:1 }\n    v2: { image: shop:2 }\n  stable: "v1"\n  steps:\n    - { name: over, traffic: { v2: 100 } }\n    - { name: nine, traffic: { v9: 100 } }\n',
      '\n  provider: istio\n  step: baseline\n  versions:\n    v9: { image: shop:9 }\n    v2: { image: shop:2 }\n  stable: "v2"\n  steps:\n    - { name: nine, traffic: { v9: 100 } }\n',
    ],
  ])('%s', (_, before, after) => {
    expect(tidy(before)).toBe(after);
  });
});
