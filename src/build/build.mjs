// `npm run build`: the generated files, then the command line in one file, then what programs import.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { later } from './later.mjs';
import { library } from './library.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const generator = join(root, 'node_modules/.cache/surefoot/generate.mjs');
const shipped = join(root, 'dist/surefoot.js');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

// The generator stands inside node_modules, from where it finds its packages.
await bundle({
  ...common,
  entryPoints: ['src/build/generate.ts'],
  outfile: generator,
  packages: 'external',
});
const { status } = spawnSync(process.execPath, [generator], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);

/** @type {import('esbuild').BuildOptions} */
const shippedOptions = {
  ...common,
  // The same parser without looking up a debugging variable of the environment for every token.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  minifyWhitespace: true,
  legalComments: 'none',
};

// What defines the command line, and loads the rest when it is asked for.
const words = join(root, 'src/cli');
const isImporter = (/** @type {string} */ name) => /^(?:program|define-.*|load-.*)\.ts$/.test(name);
const importers = readdirSync(words)
  .filter(isImporter)
  .map(name => join(words, name));

await bundle({
  ...shippedOptions,
  entryPoints: ['src/cli/main.ts'],
  outfile: shipped,
  plugins: [later(shippedOptions, importers)],
  banner: {
    // Packages in the older module format still ask for `require`.
    js: "#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
});
chmodSync(shipped, 0o755);
await library(shippedOptions).catch(() => process.exit(1));

/** Ends the build where esbuild fails: it has printed by then what is wrong and where. @param {import('esbuild').BuildOptions} options */
async function bundle(options) {
  await build(options).catch(() => process.exit(1));
}
