import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { readTree } from '../host/workspace.ts';

const ROOT = join(import.meta.dirname, '../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const scratch = mkdtempSync(join(tmpdir(), 'surefoot-package-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Every block of a language in a page, in order. */
const blocksOf = (page: string, language: string): readonly string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text!,
  );

const LIBRARY = blocksOf('docs/library.md', 'ts');
const CONSTRUCT = blocksOf('docs/cdk8s.md', 'ts');

/** Programs that must not compile, so that types that fell back to \`any\` show. */
const STRICT_LIBRARY = `
import { compile, type Given, type Plan } from 'surefoot';
// @ts-expect-error a source has a text
compile({ file: 'a.yaml' });
// @ts-expect-error a plan is data, no text
export const plan: Plan | undefined = compile({ file: 'a.yaml', text: '' }).results?.[0].plan.rollout;
// @ts-expect-error there is no such thing to give
export const given: Given = { template: {} };
`;
const STRICT_CONSTRUCT = `
import { App, Chart } from 'cdk8s';
import { Rollout } from 'surefoot/cdk8s';
const chart = new Chart(new App(), 'chart');
// @ts-expect-error neither a file nor a text nor an object
export const none = () => new Rollout(chart, 'none', {});
// @ts-expect-error two of the three
export const two = () => new Rollout(chart, 'two', { file: 'a.yaml', text: '' });
// @ts-expect-error a Rollout has versions
export const empty = () => new Rollout(chart, 'empty', { rollout: { apiVersion: 'surefoot.dev/v1', kind: 'Rollout', metadata: { name: 'a' }, spec: {} } });
`;

/** The template below checks the declarations whole; here only what the programs make of them. */
const NODENEXT = { module: 'nodenext', target: 'es2022', strict: true, types: ['node'], skipLibCheck: true };
/** As `cdk8s init typescript-app` of cdk8s-cli 2.207 writes it, as far as it touches types. */
const CDK8S_TEMPLATE = {
  module: 'CommonJS',
  target: 'ES2017',
  lib: ['es2016'],
  strict: true,
  experimentalDecorators: true,
};

interface Project {
  readonly type: 'module' | 'commonjs';
  /** Programs by file; `.mts` is an ES module and `.cts` is CommonJS. */
  readonly programs: { readonly [file: string]: string };
  /** Packages that it has besides ours and the types of Node. */
  readonly packages: readonly string[];
  readonly compilerOptions: object;
}

const PROJECTS = {
  library: {
    type: 'module',
    programs: {
      'main.mts': LIBRARY[0]!,
      'main.cts': LIBRARY[0]!,
      'repository.mts': LIBRARY[1]!,
      'strict.mts': STRICT_LIBRARY,
      'strict.cts': STRICT_LIBRARY,
    },
    packages: [],
    compilerOptions: NODENEXT,
  },
  construct: {
    type: 'module',
    programs: { 'main.mts': CONSTRUCT[0]!, 'strict.mts': STRICT_CONSTRUCT, 'strict.cts': STRICT_CONSTRUCT },
    packages: ['cdk8s', 'constructs'],
    compilerOptions: NODENEXT,
  },
  template: {
    type: 'commonjs',
    programs: { 'main.ts': CONSTRUCT[0]!, 'strict.ts': STRICT_CONSTRUCT, 'library.ts': STRICT_LIBRARY },
    packages: ['cdk8s', 'constructs'],
    compilerOptions: CDK8S_TEMPLATE,
  },
} as const satisfies { readonly [name: string]: Project };

type Name = keyof typeof PROJECTS;
const NAMES = Object.keys(PROJECTS) as readonly Name[];
const folderOf = (name: Name): string => join(scratch, name);

