import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeFindings } from '../../src/read/place.ts';
import { readTemplate } from '../../src/read/read-template.ts';
import { templateReadMessages } from '../../src/read/template-messages.ts';

const read = (text: string) => {
  const result = readTemplate('t.yaml', text);
  const placed = placeFindings('rollout.yaml', '', result.findings, result.locate, [result]);
  return { ...result, told: placed.map(d => `${d.file}:${d.line}:${d.column} ${d.code}`), placed };
};
const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

describe('documents of a template', () => {
  it('are all read, empty ones passed over, with the place of each', () => {
    const { objects, told } = read(`# nothing\n---\n---\n${MAP}---\n# nothing\n---\n${MAP}data: { a: b }\n...\n`);
    expect(told).toEqual([]);
    expect(objects?.map(({ object, path }) => [object.kind, path[0], object['data']])).toEqual([
      ['ConfigMap', expect.any(Number), undefined],
      ['ConfigMap', expect.any(Number), { a: 'b' }],
    ]);
  });

  it('of a List stand for themselves', () => {
    const { objects, told } = read(
      'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Secret, metadata: { name: a } }\n  - 1\n',
    );
    expect(objects).toBeUndefined();
    expect(told).toEqual(['t.yaml:5:5 template/not-an-object']);
  });

  it.each([
    ['an anchor', `${MAP}data: &a { a: b }\n`, 't.yaml:4:7 yaml/anchor'],
    ['an alias behind the first document', `${MAP}---\n${MAP}data: *a\n`, 't.yaml:8:7 yaml/alias'],
    ['a tag', `${MAP}---\n${MAP}data: !!map {}\n`, 't.yaml:8:7 yaml/tag'],
    ['a key twice', `${MAP}---\n${MAP}kind: ConfigMap\n`, 't.yaml:8:1 yaml/duplicate-key'],
    ['__proto__', `${MAP}---\n${MAP}data: { __proto__: a }\n`, 't.yaml:8:9 yaml/reserved-key'],
    ['a control character', `${MAP}data: { a: "\u0007" }\n`, 't.yaml:4:13 file/control-character'],
    ['a slip of syntax', `${MAP}---\n${MAP}data: { a: b\n`, 't.yaml:9:1 yaml/missing-character'],
    ['a value of the wrong type', `${MAP}---\n${MAP}data: { a: 1 }\n`, 't.yaml:8:12 template/field'],
    ['an unknown field', `${MAP}---\n${MAP}dta: { a: b }\n`, 't.yaml:8:1 template/field'],
    ['a name with a slash', MAP.replace('name: a', 'name: ../a'), 't.yaml:3:19 template/not-an-object'],
    ['a kind with a slash', MAP.replace('ConfigMap', '../Map'), 't.yaml:2:7 template/not-an-object'],
    [
      'labels that are no texts',
      MAP.replace('name: a', 'name: a, labels: { a: 1 }'),
      't.yaml:3:30 template/not-an-object',
    ],
  ])('with %s are refused at its place', (_, text, told) => {
    const result = read(text);
    expect(result.objects).toBeUndefined();
    expect(result.told).toEqual([told]);
  });

  it('nested too deeply, in any document, are refused', () => {
    expect(read(`${MAP}---\n${'['.repeat(5000)}`).told).toEqual(['t.yaml:5:65 file/too-deep']);
  });

  it('too large a file is refused', () => {
    expect(read(`# ${'x'.repeat(256 * 1024)}`).told).toEqual(['t.yaml:1:1 template/too-large']);
  });
});

describe('plain words', () => {
  const value = (text: string): unknown => {
    const { objects } = read(`apiVersion: example.com/v1\nkind: Any\nmetadata: { name: a }\nspec: { x: ${text} }\n`);
    return (objects?.[0]?.object['spec'] as { x: unknown } | undefined)?.x;
  };

  it.each<[string, unknown]>([
    ['0644', 420],
    ['-017', -15],
    ['0', 0],
    ['644', 644],
    ['0x1F', 31],
    ['yes', true],
    ['Off', false],
    ['true', true],
    ['y', 'y'],
    ['"yes"', 'yes'],
    ["'0644'", '0644'],
    ['12:30:45', '12:30:45'],
    ['2026-01-31', '2026-01-31'],
    ['~', null],
  ])('%s is read as kubectl reads it', (text, meant) => {
    expect(value(text)).toBe(meant);
  });

  it.each(['0o17', '0b101', '1_000', '089'])('%s, on which kubectl and others disagree, is refused', text => {
    expect(value(text)).toBeUndefined();
  });
});

describe('what only a server writes', () => {
  it('is left out, and told where it said something', () => {
    const { objects, told, placed } = read(
      `${MAP.replace('{ name: a }', '{ name: a, uid: u, creationTimestamp: null, finalizers: [x], annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}" } }')}status: {}\n`,
    );
    expect(told).toEqual(['t.yaml:1:1 template/server-fields']);
    expect(placed[0]!.what).toContain('"metadata.uid", "metadata.finalizers" and "metadata.annotations.kubectl');
    expect(objects?.[0]?.object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  });

  it('says nothing where it is empty', () => {
    expect(
      read(`${MAP.replace('{ name: a }', '{ name: a, creationTimestamp: null, labels: null }')}status: {}\n`).told,
    ).toEqual([]);
  });
});

it('every mistake of a template is made here', () => {
  const texts = [
    '',
    `# ${'x'.repeat(256 * 1024)}`,
    'a',
    `${MAP}data: { a: 1 }\n`,
    `${MAP}status: { a: 1 }\n`,
    `${MAP}data: { a: 1_0 }\n`,
  ];
  const codes = texts.flatMap(text => read(text).findings.map(finding => finding.code));
  expect(codes.sort()).toEqual(templateReadMessages.map(message => message.code).sort());
});

it('no text makes the reader throw, and every finding has a place in the template', () => {
  const pieces = [
    '---\n',
    MAP,
    'a: b\n',
    '[',
    '{',
    '- ',
    '"',
    '&a ',
    '*a',
    '!!str ',
    '\t',
    ': ',
    '? ',
    '\n',
    '...\n',
    '%YAML 1.1\n',
    '0644\n',
    'items:\n',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 }),
      parts => {
        const { objects, findings, placed } = read(parts.join(''));
        expect(objects === undefined).toBe(findings.some(finding => finding.severity === 'error'));
        for (const { file, line, column } of placed)
          expect([file, line > 0, column > 0]).toEqual(['t.yaml', true, true]);
      },
    ),
    { numRuns: 1000 },
  );
});
