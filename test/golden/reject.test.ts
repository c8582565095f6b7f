import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/catalogue.ts';
import { plain } from '../../src/cli/paint.ts';
import { reportText } from '../../src/cli/reporters/text.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { gateMessages } from '../../src/gate/gate-messages.ts';
import { hostMessages } from '../../src/host/messages.ts';
import { fleetMessages } from '../../src/layout/fleet-messages.ts';
import { manifestMessages } from '../../src/read/manifest-messages.ts';
import { checkMessages } from '../../src/review/check-messages.ts';
import { compileCase } from './given.ts';

const ROOT = join(import.meta.dirname, '../reject');
const REPOSITORY = join(import.meta.dirname, '../..');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Mistakes without a pair, each with the reason. */
const WITHOUT_PAIR: { readonly [code: string]: string } = {
  'prove/translation': 'only the compiler can make it; the mutation tests provoke it',
  'prove/mixed-hop': 'only the compiler can make it; test/prove provokes it',
  'prove/schema': 'the schema of the Rollout refuses first; test/prove provokes it',
  'prove/repeated-object': 'only the compiler can make it; test/prove provokes it',
  'layout/same-file': 'no provider emits two kinds of one word; test/hostile provokes it',
  'layout/no-file-name': 'no provider emits such a name; test/hostile provokes it',
  'file/too-large': 'the file would be; test/read makes one',
  'file/more-findings': 'the file would be long; test/read makes one',
  'version/unknown-defaults': 'only a newer surefoot can make it; test/plan provokes it',
  'template/too-large': 'the file would be; test/templates makes one',
  'template/unreadable': 'a file that cannot be read cannot be kept in git; test/host makes one',
  'schema/does-not-fit': 'the words for schema keywords that no provider uses yet',
};

const cases = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => /\.ya?ml$/.test(file) && !file.includes('.given/'))
  .sort();

const print = (diagnostics: readonly Diagnostic[]): string =>
  reportText({ diagnostics, findings: [], closing: [], facts: {} }, plain);

describe('what is refused, and in which words', () => {
  it.each(cases)('%s', file => {
    const path = join(ROOT, file);
    const source = { file: `test/reject/${file}`, text: readFileSync(path, 'utf8') };
    const { diagnostics, results } = compileCase(source, REPOSITORY, path.replace(/\.ya?ml$/, '.given'));
    const slug = file.replace(/(?:--.*)?\.ya?ml$/, '');
    const mistakes = diagnostics.filter(d => slug === 'version/no-digest' || d.code !== 'version/no-digest');
    expect(
      mistakes.map(d => d.code),
      'the file is named after the mistake that it makes',
    ).toContain(slug);
    const rule = CATALOGUE.find(entry => entry.code === slug);
    expect(results === undefined, 'an error stops the rollout, a warning does not').toBe(rule?.severity === 'error');
    const golden = path.replace(/\.ya?ml$/, '.txt');
    const printed = print(mistakes);
    if (UPDATE) writeFileSync(golden, printed);
    expect(printed).toBe(
      existsSync(golden) ? readFileSync(golden, 'utf8') : '(missing: run npm run golden and read the difference)',
    );
  });

  it('every mistake has a pair', () => {
    const shown = new Set(cases.map(file => file.replace(/(?:--.*)?\.ya?ml$/, '')));
    const missing = CATALOGUE.map(rule => rule.code).filter(
      code => !shown.has(code) && !Object.hasOwn(WITHOUT_PAIR, code),
    );
    expect(missing, 'add test/reject/<code>.yaml with this mistake, then npm run golden').toEqual([]);
  });

  it('every code is declared once and has three sentences', () => {
    const others = [...fleetMessages, ...gateMessages, ...hostMessages, ...manifestMessages, ...checkMessages];
    const codes = [...CATALOGUE, ...others].map(rule => rule.code);
    expect(codes.length).toBe(new Set(codes).size);
    for (const code of codes) expect(code).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
  });

  it('no message uses the words that tell people nothing', () => {
    for (const file of cases) {
      const golden = join(ROOT, file.replace(/\.ya?ml$/, '.txt'));
      if (existsSync(golden))
        expect(readFileSync(golden, 'utf8'), file).not.toMatch(/\binvalid\b|\bplease\b|undefined|\[object/i);
    }
  });
});
