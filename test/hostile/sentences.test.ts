import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * What holds however hostile the input, and the test that shows it: a file, or a pair of test/reject, and words of the title
 * of the test where the file has several.
 */
const SENTENCES: readonly (readonly [
  sentence: string,
  ...tests: readonly (readonly [file: string, title?: string])[],
])[] = [
  [
    'A file of more than 256 KiB is refused before it is composed, and no more of it is read than shows that.',
    ['test/read/mistakes.ts', 'file/too-large'],
    ['test/host/find-sources.test.ts', 'reads no more of a file than shows that it is too long'],
  ],
  [
    'Nesting beyond 64 is refused before it is composed, as often as it comes in one process.',
    ['test/reject/file/too-deep.yaml'],
    ['test/read/hostile.test.ts', 'signs that open and never close, twice in one process'],
  ],
  [
    'No text makes the reader throw or hang.',
    ['test/read/hostile.test.ts', 'random bytes'],
    ['test/fuzz/fuzz.test.ts'],
  ],
  ['surefoot.yaml is read as carefully.', ['test/hostile/fleet-file.test.ts', 'random bytes']],
  ['No anchors.', ['test/reject/yaml/anchor.yaml']],
  ['No aliases.', ['test/reject/yaml/alias.yaml']],
  ['No merge keys.', ['test/reject/yaml/merge-key.yaml']],
  ['No tags.', ['test/reject/yaml/tag.yaml']],
  ['No duplicate keys.', ['test/reject/yaml/duplicate-key.yaml']],
  [
    'No __proto__.',
    ['test/reject/yaml/reserved-key.yaml'],
    ['test/read/hostile.test.ts', 'nothing is left on the prototype of all objects'],
  ],
  ['Names are DNS-1123 labels.', ['test/reject/schema/name.yaml']],
  [
    'Every name that is derived from the longest legal ones fits.',
    ['test/reject/schema/too-long.yaml'],
    ['test/hostile/lengths.test.ts', 'every name and label'],
  ],
  [
    'baseline, provision-*, scale-*, retire-* and abort-* are reserved.',
    ['test/reject/steps/reserved-name.yaml'],
    ['test/hostile/reserved-names.test.ts'],
  ],
  [
    'Output stays inside the output folder.',
    ['test/host/synth.test.ts', 'a path that leads out of the output folder is a bug'],
    ['test/host/synth.test.ts', 'never writes through a link at'],
    ['test/host/synth.test.ts', 'a plan.json that tells nothing'],
  ],
  ['The output folder is never the repository, the Rollouts, or part of them.', ['test/hostile/out-place.test.ts']],
  [
    'Symlinks are refused, wherever they stand.',
    ['test/host/find-sources.test.ts', 'refuses links, wherever they are on the way'],
    ['test/cli/environments.test.ts', 'surefoot.yaml is never read through a link'],
    ['test/host/synth.test.ts', 'never writes to, or deletes, a link where a file belongs'],
  ],
  [
    'Names that collide on a case-insensitive disk are refused.',
    ['test/layout/fleet.test.ts', 'case'],
    ['test/hostile/live-files.test.ts', 'case'],
  ],
  ['Two objects never share a file.', ['test/hostile/live-files.test.ts', 'API groups']],
  ['A regular expression is judged by a linear engine.', ['test/reject/match/regex.yaml']],
  [
    'Strings are escaped in Markdown and HTML.',
    ['test/hostile/strings.test.ts', 'page'],
    ['test/layout/plan-markdown.test.ts'],
  ],
  [
    'Strings are escaped for terminals.',
    ['test/hostile/strings.test.ts', 'terminal'],
    ['test/cli/text-reporter.test.ts'],
  ],
  ['Strings break no comment of a manifest.', ['test/host/find-sources.test.ts', 'names that would break a comment']],
  [
    'Strings mean themselves to every reader of YAML.',
    ['test/hostile/strings.test.ts', 'manifests'],
    ['test/yaml/print.test.ts'],
  ],
  ['No program is run through a shell.', ['test/hostile/no-shell.test.ts']],
  ['A floating tag is refused.', ['test/reject/version/floating-tag.yaml']],
  ['A missing digest is a warning.', ['test/reject/version/no-digest.yaml']],
  ['Two runs at once corrupt nothing.', ['test/hostile/two-runs.test.ts']],
];

describe('what holds however hostile the input', () => {
  it.each(SENTENCES.map(([sentence, ...tests]) => ({ sentence, tests })))('$sentence', ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      if (title !== undefined) expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain(title);
    }
  });
});
