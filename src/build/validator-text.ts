import { Ajv, type Options } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import type { JsonSchema } from '../model/provider.ts';

const STRICT: Options = {
  strict: true,
  // A schema says in one place which keys exist and in another which of them belong together.
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  discriminator: true,
  // Each definition is compiled once, wherever it is used.
  inlineRefs: false,
  code: { source: true, esm: true, lines: false },
};

/** What becomes of the code that makes errors: all of it, or one call of `fail` for each error, without `schemaPath`. */
export type ErrorCode = 'full' | 'short';

/** The body of a function that returns the compiled validator of a schema; with `short` errors it calls a `fail` from outside. */
export async function validatorText(schema: JsonSchema, errors: ErrorCode): Promise<string> {
  const ajv = new Ajv(STRICT);
  const code = standalone.default(ajv, ajv.compile(schema));
  return selfContained(errors === 'full' ? code : shorten(code));
}

/** Puts ajv's small run-time functions into the code and drops what nothing uses. */
async function selfContained(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'made',
    footer: { js: 'return made.validate' },
    target: 'node20',
  });
  return outputFiles[0]!.text;
}

const ERROR =
  /const (err\d+) = \{instancePath(?::((?:(?!,schemaPath:).)*))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("\w+"),params:((?:(?!\};if).)*)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g;

/** Half of what ajv prints is the making of errors: a call for each leaves the other half. */
function shorten(code: string): string {
  const short = code.replace(
    ERROR,
    (_, _name, path, keyword, rest) =>
      `vErrors = fail(vErrors, {instancePath:${path ?? 'instancePath'},keyword:${keyword},params:${rest}});errors++;`,
  );
  if (short.includes('schemaPath:'))
    throw new Error('ajv prints an error in a way that src/build/validator-text.ts does not know');
  return short;
}
