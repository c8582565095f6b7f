// Keeps what a command needs as text inside the one shipped file, so that `--help` does not pay for reading it: V8 looks
// at every function of a script before it runs the first, but takes a string as it is.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Turns the dynamic imports of some files of one folder into parts of a second bundle that is evaluated when the first of them is asked for.
 * @param {import('esbuild').BuildOptions} options of the bundle around it
 * @param {readonly string[]} importers absolute paths of the files
 * @returns {import('esbuild').Plugin}
 */
export const later = (options, importers) => ({
  name: 'later',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ kind, path, importer: from }) =>
      kind === 'dynamic-import' && importers.includes(from) ? { path, namespace: 'later-part' } : undefined,
    );
    // Commander asks for it at once, and needs it only for commands that are programs of their own; we have none.
    bundle.onResolve({ filter: /^node:child_process$/ }, ({ path, importer: from }) =>
      from.includes('commander') ? { path, namespace: 'later-unused' } : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'later-unused' }, () => ({ contents: 'module.exports = {};' }));
    bundle.onResolve({ filter: /^later:text$/ }, ({ path }) => ({ path, namespace: 'later-text' }));
    bundle.onLoad({ filter: /.*/, namespace: 'later-part' }, ({ path }) => ({
      contents: `module.exports = require('later:text')(${JSON.stringify(path)});`,
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'later-text' }, async () => ({
      contents: `${evaluator}const text = ${JSON.stringify(await textOf(options, importers))};`,
      resolveDir: HERE,
    }));
  },
});

const HERE = dirname(fileURLToPath(import.meta.url));

const evaluator = `
const { evaluate } = require('../host/code-cache.ts');
let parts;
module.exports = path => {
  if (parts === undefined) {
    const made = { exports: {} };
    evaluate(text)(require, made, made.exports);
    parts = made.exports;
  }
  return parts[path];
};
`;

/** The second bundle: an object of the imported modules by the path that the importers wrote. @param {import('esbuild').BuildOptions} options @param {readonly string[]} importers */
async function textOf(options, importers) {
  const texts = importers.map(importer => readFileSync(importer, 'utf8')).join('\n');
  const paths = [...new Set([...texts.matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, path]) => path))];
  const imports = paths.map((path, i) => `import * as part${i} from ${JSON.stringify(path)};\n`).join('');
  const entries = paths.map((path, i) => `${JSON.stringify(path)}: part${i}`).join(', ');
  const { outputFiles } = await build({
    ...options,
    entryPoints: undefined,
    outfile: undefined,
    banner: undefined,
    plugins: [],
    format: 'cjs',
    write: false,
    stdin: {
      contents: `${imports}module.exports = { ${entries} };`,
      resolveDir: dirname(importers[0] ?? '.'),
      loader: 'js',
    },
  });
  return `${outputFiles[0].text}\n//# sourceURL=surefoot-parts.js`;
}
