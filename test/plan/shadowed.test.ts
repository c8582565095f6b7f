import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { MatchSpec, StepSpec } from '../../src/model/rollout.ts';

const TRAFFIC = { v2: 100 };
const user = (text: MatchSpec['headers']): MatchSpec => ({ headers: text ?? {} });

/** The findings of a Rollout with these rules and steps: code, and the rule that it names. */
function found(rules: { readonly [name: string]: readonly MatchSpec[] }, steps: readonly StepSpec[], route?: object) {
  const declared = Object.fromEntries(
    Object.entries(rules).map(([name, match]) => [name, { match, traffic: TRAFFIC }]),
  );
  const image = (number: number) => ({ image: `registry.example.com/shop:${number}.0.0@sha256:${'ab'.repeat(32)}` });
  const spec = { provider: 'istio', versions: { v1: image(1), v2: image(2) }, route, rules: declared, steps };
  const rollout = { apiVersion: 'surefoot.dev/v1', kind: 'Rollout', metadata: { name: 'shop' }, spec };
  const { diagnostics } = compile({
    file: 'rollouts/shop.yaml',
    text: stringify(rollout, { aliasDuplicateObjects: false }),
  });
  return diagnostics.map(({ code, what }) => `${code} ${/rule "([^"]+)"/.exec(what)?.[1] ?? what}`);
}

const step = (name: string, ...rules: string[]): StepSpec => ({ name, traffic: { v1: 100 }, rules });
const wide = user({ 'end-user': { prefix: 'acme-' } });
const narrow = user({ 'end-user': 'acme-jason' });
const ONE = ['rules/shadowed narrow'];

describe('rules that never get a request', () => {
  it('are told wherever an earlier rule of the same step takes them all', () => {
    expect(found({ wide: [wide], narrow: [narrow] }, [step('one', 'wide', 'narrow')])).toEqual(ONE);
    expect(found({ wide: [wide], narrow: [narrow] }, [step('one', 'narrow', 'wide')])).toEqual([]);
    expect(found({ wide: [wide], narrow: [narrow] }, [step('one', 'wide'), step('two', 'narrow')])).toEqual([]);
  });

  it('are told once for a pair, however many steps switch both on', () => {
    const rules = { wide: [wide], narrow: [narrow] };
    const canary: StepSpec = { canary: { to: 'v2', weights: [1, 5, 20], rules: ['wide', 'narrow'] } };
    expect(found(rules, [step('one', 'wide', 'narrow'), step('two', 'wide', 'narrow'), canary])).toEqual(ONE);
  });

  it('are told in each step where other rules take their requests', () => {
    const rules = { wide: [wide], wider: [user({ 'end-user': { present: true } })], narrow: [narrow] };
    expect(found(rules, [step('one', 'wide', 'narrow'), step('two', 'wider', 'narrow')])).toEqual([...ONE, ...ONE]);
  });

  it('are not told where one entry is left, which is a warning for the others', () => {
    const rules = { wide: [wide], mixed: [narrow, { path: '/beta' }] };
    expect(found(rules, [step('one', 'wide', 'mixed')])).toEqual(['rules/shadowed-match mixed']);
  });

  it('are told with the path of the route in both rules', () => {
    const rules = { wide: [{ path: { prefix: '/api' } }], narrow: [narrow] };
    const all = ['rules/take-everything wide', ...ONE];
    expect(found(rules, [step('one', 'wide', 'narrow')], { path: '/api' })).toEqual(all);
    expect(found(rules, [step('one', 'wide', 'narrow')])).toEqual([]);
  });

  it('are told of the traffic of the step itself, where rules leave it nothing', () => {
    expect(found({ all: [{ path: { regex: '.*' } }] }, [step('one', 'all')])).toEqual(['rules/take-everything all']);
    expect(found({ all: [{ path: { prefix: '/' } }] }, [step('one', 'all')])).toEqual(['rules/take-everything all']);
    expect(found({ most: [{ path: { regex: '/a.*' } }] }, [step('one', 'most')])).toEqual([]);
    expect(found({ most: [{ path: { prefix: '/' }, method: 'GET' }] }, [step('one', 'most')])).toEqual([]);
  });

  it('are not told where expressions leave it open', () => {
    const open = {
      wide: [user({ 'end-user': { regex: '[a-z]+' } })],
      narrow: [user({ 'end-user': { regex: '[a-c]+' } })],
    };
    expect(found(open, [step('one', 'wide', 'narrow')])).toEqual([]);
  });

  it('are not told again where a rule has another mistake', () => {
    const rules = { wide: [user({ 'end-user': { prefix: '' } })], narrow: [narrow] };
    expect(found(rules, [step('one', 'wide', 'narrow')]).filter(text => text.startsWith('rules/'))).toEqual([]);
  });
});
