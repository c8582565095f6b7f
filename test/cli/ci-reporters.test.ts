import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/cli/paint.ts';
import { type Report, resultsOf } from '../../src/cli/reporters/report.ts';
import { REPORTERS } from '../../src/cli/reporters/reporters.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { visible } from '../../src/layout/visible.ts';
import { anyReport, plainError, reportOf } from './reports.ts';
import { type Element, readXml } from './strict-xml.ts';

const NOTHING = reportOf();
const warning = { ...plainError, severity: 'warning' as const, code: 'image/no-digest' };
const note = { file: 'rollouts/shop.yaml', line: 13, column: 3, endLine: 13, endColumn: 9, text: 'first set here.' };

const linesOf = (report: Report): readonly string[] => REPORTERS.github(report, plain).split('\n').slice(0, -1);

/** Whether a runner takes a line for a command, as actions/runner reads: `::` after blanks, or the older `##[` anywhere. */
const isCommand = (line: string): boolean => /^\s*::/.test(line) || line.includes('##[');

describe('github', () => {
  it('annotates a place with all that a diagnostic says', () => {
    const file = 'rollouts/a,b:50%.yaml';
    expect(linesOf(reportOf({ file, fix: 'Write this:\n  30%', notes: [note] }))).toEqual([
      '::error file=rollouts/a%2Cb%3A50%25.yaml,line=14,col=15,endLine=14,endColumn=17,title=steps/total-not-100::' +
        'The traffic totals 90 %25.%0Awhy: Every request must go somewhere.%0Afix: Write this:%0A  30%25%0A' +
        'note: rollouts/shop.yaml:13:3 first set here.',
    ]);
    expect(linesOf(NOTHING)).toEqual([]);
  });

  it('names columns on one line only, and no line beyond the place', () => {
    const placed = (endLine: number, endColumn: number) =>
      linesOf(reportOf({ endLine, endColumn }))[0]?.split(',title')[0];
    expect(placed(15, 4)).toBe('::error file=rollouts/shop.yaml,line=14,endLine=15');
    expect(placed(15, 1)).toBe('::error file=rollouts/shop.yaml,line=14,endLine=14');
    expect(placed(14, 15)).toBe('::error file=rollouts/shop.yaml,line=14,col=15,endLine=14,endColumn=15');
  });

  it('shows errors first, and says what GitHub would drop as lines of the log', () => {
    const many = [...Array(12).keys()].flatMap(n => [
      { ...warning, file: `w${n}.yaml` },
      { ...plainError, file: `e${n}.yaml`, what: '::error::##[error]' },
    ]);
    const lines = linesOf({ ...reportOf(...many), closing: ['12 rollouts: 12 errors, 12 warnings'] });
    const files = lines.map(line => /[ew]\d+\.yaml/.exec(line)?.[0]);
    const names = (letter: string, from: number, to: number) =>
      [...Array(to - from).keys()].map(n => `${letter}${from + n}.yaml`);
    expect(files.slice(0, 20)).toEqual([...names('e', 0, 10), ...names('w', 0, 10)]);
    expect(files.slice(20, 24)).toEqual([...names('e', 10, 12), ...names('w', 10, 12)]);
    expect(lines[20]).toBe('error e10.yaml:14:15 steps/total-not-100: ::error::# #[error] Write 30.');
    expect(lines.slice(24)).toEqual([
      '12 rollouts: 12 errors, 12 warnings',
      '4 findings above without annotation: GitHub shows 10 of a kind',
    ]);
  });

  it('whatever was written, there are as many commands as annotations and each is one line of ours', () => {
    fc.assert(
      fc.property(anyReport, report => {
        const lines = linesOf(report);
        const results = resultsOf(report);
        const annotated = lines.findIndex(line => !line.startsWith('::'));
        const commands = annotated === -1 ? lines : lines.slice(0, annotated);
        const count = (severity: string) => results.filter(result => result.severity === severity).length;
        expect(commands.length).toBe(Math.min(10, count('error')) + Math.min(10, count('warning')));
        for (const line of commands) {
          expect(line).toMatch(
            /^::(?:error|warning) file=[^:,]*,line=\d+,(?:col=\d+,)?endLine=\d+,(?:endColumn=\d+,)?title=[^:,]+::/,
          );
        }
        expect(lines.slice(commands.length).filter(isCommand)).toEqual([]);
        // A runner ends lines at any of these.
        expect(lines.join('')).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      }),
    );
  });
});

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'sarif-2.1.0.schema.json'), 'utf8'));
// The schema of OASIS, as @microsoft/jest-sarif 1.0.0-beta.0 (MIT) carries it. It is of an older draft than ajv knows;
// only the names of these two differ in what it uses.
const { $schema: _, id: __, ...sarifSchema } = schema;
const isUri = (text: string): boolean => URL.canParse(text);
const isUriReference = (text: string): boolean =>
  /^(?:[\w.~!$&'()*+,;=@/:-]|%[\dA-F]{2})*$/.test(text) && URL.canParse(text, 'file:///');
const isSarif: ValidateFunction = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: isUri, 'uri-reference': isUriReference, 'date-time': true },
}).compile(sarifSchema);

