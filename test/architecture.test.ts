import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** Which rooms a room may import, besides itself. `.` is a file directly in src. */
const ARROWS: { readonly [room: string]: readonly string[] } = {
  diagnostics: [],
  model: ['diagnostics'],
  traffic: ['model', 'diagnostics'],
  yaml: ['model', 'diagnostics'],
  read: ['generated', 'traffic', 'yaml', 'model', 'diagnostics'],
  plan: ['traffic', 'yaml', 'model', 'diagnostics'],
  workloads: ['generated', 'traffic', 'yaml', 'model', 'diagnostics'],
  providers: ['traffic', 'yaml', 'model', 'diagnostics'],
  prove: ['generated', 'traffic', 'yaml', 'model', 'diagnostics'],
  layout: ['traffic', 'yaml', 'model', 'diagnostics'],
  '.': ['read', 'plan', 'workloads', 'providers', 'prove', 'layout', 'traffic', 'yaml', 'model', 'diagnostics'],
  reference: ['read', 'layout', 'model', 'diagnostics'],
  adopt: ['.', 'read', 'layout', 'traffic', 'yaml', 'model', 'diagnostics'],
  release: ['.', 'read', 'plan', 'layout', 'traffic', 'yaml', 'model', 'diagnostics'],
  review: ['.', 'layout', 'traffic', 'yaml', 'model', 'diagnostics'],
  gitops: ['layout', 'yaml', 'model', 'diagnostics'],
  gate: ['.', 'layout', 'model', 'diagnostics'],
  host: ['.', 'gate', 'layout', 'yaml', 'model', 'diagnostics'],
  cli: [
    ...['.', 'host', 'adopt', 'release', 'review', 'gate', 'gitops', 'reference'],
    ...['layout', 'traffic', 'yaml', 'model', 'diagnostics'],
  ],
  build: ['.', 'reference', 'providers', 'read', 'layout', 'model', 'diagnostics'],
  // A program is answered in the words of the command line.
  doors: ['.', 'cli', 'host', 'layout', 'yaml', 'model', 'diagnostics'],
};

/** Which rooms may use which packages; every other room is plain TypeScript. */
const PACKAGES: { readonly [room: string]: readonly string[] } = {
  // When a freeze begins is judged where surefoot.yaml is read, and asked again before a promotion.
  '.': ['croner'],
  read: ['yaml'],
  // Objects that other tools wrote are read, and a Rollout with comments is written, by the library; our own dialect is not.
  adopt: ['yaml'],
  // A regular expression is judged and run by the engine that proxies run.
  traffic: ['re2js'],
  // Pods carry the hash of their files.
  plan: ['node:crypto'],
  layout: ['node:crypto'],
  // Lines that differ are found by the library that others use too.
  review: ['diff'],
  host: ['node:', 'fast-glob'],
  cli: ['node:', 'commander'],
  doors: ['cdk8s', 'constructs'],
  build: ['node:', 'ajv', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'esbuild'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly local: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !file.startsWith('generated'))
  .map(file => file.replaceAll('\\', '/'));

const roomOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');

const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(join(SRC, file), 'utf8').matchAll(/(?:[\w}*]\s+from\s+|import\(\s*)'([^']+)'/g)].map(
    ([, target]) => ({
      file,
      room: roomOf(file),
      local: target!.startsWith('.'),
      target: target!.startsWith('.')
        ? relative(SRC, join(SRC, dirname(file), target!)).replaceAll('\\', '/')
        : target!,
    }),
  );

const imports = files.flatMap(importsOf);
const isPackage = ({ local }: Import): boolean => !local;

describe('architecture', () => {
  it('reads the imports that it guards', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('imports follow the arrows', () => {
    const wrong = imports
      .filter(entry => !isPackage(entry) && !entry.target.startsWith('..'))
      .filter(({ room, target }) => roomOf(target) !== room && !(ARROWS[room] ?? []).includes(roomOf(target)))
      .map(
        ({ file, room, target }) =>
          `src/${file} imports src/${target}: ${room} may use ${(ARROWS[room] ?? []).join(', ') || 'nothing'}. ` +
          'Pass what you need as an argument from src/compile.ts, or move the shared noun to src/model.',
      );
    expect(wrong).toEqual([]);
  });

  it('packages stay in the rooms that own them', () => {
    const wrong = imports
      .filter(isPackage)
      .filter(
        ({ room, target }) =>
          !(PACKAGES[room] ?? []).some(name =>
            name.endsWith(':') ? target.startsWith(name) : target === name || target.startsWith(`${name}/`),
          ),
      )
      .map(
        ({ file, target }) =>
          `src/${file} imports ${target}. The core is pure: disk, process, network and clock live in src/host, ` +
          'YAML parsing in src/read. Take the value as an argument instead.',
      );
    expect(wrong).toEqual([]);
  });

  it('touches process, clock and chance in the outer rooms only', () => {
    const wrong = files
      .filter(file => !['host', 'cli', 'build'].includes(roomOf(file)))
      .filter(file =>
        /\bprocess\.|\bDate\.now|new Date\(|Math\.random|\bfetch\(|globalThis/.test(
          readFileSync(join(SRC, file), 'utf8'),
        ),
      )
      .map(file => `src/${file} is impure: take the value as an argument from src/host or src/cli.`);
    expect(wrong).toEqual([]);
  });

  it('emit and recover of a provider share no code of the providers room', () => {
    const reach = (file: string, seen = new Set<string>()): Set<string> => {
      if (seen.has(file) || roomOf(file) !== 'providers') return seen;
      seen.add(file);
      for (const { target } of importsOf(file)) if (files.includes(target)) reach(target, seen);
      return seen;
    };
    const providers = [...new Set(files.filter(f => /^providers\/[^/]+\//.test(f)).map(f => f.split('/')[1]!))];
    expect(providers).toEqual([
      'apisix',
      'aws-alb',
      'consul',
      'contour',
      'emissary',
      'gateway-api',
      'gloo',
      'istio',
      'knative',
      'kubernetes',
      'kuma',
      'linkerd',
      'nginx',
      'openshift',
      'traefik',
    ]);
    for (const name of providers) {
      const emitted = reach(`providers/${name}/emit.ts`);
      for (const reader of ['recover', 'expect']) {
        const shared = [...emitted].filter(file => reach(`providers/${name}/${reader}.ts`).has(file));
        expect(shared, `${name}: ${reader} is part of the proof of emit, so it must not lean on it`).toEqual([]);
      }
    }
  });

  it('providers have the same inner names', () => {
    for (const name of ['gloo', 'istio', 'knative', 'kubernetes']) {
      for (const part of ['provider', 'capabilities', 'emit', 'expect', 'recover', 'inert'])
        expect(files).toContain(`providers/${name}/${part}.ts`);
    }
  });

  it('files stay small and names say what they hold', () => {
    const long = files.filter(file => readFileSync(join(SRC, file), 'utf8').split('\n').length > 260);
    expect(long, 'split by noun, not by "part 2"').toEqual([]);
    expect(files.filter(file => /util|helper|common|manager|misc/i.test(file))).toEqual([]);
  });
});
