import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { compilerAt } from '../../src/host/compiler.ts';
import { FLEET_FILE } from '../../src/model/fleet.ts';
import { specOf } from '../cli/surefoot.ts';
import { temporaryFolder } from '../host/workspace.ts';

const SOURCE = { file: 'rollouts/cart.yaml', text: specOf({ name: 'cart' }) };
const FLEET = `\
apiVersion: surefoot.dev/v1
kind: Fleet
defaults:
  workload: { labels: { team: shop } }
environments:
  staging: { namespace: demo, cluster: { kubernetes: "1.30" } }
  prod: { workload: { replicas: 3 }, provider: kubernetes, promotion: { after: staging, soak: 24h } }
cluster: { kubernetes: "1.31" }
prometheus: { url: "https://prometheus.example.com" }
agent: { pollInterval: 3m }
freezes:
  - { schedule: "0 17 * * 5", duration: 63h, timeZone: Europe/Berlin, reason: weekend }
`;

/** Compiles a sound Rollout with such a surefoot.yaml; what comes out is whole, and errors point into the file. */
function expectCalm(text: string): void {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const { diagnostics, results } = compile(SOURCE, { fleet: { file: FLEET_FILE, text } });
  expect(results === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  for (const { file, line, column, what } of diagnostics) {
    expect([FLEET_FILE, SOURCE.file]).toContain(file);
    expect(what).not.toMatch(/undefined|\[object/);
    if (file === FLEET_FILE) expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
  }
}

it('the example is right', () => {
  const { diagnostics, results } = compile(SOURCE, { fleet: { file: FLEET_FILE, text: FLEET } });
  expect(diagnostics.map(({ code, what }) => `${code} ${what}`)).toEqual([]);
  expect(results).toHaveLength(2);
});

it('random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => expectCalm(new TextDecoder().decode(bytes))),
    { numRuns: 200 },
  );
});

const PUT = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '\n  ',
  '"',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '---\n',
  '\0',
  '\u202e',
  '.inf',
];
const WORDS = [
  '__proto__',
  '{name}',
  '{constructor}',
  'null',
  '1e999',
  '0x1f',
  '😀',
  '9'.repeat(400),
  'a.'.repeat(300),
];

it('the example with passages cut out and signs put in', () => {
  const cut = fc.record({
    at: fc.integer({ min: 0, max: FLEET.length }),
    length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
    put: fc.array(fc.constantFrom(...PUT, ...WORDS), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), cuts =>
      expectCalm(
        cuts.reduce((text, { at, length, put }) => text.slice(0, at) + put.join('') + text.slice(at + length), FLEET),
      ),
    ),
    { numRuns: 300 },
  );
});

it.each([
  ['too large', '#'.repeat(256 * 1024 + 1), 'file/too-large'],
  ['too deep', `a: ${'['.repeat(70)}`, 'file/too-deep'],
  ['an alias', 'a: &a 1\nb: *a\n', 'yaml/alias'],
  ['a merge key', 'a: { <<: { b: 1 } }\n', 'yaml/merge-key'],
  ['a tag', 'a: !!js/function x\n', 'yaml/tag'],
  ['a key twice', 'kind: Fleet\nkind: Fleet\n', 'yaml/duplicate-key'],
  ['a key of every object', '__proto__: { polluted: 1 }\n', 'yaml/reserved-key'],
  ['several documents', `${FLEET}---\n${FLEET}`, 'file/several-documents'],
  ['nothing', '', 'file/empty'],
  ['a Rollout', SOURCE.text, 'rollout/other-kind'],
])('%s is refused in surefoot.yaml as in a Rollout', (_, text, code) => {
  const { diagnostics, results } = compile(SOURCE, { fleet: { file: FLEET_FILE, text } });
  expect(results).toBeUndefined();
  expect(diagnostics.map(one => [one.file, one.code])).toContainEqual([FLEET_FILE, code]);
  expect('polluted' in {}).toBe(false);
});

test('a surefoot.yaml that is a folder, a pipe or no text leaves every Rollout as it is', () => {
  const root = temporaryFolder();
  const path = join(root, FLEET_FILE);
  const codeNow = (): string | undefined => {
    const { diagnostics, results } = compilerAt(root)(SOURCE);
    expect(results).toBeUndefined();
    return diagnostics[0]?.code;
  };
  mkdirSync(path);
  const folder = codeNow();
  rmSync(path, { recursive: true });
  execFileSync('mkfifo', [path]);
  const pipe = codeNow();
  rmSync(path);
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0x0a]));
  expect([folder, pipe, codeNow()]).toEqual(['source/unreadable', 'source/not-a-file', 'source/not-utf8']);
});
