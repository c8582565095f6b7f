// What programs import, each door in both module formats around one copy of the compiler: projects that the cdk8s command
// line makes are CommonJS, and no Node 20 can `require` an ES module from its first release on.
import { build } from 'esbuild';

const DOORS = ['index', 'cdk8s'];
const FORMATS = /** @type {const} */ ({ esm: '.js', cjs: '.cjs' });

/** Writes dist/compiler.cjs, and dist/<door>.js and .cjs, which import it. @param {import('esbuild').BuildOptions} options of the shipped file */
export async function library(options) {
  const shared = { ...options, external: ['cdk8s', 'constructs'], outdir: 'dist' };
  await build({
    ...shared,
    format: 'cjs',
    entryPoints: { compiler: 'src/compile.ts' },
    outExtension: { '.js': '.cjs' },
  });
  const entryPoints = Object.fromEntries(DOORS.map(door => [door, `src/doors/${door}.ts`]));
  for (const [format, extension] of Object.entries(FORMATS)) {
    await build({
      ...shared,
      format: /** @type {keyof typeof FORMATS} */ (format),
      entryPoints,
      outExtension: { '.js': extension },
      plugins: [besides],
    });
  }
}

/** The compiler stays a file of its own. @type {import('esbuild').Plugin} */
const besides = {
  name: 'besides',
  setup: bundle => bundle.onResolve({ filter: /\/compile\.ts$/ }, () => ({ path: './compiler.cjs', external: true })),
};
