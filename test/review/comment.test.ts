import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { meaningOf } from '../../src/meaning.ts';
import { planChart } from '../../src/plan-chart.ts';
import { commentMarker, composeComment, GITHUB_LIMIT } from '../../src/review/comment.ts';
import type { CommentedChange, CommentFacts } from '../../src/review/comment-facts.ts';
import { differenceOf } from '../../src/review/difference.ts';
import { judgeChange } from '../../src/review/judge-change.ts';
import { DIRECTORY, RULES, shopAt, sideOf } from './sides.ts';

const standOf = (state: string) => sideOf(shopAt(state)).stand;

/** The change from one step of `shop` to another. */
function changeOf(from: string, to: string): CommentedChange {
  const [before, after] = [sideOf(shopAt(from)), sideOf(shopAt(to))];
  const verdict = judgeChange({ directory: DIRECTORY, before, after, standOf }, RULES);
  const [old, now] = [before, after].map(({ stand }) => meaningOf(stand).rules.at(-1)!);
  return {
    ...{ directory: DIRECTORY, from, to, verdict, before: old!, after: now! },
    difference: differenceOf(before.stand, after.stand, meaningOf),
    states: { added: [], removed: [] },
    source: 'rollouts/shop.yaml',
    findings: verdict.findings.map(({ severity, code, what, why, fix }) => ({
      ...PLACE,
      severity,
      code,
      what,
      why,
      fix,
    })),
  };
}

const PLACE = { file: 'rollouts/shop.yaml', line: 6, column: 9, endLine: 6, endColumn: 12, notes: [], excerpt: [] };

const factsOf = (changes: readonly CommentedChange[], more: Partial<CommentFacts> = {}): CommentFacts => ({
  base: { ref: 'origin/main', id: '0123456789abcdef0123456789abcdef01234567' },
  ...{ place: 'out', outName: 'out', changes, findings: [], drift: { files: [], mend: [] } },
  commands: { check: 'surefoot check --base origin/main', diff: 'surefoot diff --base origin/main' },
  ...more,
});

const comment = (facts: CommentFacts, most = GITHUB_LIMIT): string => composeComment(facts, { most });

describe('a comment', () => {
  it('says in one line that nothing changes', () => {
    expect(comment(factsOf([]))).toBe(
      '<!-- surefoot:comment out -->\nSurefoot: no Rollout changes: `out` is as at `origin/main`, and says what the Rollouts say.\n',
    );
  });

  it('tells a hop with its traffic, its proof and what must be seen first', () => {
    const text = comment(factsOf([changeOf('canary-10', 'canary-20')]));
    expect(text).toContain('### Surefoot: 1 change, all proved\n');
    expect(text).toContain(
      '| `demo/shop` | `default` | `canary-10` → `canary-20` | v1 90 %, v2 10 % → v1 80 %, v2 20 % | proved in any order |',
    );
    expect(text).toContain('<summary>demo/shop, environment default: canary-10 → canary-20</summary>');
    expect(text).toContain('**Proof**: one object changes, at once; no request is lost.');
    expect(text).toContain('- v2 has 4 available pods');
  });

  it('opens a hop that is refused, first, with the shortest sequence and the way round', () => {
    const text = comment(factsOf([changeOf('canary-10', 'canary-20'), changeOf('baseline', 'canary-10')]));
    expect(text).toContain('### Surefoot: 1 of 2 changes is refused');
    expect(text).toContain('**refused**: `check/unsafe-hop`');
    expect(text.indexOf('`baseline`')).toBeLessThan(text.indexOf('`canary-20`'));
    expect(text).toMatch(/<details open>\n<summary>[^\n]*baseline → canary-10/);
    expect(text).toContain('after "update VirtualService/shop"');
    expect(text).toContain('write `step: provision-v2`');
  });

  it('names what is stale, and what to type', () => {
    const files = Array.from({ length: 30 }, (_, i) => ({ how: 'stale', file: `out/live/a/b/c/${i}.yaml` }));
    const text = comment(factsOf([], { drift: { files, mend: ['surefoot synth'] } }));
    expect(text).toContain('### Surefoot: `out` is not what the Rollouts say');
    expect(text).toContain('- and 10 more: `surefoot synth --check` tells all');
    expect(text).toContain('To mend it: `surefoot synth`, and commit what changes.');
  });

  it('drops the longest details first, and says so', () => {
    const change = changeOf('canary-10', 'canary-20');
    const long = { ...change, directory: 'prod/demo/long', chart: 'x'.repeat(70_000) };
    const text = comment(factsOf([long, change]));
    expect(text.length).toBeLessThanOrEqual(GITHUB_LIMIT);
    expect(text).toContain('`demo/long`');
    expect(text).not.toContain('xxx');
    expect(text).toContain('<summary>demo/shop,');
    expect(text).toContain('the details of 1 of 2 Rollouts, the longest ones. `surefoot check --base origin/main` and');
    expect(comment(factsOf([long, change]), 1_000_000)).toContain('xxx');
  });

  it('of a fleet keeps its table and stays short', () => {
    const change = changeOf('canary-10', 'canary-20');
    const many = Array.from({ length: 3000 }, (_, i) => ({ ...change, directory: `prod/demo/rollout-${i}` }));
    const text = comment(factsOf([...many, changeOf('baseline', 'canary-10')]));
    expect(text.length).toBeLessThanOrEqual(GITHUB_LIMIT);
    expect(text).toContain('### Surefoot: 1 of 3001 changes is refused');
    expect(text).toContain('**refused**');
    expect(text).toMatch(/\d+ more Rollouts: `surefoot check --base origin\/main`/);
  });

  it('is found again by its folder', () => {
    expect(commentMarker('gitops/out')).toBe('<!-- surefoot:comment gitops/out -->');
    expect(commentMarker('a --> <b>/out')).toBe('<!-- surefoot:comment a%20%2D%2D%3E%20%3Cb%3E/out -->');
    expect(commentMarker('a--b')).not.toBe(commentMarker('a-b'));
  });
});

