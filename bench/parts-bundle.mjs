import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/surefoot');

/** The doors of the rooms: by module, which exports are timed as which part. What `draw` does itself is proof. */
const DOORS = /** @type {const} */ ({
  'src/host/find-sources.ts': { find: ['findFiles', 'readLook'] },
  'src/read/read-rollout.ts': { read: ['readRollout'] },
  'src/plan/plan-rollout.ts': { plan: ['planRollout'] },
  'src/draw.ts': { prove: ['draw'] },
  'src/prove-hops.ts': { 'prove hops': ['proveHops', 'hopRisks'] },
  'src/providers/istio/emit.ts': { emit: ['emitter'] },
  'src/providers/knative/emit.ts': { emit: ['emitter'] },
  'src/providers/kubernetes/emit.ts': { emit: ['emitter'] },
  'src/workloads/emit.ts': { emit: ['workloadEmitter'] },
  'src/yaml/print.ts': { print: ['printYaml', 'printDocuments'] },
  'src/layout/lay-out.ts': { 'lay out': ['layOut'] },
  'src/host/draft.ts': { write: ['draftRollout'] },
  'src/host/finish-synth.ts': { write: ['finishSynth'] },
});

/** @type {import('esbuild').BuildOptions} the shipped bundle is made with the same, see src/build/build.mjs */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'error',
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
};

/** Bundles the program with a clock at every door; the path of the bundle. */
export async function bundleParts() {
  const outfile = join(cache, 'bench-parts.mjs');
  await build({ ...common, entryPoints: ['bench/parts.ts'], outfile, minifyWhitespace: true, plugins: [clocks] });
  return outfile;
}

/** Bundles `compile` alone; the path of the bundle. */
export async function bundleCompile() {
  const outfile = join(cache, 'bench-compile.mjs');
  await build({ ...common, entryPoints: ['src/compile.ts'], outfile });
  return outfile;
}

/** Puts a module with the same exports, some of them timed, before each door. @type {import('esbuild').Plugin} */
const clocks = {
  name: 'clocks',
  setup(builder) {
    builder.onResolve({ filter: /\.ts$/ }, ({ path, importer, namespace, resolveDir }) => {
      const target = relative(root, resolve(resolveDir || dirname(importer), path)).replaceAll('\\', '/');
      return namespace === 'file' && target in DOORS ? { path: target, namespace: 'clock' } : undefined;
    });
    builder.onLoad({ filter: /.*/, namespace: 'clock' }, ({ path }) => ({
      contents: timedModule(/** @type {keyof typeof DOORS} */ (path)),
      resolveDir: root,
    }));
  },
};

/** @param {keyof typeof DOORS} path */
function timedModule(path) {
  const lines = Object.entries(DOORS[path]).flatMap(([part, names]) =>
    names.map((/** @type {string} */ name) => {
      const clock = part === 'emit' ? 'timedTwice' : 'timed';
      return `export const ${name} = ${clock}('${part}', door.${name});`;
    }),
  );
  const from = JSON.stringify(`./${path}`);
  return [
    `import * as door from ${from};`,
    `import { timed, timedTwice } from './bench/part-clock.ts';`,
    `export * from ${from};`,
    ...lines,
  ].join('\n');
}
