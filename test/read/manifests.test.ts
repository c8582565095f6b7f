import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_DUMP, readManifests } from '../../src/read/read-manifests.ts';

const ONE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: n\n';
const read = (text: string, isDump = false) => readManifests({ file: 'a.yaml', text, isDump });

function namesOf(text: string, isDump = false): readonly string[] {
  const answer = read(text, isDump);
  return 'objects' in answer
    ? answer.objects.map(({ kind, metadata }) => `${metadata.namespace}/${kind}/${metadata.name}`)
    : answer.diagnostics.map(({ code }) => code);
}

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

describe('manifests', () => {
  it.each<[string, string, readonly string[]]>([
    ['our dialect', `# Compiled by surefoot\n${ONE}`, ['n/Service/a']],
    ['edited by hand', `# Compiled by surefoot\n${ONE}spec: { ports: [ 'a' ] } # mine\n`, ['n/Service/a']],
    ['several documents', `---\n${ONE}---\n---\n${ONE.replace('name: a', 'name: b')}`, ['n/Service/a', 'n/Service/b']],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: x}}\n`,
      ['default/Pod/x'],
    ],
    [
      'JSON',
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'j', namespace: 'n' } }),
      ['n/Service/j'],
    ],
    ['nothing', '', []],
    ['comments', '# nothing\n', []],
    ['an anchor', `${ONE}spec: &a [1]\n`, ['yaml/anchor']],
    [
      'an alias bomb',
      `a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n`,
      ['yaml/anchor', 'yaml/anchor', 'yaml/alias', 'yaml/alias', 'yaml/alias', 'yaml/alias'],
    ],
    ['no object', 'a: 1\n', ['manifest/not-an-object']],
    ['broken JSON', '{"a": ', ['manifest/not-json']],
    ['deep JSON', deep('[', ']', 100), ['manifest/too-deep']],
    ['deep YAML', deep('a: [', ']', 100), ['file/too-deep']],
    ['deep lists like ours', `# Compiled by surefoot\n${'- '.repeat(5000)}a\n`, ['file/too-deep']],
    ['a duplicate key', `${ONE}kind: Pod\n`, ['yaml/duplicate-key']],
  ])('%s', (_, text, expected) => {
    expect(namesOf(text)).toEqual(expected);
  });

  it('have a size, and a dump may have more and hold what is no object of a namespace', () => {
    const large = `${ONE}data: ${'x'.repeat(300_000)}\n`;
    expect(namesOf(large)).toEqual(['manifest/too-large']);
    expect(namesOf(large, true)).toEqual(['n/Service/a']);
    expect(namesOf(`${ONE}data: ${'x'.repeat(LARGEST_DUMP)}\n`, true)).toEqual(['manifest/too-large']);
    const role = '{apiVersion: v1, kind: ClusterRole, metadata: {name: "system:node"}}\n';
    expect(namesOf(`${ONE}---\n${role}`, true)).toEqual(['n/Service/a']);
    expect(namesOf(`${ONE}---\n${role}`)).toEqual(['manifest/not-an-object']);
    expect(namesOf('hello: world\n', true)).toEqual(['manifest/not-an-object']);
  });

  it('keep every value as the API has it', () => {
    const answer = read(`${ONE}data: { mode: 0644, "on": "yes", "no": off, text: "\\u0007" }\n`);
    expect('objects' in answer && answer.objects[0]?.['data']).toEqual({
      mode: 420,
      on: 'yes',
      no: false,
      text: '\u0007',
    });
  });

  it('never throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]:-?&*!|>\'"%@`#, \n\tab0\u0000') }),
        fc.boolean(),
        (text, isDump) => {
          const answer = read(text, isDump);
          expect('objects' in answer || answer.diagnostics.length > 0).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
