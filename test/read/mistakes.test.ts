import { describe, expect, it } from 'vitest';
import { readMessages } from '../../src/read/messages.ts';
import { placeFindings } from '../../src/read/place.ts';
import { readRollout } from '../../src/read/read-rollout.ts';
import { type Case, FEATURES, FILES, SHAPES, SYNTAX } from './mistakes.ts';

const GROUPS: { readonly [group: string]: readonly Case[] } = { FILES, FEATURES, SYNTAX, SHAPES };
const ALL = Object.values(GROUPS).flat();

const diagnose = (text: string) => {
  const { findings, locate, rollout } = readRollout(text);
  return { rollout, diagnostics: placeFindings('a.yaml', text, findings, locate) };
};

describe.each(Object.keys(GROUPS))('%s', group => {
  it.each(GROUPS[group]!.map(({ name, text, found }) => [name, text, found] as const))('%s', (_, text, found) => {
    const { rollout, diagnostics } = diagnose(text);
    expect(diagnostics.map(d => `${d.line}:${d.column} ${d.code}`)).toEqual(found);
    expect(rollout).toBeUndefined();
  });
});

describe('messages', () => {
  it('have codes that differ', () => {
    const codes = readMessages.map(message => message.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(50);
  });

  it('are all met by a case, but for what only the settings of a provider can cause', () => {
    const met = new Set(ALL.flatMap(({ found }) => found.map(line => line.split(' ')[1])));
    // test/read/template.test.ts meets those of templates.
    const codes = readMessages.map(message => message.code).filter(code => !code.startsWith('template/'));
    const unmet = codes.filter(code => !met.has(code));
    expect(unmet).toEqual(['schema/does-not-fit']);
  });

  it('are whole sentences without holes', () => {
    for (const { text } of ALL) {
      for (const { what, why, fix } of diagnose(text).diagnostics) {
        for (const sentence of [what, why, fix]) {
          expect(sentence).toMatch(/^["A-Za-z].*[.?]$/s);
          expect(sentence).not.toMatch(/undefined|\bNaN\b|\[object|\b[Ii]nvalid\b|\bplease\b/);
        }
      }
    }
  });
});
