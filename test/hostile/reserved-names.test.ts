import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { specOf } from '../cli/surefoot.ts';

const codesOf = (text: string): readonly string[] =>
  compile({ file: 'rollouts/web.yaml', text })
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

test.each(['baseline', 'default', 'provision-v2', 'scale-x', 'retire-v1', 'abort-x', 'abort-'])(
  'no step may be called %s',
  name => {
    const text = specOf({ name: 'web', step: 'baseline' }).replace('name: complete', `name: ${name}`);
    const [code] = codesOf(text);
    expect(code).toBe(name.endsWith('-') ? 'schema/name' : 'steps/reserved-name');
  },
);

test.each(['abort', 'retire', 'scale', 'provision'])('no shorthand may give steps the names %s-…', name => {
  const text = specOf({ name: 'web', step: 'baseline' }).replace('canary: {', `canary: { name: ${name},`);
  expect(codesOf(text)).toEqual(['steps/reserved-name', 'steps/reserved-name']);
});

test.each(['baselines', 'aborted', 'my-abort-x', 'scaled-x', 'plan'])('a step may be called %s', name => {
  expect(codesOf(specOf({ name: 'web' }).replace('name: complete', `name: ${name}`))).toEqual([]);
});

test.each(['constructor', '__proto__', 'hasownproperty', 'tostring', 'prototype'])(
  'a name that objects of the language know (%s) breaks nothing',
  name => {
    const text = specOf({ name: 'web', step: 'baseline' }).replaceAll('v2', name);
    expect(codesOf(text).length > 0).toBe(['constructor', '__proto__', 'prototype'].includes(name));
    expect('image' in {}).toBe(false);
  },
);
