import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const alone = mkdtempSync(join(tmpdir(), 'surefoot-alone-'));
afterAll(() => rmSync(alone, { recursive: true }));

const run = (...words: readonly string[]) =>
  spawnSync(process.execPath, [join(alone, 'surefoot.mjs'), ...words], { cwd: alone, encoding: 'utf8' });

describe('what is shipped', () => {
  it('depends on no package at run time', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    for (const kind of ['dependencies', 'optionalDependencies']) expect(manifest[kind]).toBeUndefined();
    // The door to cdk8s extends classes that must be the user's own; npm installs none of them by itself.
    expect(Object.keys(manifest.peerDependencies)).toEqual(['cdk8s', 'constructs']);
    for (const name of ['cdk8s', 'constructs']) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
  });

  it('is one file that works by itself, far from any package', () => {
    copyFileSync(join(ROOT, 'dist/surefoot.js'), join(alone, 'surefoot.mjs'));
    mkdirSync(join(alone, 'rollouts'));
    for (const name of ['greeter', 'hello', 'reviews']) {
      copyFileSync(join(ROOT, `rollouts/${name}.yaml`), join(alone, `rollouts/${name}.yaml`));
    }
    expect(run('synth').status).toBe(0);
    expect(run('synth', '--check').status).toBe(0);
    copyFileSync(join(ROOT, 'test/reject/schema/too-long.yaml'), join(alone, 'broken.yaml'));
    const { status, stderr, stdout } = run('validate', 'broken.yaml');
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('schema/too-long');
  });

  it('was built without the package that cdk8s-plus-27 drags in by mistake', () => {
    expect(existsSync(join(ROOT, 'node_modules/cdk8s-plus-27'))).toBe(true);
    expect(existsSync(join(ROOT, 'node_modules/backport'))).toBe(false);
  });
});
