import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../host/workspace.ts';
import { shell } from './surefoot.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'docs/diff.md');
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const BLOCK = /```console\n\$ (.+)\n([\s\S]*?)```/g;

/** Prints live objects as a cluster holds them: more fields than were written, and one Deployment scaled by hand. */
const KUBECTL = `kubectl() {
  for file in out/live/default/test/podinfo/*.yaml; do
    echo ---; sed 's/^  replicas: 2$/  replicas: 5/' $file; printf 'status:\\n  observedGeneration: 7\\n'
  done
}`;

it('docs/diff.md shows what its commands print', () => {
  const root = temporaryFolder();
  cpSync(join(ROOT, 'rollouts'), join(root, 'rollouts'), { recursive: true });
  const start = 'git init -q -b main && git config user.email a@example.com && git config user.name a';
  const commit = 'git -c commit.gpgsign=false commit -qm start && git update-ref refs/remotes/origin/main HEAD';
  expect(shell(root, `surefoot synth -q && ${start} && git add -A && ${commit}`).exit).toBe(0);
  const page = readFileSync(PAGE, 'utf8');
  const blocks = [...page.matchAll(BLOCK)];
  expect(blocks.length).toBe(4);
  let written = page;
  for (const [block, command = ''] of blocks) {
    // The pull request of the page promotes two Rollouts.
    const promoted = command.includes('--base');
    const promotion =
      'sed -i s/canary-20/canary-50/ rollouts/podinfo.yaml && sed -i s/canary-25/canary-50/ rollouts/hello.yaml && surefoot synth -q';
    if (promoted) expect(shell(root, promotion).exit).toBe(0);
    const { exit, stdout } = shell(root, `${KUBECTL}\n${command}`);
    expect(exit, command).toBe(0);
    expect(stdout, command).toContain('podinfo  istio');
    written = written.replace(block, () => `\`\`\`console\n$ ${command}\n${stdout}\`\`\``);
    if (promoted) expect(shell(root, 'git checkout -q . && git clean -fdq').exit).toBe(0);
  }
  if (UPDATE) writeFileSync(PAGE, written);
  else expect(written).toBe(page);
});
