import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencePage } from '../../src/build/reference-page.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { fleetSchema } from '../../src/read/schema/fleet-schema.ts';
import { rolloutSchema } from '../../src/read/schema/rollout-schema.ts';
import { factsOf } from '../../src/reference/facts.ts';
import { allBelow, topOf } from '../../src/reference/field.ts';
import { findField } from '../../src/reference/find.ts';
import { rootsOf } from '../../src/reference/roots.ts';

const schema = rolloutSchema(PROVIDERS);
const roots = rootsOf({ rollout: schema, fleet: fleetSchema(PROVIDERS) });
const fields = allBelow(schema, topOf(schema));
const found = (typed: string): string | undefined => {
  const result = findField(roots, typed);
  return result.kind === 'field' ? result.field.path : undefined;
};

const field = fc.constantFrom(...fields);
const chosenName = fc.stringMatching(/^[a-z][-a-z0-9]{0,8}$/).filter(name => !fields.some(one => one.name === name));

describe('a path of a field', () => {
  it('leads to it as the reference writes it, with names and indexes in place, and without spec', () => {
    fc.assert(
      fc.property(field, chosenName, fc.nat(9), ({ path }, name, index) => {
        expect(found(path)).toBe(path);
        expect(found(`rollout.${path}`)).toBe(path);
        const written = path.replaceAll('[]', `[${index}]`).replaceAll('*', name);
        expect(found(written)).toBe(path);
        if (path.startsWith('spec.')) expect(found(written.slice('spec.'.length))).toBe(path);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['', ''],
    ['spec.steps.canary.weights', 'spec.steps[].canary.weights'],
    ['spec.steps[0].canary', 'spec.steps[].canary'],
    ['spec.steps[*].canary', 'spec.steps[].canary'],
    ['steps.3.canary', 'spec.steps[].canary'],
    ['.spec.versions.*.env', 'spec.versions.*.env'],
    ['versions["v1"].labels["example.com/team"]', 'spec.versions.*.labels.*'],
    ['route.retries', 'spec.route.retries'],
    ['name', undefined],
    ['spec..route', undefined],
    ['spec.steps[', undefined],
    ['constructor', undefined],
    ['spec.route.__proto__', undefined],
  ])('%j leads to %j', (typed, path) => expect(found(typed)).toBe(path));

  it('may be any text: nothing is thrown', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), typed => void findField(roots, typed)));
  });

  it('that is mistyped is answered with what was meant', () => {
    for (const [typed, near] of [
      ['spec.rout', 'route'],
      ['rout', 'route'],
      ['route.retrys', 'retries'],
      ['metadata.nmae', 'name'],
    ] as const) {
      expect(findField(roots, typed)).toMatchObject({ kind: 'unknown', near });
    }
    expect(findField(roots, 'retries')).toMatchObject({
      kind: 'unknown',
      elsewhere: ['spec.route.retries', 'spec.environments.*.route.retries'],
    });
  });
});

describe('the facts of a field', () => {
  const factsAt = (path: string) => factsOf(schema, fields.find(one => one.path === path)!);

  it('tell type, bounds, words, default and example', () => {
    expect(factsAt('spec.route.timeout')).toMatchObject({ type: 'duration (string)', example: '"10s"' });
    expect(factsAt('spec.ports[].port').bounds).toEqual(['1 to 65535']);
    expect(factsAt('spec.surge')).toMatchObject({ words: ['full', 'gradual'], default: 'full' });
    expect(factsAt('spec.route.loadBalancing').words).toContain('least-request');
    expect(factsAt('spec.route.retries.retryOn').each).toContain('gateway-error');
    expect(factsAt('spec.versions').type).toBe('map of version (object)');
  });

  it('are there for every field: a type and a description', () => {
    for (const one of fields) {
      const { type, description } = factsOf(schema, one);
      expect([one.path, type, description]).not.toContain('');
    }
  });
});

describe('docs/reference.md', () => {
  const page = referencePage(roots);
  const anchors = [...page.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!);

  it('is what the schema says', () => {
    expect(readFileSync(join(import.meta.dirname, '../../docs/reference.md'), 'utf8')).toBe(page);
  });

  it('has an anchor for every field that stands in no definition, and no anchor twice', () => {
    expect(anchors.length).toBe(new Set(anchors).size);
    const inDefinition = (path: string): boolean =>
      fields.some(one => one.definition !== undefined && path.startsWith(one.path) && path !== one.path);
    const own = fields.filter(({ path, name }) => !inDefinition(path) && name !== '*' && name !== '[]');
    expect(own.length).toBeGreaterThan(20);
    for (const { path } of own) expect(anchors).toContain(`field-${path.replaceAll('[]', '-').replaceAll('*', '-')}`);
  });

  it('links to anchors that are there', () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id!);
    expect(links.length).toBeGreaterThan(40);
    expect(links.filter(link => !anchors.includes(link))).toEqual([]);
  });

  it('has three cells in every row, whatever a description holds', () => {
    const rows = page.split('\n').filter(line => line.startsWith('| '));
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g), row).toHaveLength(4);
  });

  it('takes a description for text, not for Markdown', () => {
    const hostile = { type: 'object', properties: { x: { type: 'string', description: 'a|b <i> *c* [d](e) `f|g`' } } };
    const text = referencePage(rootsOf({ rollout: hostile, fleet: hostile }));
    expect(text).toContain(String.raw`a\|b \<i\> \*c\* \[d\](e) ${'`'}f\|g${'`'}`);
  });
});
