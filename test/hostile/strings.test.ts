import { expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { plain } from '../../src/cli/paint.ts';
import { printPlan } from '../../src/cli/plan-table.ts';
import { REPORTERS } from '../../src/cli/reporters/reporters.ts';
import { compile } from '../../src/compile.ts';
import { plainText } from '../../src/layout/markdown.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import { AMBIGUOUS, UNPLAIN } from '../yaml/traps.ts';

const HOSTILE = [
  ...AMBIGUOUS.filter(text => text !== ''),
  ...UNPLAIN,
  ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '--><h1>', '</details>', '&lt;b&gt;', '&#60;'],
  ...['| a | b |', '\\|', '`code`', '``` js', '# head', '* a', '- [ ] a', '> a', '---', '**bold**', '_it_', '~~no~~'],
  ...['[a](javascript:alert(1))', '![a](http://x/y.png)', '@everyone', 'fixes #1', '$math$', '$$', '\\(x\\)', 'a\tb'],
  ...['::error::x', '%0A::warning::', '##[error]', '{{ .Values }}', '${', '$(touch pwned)', '`id`', "'; DROP", '";'],
  ...[
    '\u200bzero',
    'left\u200e',
    'soft\u00adhyphen',
    '\u061carabic',
    'tag\u{e0041}',
    '\u{1f468}\u200d\u{1f469}',
    '\u0301x',
  ],
  ...['\u001b[31mred', '\u0007', '\u202eevil', '\u2028', '\u0085', '\ufeff', '\ud800'],
];

/** A Rollout with one text in every place that takes any. */
const textOf = (text: string): string =>
  stringify({
    apiVersion: 'surefoot.dev/v1',
    kind: 'Rollout',
    metadata: { name: 'web', namespace: 'demo' },
    spec: {
      provider: 'istio',
      workload: { env: { A: text }, annotations: { 'example.com/a': text }, args: [text], readiness: { exec: [text] } },
      versions: Object.fromEntries(
        ['v1', 'v2'].map((name, index) => [
          name,
          { image: `registry.example.com/web:${index}@sha256:${'ab'.repeat(32)}` },
        ]),
      ),
      rules: {
        testers: {
          match: [{ headers: { a: text, b: { prefix: text } }, query: { c: text } }],
          traffic: { v2: 100 },
        },
      },
      steps: [{ name: 'half', traffic: { v1: 50, v2: 50 }, rules: ['testers'] }],
    },
  });

const compiled = (text: string): Compiled => compile({ file: 'rollouts/web.yaml', text: textOf(text) });

const fileOf = ({ results }: Compiled, end: string): string =>
  results?.[0]?.files.find(({ path }) => path.endsWith(end))?.text ?? '';

const sound = HOSTILE.map(text => ({ text, result: compiled(text) })).filter(one => one.result.results !== undefined);

test('most of the texts are legal, and those that hide or end lines are refused', () => {
  expect(sound.length).toBeGreaterThan(HOSTILE.length - 20);
  for (const text of ['\u001b[31mred', '\u0007', '\u202eevil', '\u2028', '\u0085'])
    expect(sound.map(one => one.text)).not.toContain(text);
});

test('on the page of a plan a text is nothing but itself', () => {
  // With a text in it the page is the page of any other text, but for that text: it opens, closes and hides nothing.
  const expected = fileOf(compiled('XXX'), '/plan.md');
  expect(expected).toContain('XXX');
  for (const { text, result } of sound) {
    const page = fileOf(result, '/plan.md');
    const parts = [`header a = ${plainText(text)} and header b begins with ${plainText(text)} and query c = `];
    expect(page, JSON.stringify(text)).toContain(parts[0]);
    expect(page.split('\n').map(line => (line.startsWith('- **testers**') ? '' : line))).toEqual(
      expected.split('\n').map(line => (line.startsWith('- **testers**') ? '' : line)),
    );
    expect(plainText(text)).not.toMatch(/[<>|`*_[\]\\~$@!]|&(?!#\d+;)|(?<!&)#|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  }
});

test('a terminal obeys no text', () => {
  for (const text of HOSTILE) {
    const { diagnostics, results = [] } = compiled(text);
    const told = REPORTERS.text({ diagnostics, findings: [], closing: [], facts: {} }, plain);
    const planned = results.map(one => printPlan({ source: 'rollouts/web.yaml', ...one }, plain)).join('');
    expect(`${told}${planned}`.replaceAll('\n', ''), JSON.stringify(text)).not.toMatch(
      /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
    );
  }
});

test('in manifests a text means itself to readers of YAML 1.2 and 1.1', () => {
  for (const { text, result } of sound) {
    const state = fileOf(result, '/half.yaml');
    for (const version of ['1.1', '1.2'] as const) {
      const objects = parseAllDocuments(state, { version }).map(document => document.toJS());
      const pod = objects.find(({ kind }) => kind === 'Deployment')?.spec.template;
      const [container] = pod.spec.containers;
      expect(container.args).toEqual([text]);
      expect(container.env).toContainEqual({ name: 'A', value: text });
      expect(container.readinessProbe.exec.command).toEqual([text]);
      expect(pod.metadata.annotations['example.com/a']).toBe(text);
      const [rule] = objects.find(({ kind }) => kind === 'VirtualService')?.spec.http ?? [];
      expect(rule.match[0].headers).toEqual({ a: { exact: text }, b: { prefix: text } });
      expect(rule.match[0].queryParams).toEqual({ c: { exact: text } });
    }
  }
});

test('plan.json keeps a text, and a live file is its own document', () => {
  for (const { text, result } of sound) {
    const plan = JSON.parse(fileOf(result, '/plan.json'));
    const [rule] = plan.states.find(({ name }: { name: string }) => name === 'half').rules;
    expect(rule.matches[0].query).toEqual([{ name: 'c', text: { kind: 'exact', value: text } }]);
    for (const { path, text: live } of result.results?.[0]?.files ?? [])
      if (path.startsWith('live/')) expect(parse(live).kind).toBeTypeOf('string');
  }
});
