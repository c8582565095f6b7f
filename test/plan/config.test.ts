import { expect, it } from 'vitest';
import type { Finding } from '../../src/diagnostics/finding.ts';
import { DEFAULTS } from '../../src/model/defaults.ts';
import { planConfig } from '../../src/plan/config.ts';

const planned = (
  mountPath: string | undefined,
  writable: readonly string[],
  files: { [name: string]: string } = { a: '1' },
) => {
  const findings: Finding[] = [];
  const scope = {
    ports: [],
    defaults: DEFAULTS,
    layer: (key: string) => ['spec', 'workload', key],
    report: (f: Finding) => void findings.push(f),
    rollout: 'shop',
    isOfFleet: () => false,
  };
  const config = planConfig({ files, ...(mountPath === undefined ? {} : { mountPath }) }, writable, scope);
  return { config, codes: findings.map(finding => finding.code) };
};

it.each([
  [undefined, ['/tmp']],
  ['/etc/shop', ['/etc/shopping', '/tmp']],
  ['/cache', ['/var/cache']],
  ['/etc/shop', []],
])('files at %s stand apart from %j', (mountPath, writable) => {
  expect(planned(mountPath, writable).codes).toEqual([]);
});

it.each([
  [undefined, ['/config']],
  ['/tmp', ['/tmp']],
  ['/tmp/', ['/tmp']],
  ['/tmp/settings', ['/var', '/tmp']],
  ['/var', ['/var/cache']],
  ['/var/cache', ['/var//cache/x']],
  ['/var/cache', ['/opt/../var/./cache']],
  ['/anything', ['/..']],
])('files at %s meet one of %j', (mountPath, writable) => {
  expect(planned(mountPath, writable).codes).toEqual(['version/config-in-writable']);
});

it('the hash follows every name and every text, and not their order', () => {
  const hash = (files: { [name: string]: string }) => planned('/x', [], files).config.hash;
  const same = hash({ a: '1', b: '2' });
  expect(same).toMatch(/^[0-9a-f]{16}$/);
  expect(hash({ b: '2', a: '1' })).toBe(same);
  const others = [
    { a: '1' },
    { a: '1', b: '' },
    { a: '1', b: '2\n' },
    { a: '12', b: '' },
    { a: '1', c: '2' },
    { a: '2', b: '1' },
  ];
  expect(new Set([same, ...others.map(hash)]).size).toBe(others.length + 1);
});
