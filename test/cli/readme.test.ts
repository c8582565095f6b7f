import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { summaryTable } from '../../src/build/provider-page.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { shell, surefoot } from './surefoot.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'surefoot-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first block of a language after a heading, without its indentation. */
function block(heading: string, language: string): string {
  const after = README.slice(README.indexOf(heading));
  const [, indent = '', text = ''] = new RegExp(`^( *)\`\`\`${language}\n([^]*?)^ *\`\`\``, 'm').exec(after) ?? [];
  return text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });

/** Runs the commands of a numbered step of the tutorial; gives the lines that its commit changed in out/live. */
function follow(heading: string): readonly string[] {
  for (const line of block(heading, 'sh').trim().split('\n')) {
    const { exit, stderr } = shell(folder, line);
    expect(exit, `${line}\n${stderr}`).toBe(0);
  }
  return git('show', '--format=', '-U0', 'HEAD', '--', 'out/live')
    .split('\n')
    .filter(line => /^(?:\+\+\+|---) |^[+-] /.test(line));
}

describe('the tutorial of the README', () => {
  it('goes from an empty repository to a canary and back', () => {
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 't');
    git('config', 'user.email', 't@example.com');
    const text = block('1. In your GitOps repository', 'yaml');
    expect(text).toContain('kind: Rollout');
    expect(shell(folder, 'mkdir -p rollouts').exit).toBe(0);
    writeFileSync(join(folder, 'rollouts/hello.yaml'), text);
    const lines = block('2. See what will happen', 'sh').trim().split('\n');
    expect(lines[0]).toBe('surefoot plan');
    for (const line of lines.slice(0, 2)) expect(shell(folder, line).exit, line).toBe(0);
    git('add', '-A');
    git('commit', '-qm', 'baseline');

    const provisioned = follow('4. Bring v2 up');
    expect(provisioned.filter(line => line.startsWith('+++ b/')).map(line => line.split('/').at(-1))).toEqual([
      'deployment-hello-v2.yaml',
      'poddisruptionbudget-hello-v2.yaml',
      'service-hello-v2.yaml',
    ]);
    expect(provisioned.filter(line => /^-[^-]/.test(line))).toEqual([]);

    expect(follow('5. The same command').filter(line => /^[+-] /.test(line))).toEqual(['-    version: v1']);
    expect(follow('6. Something is wrong?').filter(line => /^[+-] /.test(line))).toEqual(['+    version: v1']);
    expect(surefoot(folder, ['synth', '--check']).exit).toBe(0);
  });
});

describe('the README', () => {
  it('shows the plan of hello as it is', () => {
    const page = readFileSync(join(ROOT, 'out/plan/default/demo/hello/plan.md'), 'utf8');
    const cells = (line: string): readonly string[] =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim());
    const rows = README.split('\n').filter(line => /^\| +(?:➤)? +\| /.test(line) && !line.includes('state'));
    expect(rows.length).toBe(7);
    const planned = page
      .split('\n')
      .filter(line => line.startsWith('| '))
      .map(cells)
      .map(row => row.filter((_, i) => i !== 4));
    for (const row of rows) expect(planned).toContainEqual(cells(row));
  });

  it('links to files that exist', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      'docs/states-and-hops.md',
      'docs/out.md',
      'docs/promote.md',
      'docs/status.md',
      'docs/check.md',
      'docs/ci.md',
      'docs/trace.md',
      'docs/diff.md',
      'docs/versions.md',
      'docs/pods.md',
      'docs/environments.md',
      'docs/argocd.md',
      'docs/flux.md',
      'docs/incident.md',
      'docs/image-automation.md',
      'docs/coming-from.md',
      'docs/providers.md',
      'docs/matching.md',
      'docs/reference.md',
      'docs/editors.md',
      'docs/library.md',
      'docs/cdk8s.md',
      'src/README.md',
    ];
    for (const page of pages) {
      const text = readFileSync(join(ROOT, page), 'utf8').replace(/`[^`\n]*`/g, '');
      for (const [, target] of text.matchAll(/(?<!\\)\]\((?!https?:|#)([^)#]+)/g)) {
        expect(existsSync(join(ROOT, page, '..', target!)), `${page}: ${target}`).toBe(true);
      }
    }
  });

  it('has the table of providers as the compiler knows it', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(summaryTable(PROVIDERS));
  });

  it('names every command', () => {
    for (const command of [
      'validate',
      'plan',
      'synth',
      'check',
      'comment',
      'trace',
      'diff',
      'schema',
      'completion',
      'explain',
      'init',
      'bootstrap',
      'promote',
      'resume',
      'abort',
      'release',
      'tidy',
      'status',
    ]) {
      expect(README).toContain(`surefoot ${command}`);
      expect(surefoot(folder, ['help', command]).exit).toBe(0);
    }
  });
});
