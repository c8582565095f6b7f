const HEADER = '// Written by `npm run build`; do not edit.\n';

/**
 * Each is made at its first call. As functions and not as text, so that what V8 makes of them is kept from run to run
 * with the code around them, see src/host/code-cache.ts.
 */
const LATER = `
function later(make) {
  let made;
  const validate = data => {
    made ??= make(fail);
    const sound = made(data);
    validate.errors = made.errors;
    return sound;
  };
  validate.errors = null;
  return validate;
}

function fail(errors, error) {
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}
`;

const TYPES = `
/** One thing that a schema does not allow, as ajv words it. */
export interface SchemaError {
  /** JSON Pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  readonly message?: string;
  /** The key that was checked, where keys themselves are. */
  readonly propertyName?: string;
  /** Only where the schema is the Rollout's. */
  readonly schemaPath?: string;
}

/** Whether data is sound; \`errors\` are those of the last call, all of them. */
export interface Validator {
  (data: unknown): boolean;
  readonly errors: readonly SchemaError[] | null;
}
`;

/** A module and its declarations. */
export interface Module {
  readonly code: string;
  readonly types: string;
}

/** A module that exports one validator under a name of its own. */
export function singleModule(name: string, text: string): Module {
  return {
    code: `${HEADER}${LATER}\nexport const ${name} = later(fail => {${text}});\n`,
    types: `${HEADER}${TYPES}\nexport declare const ${name}: Validator;\n`,
  };
}

/** A module that exports a record of validators; each is made at its first call. */
export function recordModule(name: string, texts: ReadonlyMap<string, string>): Module {
  const entries = [...texts].map(([key, text]) => `  ${JSON.stringify(key)}: later(fail => {${text}}),\n`);
  return {
    code: `${HEADER}${LATER}\nexport const ${name} = {\n${entries.join('')}};\n`,
    types: `${HEADER}${TYPES}\nexport declare const ${name}: { readonly [key: string]: Validator };\n`,
  };
}

/** A module that exports plain data, with the given declaration of its type. */
export function dataModule(name: string, data: object, types: string): Module {
  return {
    code: `${HEADER}\nexport const ${name} = ${JSON.stringify(data, null, 2)};\n`,
    types: `${HEADER}\n${types}`,
  };
}
