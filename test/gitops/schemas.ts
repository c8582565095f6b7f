import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../schemas/agents');
const ajv = new Ajv({ allErrors: true });
const validators = new Map(
  readdirSync(FOLDER).map(file => {
    const schema = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    return [`${schema.properties.apiVersion.const}/${schema.properties.kind.const}`, ajv.compile(schema)];
  }),
);

/** An object that an agent reads. */
export interface AgentObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own, and the schema has judged it.
  readonly spec: any;
}

/** The objects of a printed text; throws where one is not what the closed schema of its kind takes. */
export function agentObjects(text: string): readonly AgentObject[] {
  return parseAllDocuments(text).map(document => {
    const object: AgentObject = document.toJS();
    const validate = validators.get(`${object.apiVersion}/${object.kind}`);
    if (document.errors.length > 0 || validate === undefined) throw new Error(`no document of a known kind:\n${text}`);
    if (!validate(object)) throw new Error(ajv.errorsText(validate.errors));
    return object;
  });
}