function run(folder: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

/** Installs the packed file as npm does without a network. */
function install(name: Name, tarball: string): void {
  const folder = folderOf(name);
  const { type, programs, compilerOptions }: Project = PROJECTS[name];
  mkdirSync(folder);
  cpSync(join(ROOT, 'rollouts'), join(folder, 'rollouts'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', type }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*'] }));
  for (const [file, text] of Object.entries(programs)) writeFileSync(join(folder, file), text);
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, stdio: 'pipe' });
}

/** Packages that a project has besides; what they need they find where they really lie. */
function add(name: Name): void {
  for (const each of [...PROJECTS[name].packages, '@types'])
    symlinkSync(join(ROOT, 'node_modules', each), join(folderOf(name), 'node_modules', each));
}

beforeAll(() => {
  execFileSync(process.execPath, ['src/build/declarations.mjs'], { cwd: ROOT, stdio: 'pipe' });
  const packed = execFileSync('npm', ['pack', '--pack-destination', scratch], { cwd: ROOT, stdio: 'pipe' });
  const tarball = join(scratch, packed.toString().trim().split('\n').at(-1)!);
  for (const name of NAMES) install(name, tarball);
});

it('brings no other package along', () => {
  for (const name of NAMES) {
    const installed = readdirSync(join(folderOf(name), 'node_modules')).filter(entry => !entry.startsWith('.'));
    expect(installed).toEqual(['surefoot']);
  }
});

describe('the packed library', () => {
  const folder = folderOf('library');

  it('touches neither disk nor network nor processes', () => {
    for (const file of ['index.js', 'index.cjs', 'compiler.cjs']) {
      const text = readFileSync(join(folder, 'node_modules/surefoot/dist', file), 'utf8');
      expect(text).not.toMatch(/(?:require\(|from)"(?:node:)?(?:fs|child_process|net|https?|os|worker_threads)\b/);
    }
  });

  it('does what docs/library.md says, as an ES module and as CommonJS, without cdk8s', () => {
    add('library');
    run(folder, TSC, '-p', '.');
    const [printed] = blocksOf('docs/library.md', 'text');
    expect(run(folder, 'main.mjs')).toBe(printed);
    expect(run(folder, 'main.cjs')).toBe(printed);
    run(folder, 'repository.mjs');
    const written = Object.entries(readTree(folder, 'out'));
    expect(written.length).toBeGreaterThan(20);
    for (const [path, text] of written) expect(text).toBe(readFileSync(join(ROOT, path), 'utf8'));
  });

  it('is also the command line that docs/cdk8s.md gives to cdk8s', () => {
    const { app, output } = parse(blocksOf('docs/cdk8s.md', 'yaml')[0]!);
    const env = { ...process.env, CDK8S_OUTDIR: 'told' };
    const { status, stderr } = spawnSync(app, [], { cwd: folder, shell: true, env, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(output).toBe('out');
    expect(readTree(join(folder, 'told'))).toEqual(readTree(join(ROOT, 'out')));
  });

  it('holds the schemas', () => {
    for (const schema of ['rollout', 'fleet'])
      expect(run(folder, '-p', `require('surefoot/schemas/${schema}.schema.json').type`)).toBe('object\n');
  });
});

describe('the packed construct', () => {
  it.each([
    ['an ES module', 'construct', 'main.mjs'],
    ['CommonJS, in a project that cdk8s init made', 'template', 'main.js'],
  ] as const)('does what docs/cdk8s.md says, as %s', (_, name, program) => {
    const folder = folderOf(name);
    add(name);
    run(folder, TSC, '-p', '.');
    expect(run(folder, program)).toBe(blocksOf('docs/cdk8s.md', 'text')[0]);
    expect(readFileSync(join(folder, 'dist/hello.k8s.yaml'), 'utf8').split('\n---\n').length).toBe(7);
  });

  it('has types for bundlers, as the library has', () => {
    writeFileSync(join(folderOf('construct'), 'library.mts'), STRICT_LIBRARY);
    const options = ['--module', 'esnext', '--moduleResolution', 'bundler', '--noEmit'];
    run(folderOf('construct'), TSC, '-p', '.', ...options);
  });
});