const sarifOf = (report: Report) => {
  const log = JSON.parse(REPORTERS.sarif(report, plain));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return log.runs[0];
};

describe('sarif', () => {
  it('is refused by the schema where it is not SARIF', () => {
    expect(isSarif({ version: '2.1.0', runs: [] })).toBe(true);
    expect(isSarif({ version: '2.1.0', runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(isSarif({ version: '2.1.0', runs: [], more: 1 })).toBe(false);
  });

  it('is one run with the rules that occur, each result with its place, notes and mark', () => {
    const { tool, results } = sarifOf(reportOf(plainError, { ...warning, file: 'a b/ü#.yaml', notes: [note] }));
    expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      'image/no-digest',
      'steps/total-not-100',
    ]);
    expect(tool.driver.rules[1]).toEqual({
      id: 'steps/total-not-100',
      shortDescription: { text: 'steps: total not 100' },
      fullDescription: { text: 'Every request must go somewhere.' },
      help: { text: 'Write 30.' },
    });
    expect(results[0]).toEqual({
      ruleId: 'steps/total-not-100',
      ruleIndex: 1,
      level: 'error',
      message: { text: 'The traffic totals 90 %.\nwhy: Every request must go somewhere.\nfix: Write 30.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'rollouts/shop.yaml' },
            region: { startLine: 14, startColumn: 15, endLine: 14, endColumn: 17 },
          },
        },
      ],
      partialFingerprints: { 'surefootFinding/v1': expect.stringMatching(/^[\da-f]{64}$/) },
    });
    expect(results[1].level).toBe('warning');
    expect(results[1].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/%C3%BC%23.yaml');
    expect(results[1].relatedLocations[0]).toMatchObject({ id: 0, message: { text: 'first set here.' } });
  });

  it('does not put the words about one place into a rule', () => {
    const [rule] = sarifOf(reportOf({ fix: 'Write 30.' }, { fix: 'Write 40.' })).tool.driver.rules;
    expect(rule.help.text).toBe('The message of each result says how to mend it.');
    expect(rule.fullDescription.text).toBe('Every request must go somewhere.');
  });

  it('whatever was written, is SARIF with a result for each finding and no link of a user', () => {
    fc.assert(
      fc.property(anyReport, report => {
        const { results, tool } = sarifOf(report);
        expect(results.length).toBe(resultsOf(report).length);
        for (const { ruleId, ruleIndex, message } of results) {
          expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
          expect(message.text).not.toContain('](');
        }
      }),
    );
  });
});

interface Issue {
  readonly fingerprint: string;
  readonly location: { readonly path: string };
}

const issuesOf = (report: Report): readonly Issue[] => JSON.parse(REPORTERS.gitlab(report, plain));

