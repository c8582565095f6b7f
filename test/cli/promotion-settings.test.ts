import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readTree, temporaryFolder, writeTree } from '../host/workspace.ts';
import { shell, specOf, surefoot } from './surefoot.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/environments.md'), 'utf8');

/** The YAML of a section of the page. */
const shown = (heading: string): string => /```yaml\n(.*?)```/s.exec(PAGE.slice(PAGE.indexOf(`## ${heading}`)))![1]!;

const HEAD = 'apiVersion: surefoot.dev/v1\nkind: Fleet\n';

function folder(fleet: string): string {
  const root = temporaryFolder();
  writeTree(root, { 'surefoot.yaml': fleet, 'rollouts/cart.yaml': specOf({ name: 'cart' }) });
  return root;
}

it.each(['After another environment', 'Freezes'])('validate takes what docs/environments.md shows: %s', heading => {
  const text = shown(heading);
  expect(text).toMatch(/soak|schedule/);
  const { exit, stderr } = surefoot(folder(HEAD + text), ['validate']);
  expect([exit, stderr]).toEqual([0, '1 rollout: 0 errors, 0 warnings\n']);
});

it('they change no manifest, and no plan', () => {
  const said = { ...parse(shown('Freezes')), agent: { pollInterval: '3m' } };
  said.environments = {
    staging: { agent: { pollInterval: '1m' } },
    prod: { ...said.environments.prod, promotion: { after: 'staging', soak: '24h' } },
  };
  const [plain, full] = [{ environments: { staging: {}, prod: {} } }, said].map(fleet => {
    const root = folder(HEAD + stringify(fleet));
    expect(surefoot(root, ['synth']).exit).toBe(0);
    return readTree(root, 'out');
  });
  expect(full).toEqual(plain);
  expect(Object.keys(plain!).length).toBeGreaterThan(20);
});

it('validate refuses a schedule, a zone and an order that cannot be meant, each once for all Rollouts', () => {
  const root = folder(
    `${HEAD}freezes:\n  - { schedule: "0 17 * * 8", duration: 1h, timeZone: Mars/Base }\nenvironments:\n  prod: { promotion: { after: prod } }\n`,
  );
  writeTree(root, { 'rollouts/mail.yaml': specOf({ name: 'mail' }) });
  const { exit, stdout } = surefoot(root, ['validate', '--format', 'json']);
  expect(exit).toBe(1);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; file: string; line: number }[] };
  expect(diagnostics.map(({ code, file, line }) => `${file}:${line} ${code}`)).toEqual([
    'surefoot.yaml:4 freeze/unreadable-schedule',
    'surefoot.yaml:4 freeze/unknown-time-zone',
    'surefoot.yaml:6 promotion/circle',
  ]);
});

it('explain tells of them', () => {
  const root = folder(HEAD);
  for (const field of ['metadata.labels', 'freezes', 'agent.pollInterval'])
    expect(shell(root, `surefoot explain ${field}`).exit, field).toBe(0);
});