describe('a chart', () => {
  const plan = (name: string, share: unknown = 10_000): string =>
    JSON.stringify({
      ...{ directory: 'default/demo/shop', provider: 'istio', versions: { v1: {} } },
      states: [{ name, kind: 'step', rules: [{ split: [{ version: 'v1', share }] }] }],
    });

  it('is drawn of a plan, and of nothing that could be more than one', () => {
    expect(planChart('default/demo/shop', plan('baseline'))).toContain('x-axis ["baseline"]');
    expect(planChart('default/demo/shop', plan('```\n@admin'))).toBeUndefined();
    expect(planChart('default/demo/shop', plan('a"], b["'))).toBeUndefined();
    expect(planChart('default/demo/shop', plan('a', '1'))).toBeUndefined();
    expect(planChart('default/demo/other', plan('a'))).toBeUndefined();
    for (const text of [undefined, '', '{', '[]', 'null']) expect(planChart('default/demo/shop', text)).toBeUndefined();
  });
});

const HOSTILE = [
  ...[
    '@admin',
    '@acme/team',
    '#1',
    '!7',
    '~bug',
    '%"m"',
    '%m1',
    '$1',
    '&3',
    ':tada:',
    'GH-1',
    'http://x.example/',
    'www.x.example',
  ],
  ...[
    '<script>',
    '</details>',
    '<!--',
    '-->',
    '<details>',
    '`',
    '``',
    '```',
    '|',
    '\\',
    '\n',
    '\r\n',
    '\n\n',
    '](x)',
    '![a](b)',
    '[a]',
  ],
  ...[
    '**',
    '__',
    '~~',
    '- ',
    '1. ',
    '# ',
    '> ',
    '---',
    '===',
    '&lt;',
    '&#64;',
    '$`',
    '`$',
    '\u202e',
    '\u200b',
    '\u001b[2J',
    'a',
    ' ',
    'v1',
  ],
];
const hostile = fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 12 }).map(parts => parts.join(''));

const diagnostic = fc
  .record({
    ...{ code: hostile, file: hostile, what: hostile, why: hostile, fix: hostile },
    severity: fc.constantFrom('error' as const, 'warning' as const),
  })
  .map((said): Diagnostic => ({ ...PLACE, ...said }));

const portions = fc.array(fc.record({ target: fc.record({ version: hostile }), share: fc.constant(5000) }), {
  maxLength: 3,
});

const hostileChange = fc
  .record({
    ...{ directory: fc.tuple(hostile, hostile, hostile).map(parts => parts.join('/')), from: hostile, to: hostile },
    ...{ source: hostile, page: hostile, before: fc.record({ split: portions, mirror: portions }) },
    states: fc.record({ added: fc.array(hostile), removed: fc.array(hostile) }),
    findings: fc.array(diagnostic, { maxLength: 3 }),
  })
  .map((change): CommentedChange => change);

const hostileFacts = fc
  .record({
    changes: fc.array(hostileChange, { minLength: 1, maxLength: 4 }),
    findings: fc.array(diagnostic, { maxLength: 4 }),
    files: fc.array(fc.record({ how: fc.constant('stale'), file: hostile }), { maxLength: 3 }),
    ...{ ref: hostile, outName: hostile, mend: fc.array(hostile, { maxLength: 2 }) },
  })
  .map(({ changes, findings, files, mend, ref, outName }) =>
    factsOf(changes, { findings, outName, base: { ref, id: '0'.repeat(40) }, drift: { files, mend } }),
  );

/** What is left of Markdown where code is taken out, by the rule of https://spec.commonmark.org/0.31.2/#code-spans */
const withoutCode = (text: string): string =>
  text.replace(/(?<!`)(`+)(?!`)(?:[^`]|(?!\1(?!`))`+)*?(?<!`)\1(?!`)/g, 'CODE');

const decoded = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe('whatever stands in specs', () => {
  it('is text in the comment: no tag, no link, no name, no other comment, and it fits', () => {
    fc.assert(
      fc.property(hostileFacts, fc.constantFrom(GITHUB_LIMIT, 30_000), (facts, most) => {
        const whole = comment(facts, most);
        expect(whole.length).toBeLessThanOrEqual(most);
        const [marker, ...lines] = whole.split('\n');
        expect(marker).toBe('<!-- surefoot:comment out -->');
        for (const line of lines) {
          const bare = withoutCode(line);
          const own = bare.replace(/^<details(?: open)?>$|^<summary>|<\/summary>$|^<\/details>$/g, '');
          expect(own).not.toMatch(/[<>`\]@$~\\]|&(?!#\d+;)|https?:\/\//);
          const read = decoded(own);
          expect(read).not.toMatch(/@\w|#\w|!\w|~\w|\$\w|%["\w]|:\w+:|:\/\/|www\.|GH-\d/i);
          expect(read).not.toMatch(/\p{Cc}|\u202e/u);
        }
        const rows = lines.filter(line => line.startsWith('| '));
        for (const row of rows) expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(7);
        const folds = (tag: string): number => lines.filter(line => withoutCode(line).startsWith(tag)).length;
        expect(folds('<details')).toBe(folds('</details>'));
      }),
      { numRuns: 300 },
    );
  });
});