describe('gitlab', () => {
  it('is a list of issues, empty where there is nothing', () => {
    expect(REPORTERS.gitlab(NOTHING, plain)).toBe('[]\n');
    expect(issuesOf(reportOf({ ...warning, fix: 'Write this:\n  30' }))).toEqual([
      {
        description: 'The traffic totals 90 %. Write this: 30',
        check_name: 'image/no-digest',
        fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
        severity: 'minor',
        location: { path: 'rollouts/shop.yaml', lines: { begin: 14 } },
      },
    ]);
    expect(issuesOf(reportOf(plainError))[0]).toMatchObject({ severity: 'critical' });
  });

  it('knows a finding again after the lines above it changed, and tells equal ones apart', () => {
    const marks = (...parts: readonly Partial<Diagnostic>[]) =>
      issuesOf(reportOf(...parts)).map(one => one.fingerprint);
    expect(marks({ line: 3, endLine: 3 })).toEqual(marks({}));
    expect(
      new Set([...marks({}), ...marks({ what: 'x' }), ...marks({ file: 'x' }), ...marks({ code: 'x/y' })]).size,
    ).toBe(4);
    const [first, second] = marks({}, { line: 20, endLine: 20 });
    expect(first).toBe(marks({})[0]);
    expect(second).not.toBe(first);
  });

  it('whatever was written, is JSON with an issue for each finding, all told apart', () => {
    fc.assert(
      fc.property(anyReport, report => {
        const issues = issuesOf(report);
        expect(issues.length).toBe(resultsOf(report).length);
        expect(new Set(issues.map(issue => issue.fingerprint)).size).toBe(issues.length);
      }),
    );
  });
});

const suiteOf = (report: Report): Element => {
  const { name, attributes, children } = readXml(REPORTERS.junit(report, plain));
  expect([name, children.length]).toEqual(['testsuites', 1]);
  const [suite] = children as [Element];
  expect(suite.attributes).toMatchObject(attributes);
  return suite;
};
const named = (element: Element, name: string): readonly Element[] => element.children.filter(one => one.name === name);

describe('the reader of XML that the next tests lean on', () => {
  it.each([
    '<a>&b;</a>',
    '<a>&</a>',
    '<a>]]></a>',
    '<a><b></a></b>',
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    '<a>\u0001</a>',
    '<a>&#1;</a>',
    '<a/><a/>',
    '<a>\ud800</a>',
  ])('refuses %j', document => {
    expect(() => readXml(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)).toThrow();
  });
});

describe('junit', () => {
  it('is a test case for each file, with a failure for each error and warnings as what it printed', () => {
    const report = {
      ...reportOf(plainError, { what: 'a < b & "c"' }, warning, { ...warning, file: 'rollouts/mild.yaml' }),
      sources: ['rollouts/shop.yaml', 'rollouts/sound.yaml', 'rollouts/mild.yaml'],
    };
    const suite = suiteOf(report);
    expect(suite.attributes).toEqual({ name: 'surefoot', tests: '3', failures: '1', errors: '0', skipped: '0' });
    const [shop, sound, mild] = suite.children as [Element, Element, Element];
    expect(suite.children.map(one => one.attributes['name'])).toEqual(report.sources);
    expect(named(shop, 'failure').map(one => one.attributes)).toEqual([
      { type: 'steps/total-not-100', message: 'The traffic totals 90 %. Write 30.' },
      { type: 'steps/total-not-100', message: 'a < b & "c" Write 30.' },
    ]);
    expect(named(shop, 'failure')[0]?.text).toBe(
      'rollouts/shop.yaml:14:15: error steps/total-not-100\nThe traffic totals 90 %.\nwhy: Every request must go somewhere.\nfix: Write 30.',
    );
    expect(named(shop, 'system-out')[0]?.text).toContain('warning image/no-digest\n');
    expect(sound.children).toEqual([]);
    expect(mild.children.map(one => one.name)).toEqual(['system-out']);
  });

  it('is a document also where there is nothing', () => {
    expect(suiteOf(NOTHING).attributes).toMatchObject({ tests: '0', failures: '0' });
  });

  it('whatever was written, is XML that says it', () => {
    fc.assert(
      fc.property(anyReport, report => {
        const suite = suiteOf(report);
        const results = resultsOf(report);
        const files = new Set([...(report.sources ?? []), ...results.map(result => result.file)]);
        expect(suite.children.length).toBe(files.size);
        const failures = suite.children.flatMap(one => named(one, 'failure'));
        expect(failures.length).toBe(results.filter(result => result.severity === 'error').length);
        for (const text of results.flatMap(result => (result.severity === 'error' ? result.why.split('\n') : []))) {
          const shown = visible(text).replace(/[\ufffe\uffff]/g, '');
          expect(failures.some(one => one.text.includes(shown))).toBe(true);
        }
      }),
    );
  });
});
