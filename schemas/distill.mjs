// Distils the closed schemas of everything that is emitted: `node schemas/distill.mjs [--to <folder>] [<folder with CRDs>]`.
// Without a folder of CRDs only the core kinds are written: what they say comes from an installed package.
// Run by hand, once per release of the facts; the result is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { CORE_KINDS, distillCoreKind } from './distill/core-kind.mjs';
import { CUSTOM_KINDS, distillCustomKind } from './distill/custom-kind.mjs';
import { print } from './distill/print.mjs';

/** @typedef {import('./distill/schema.mjs').Schema} Schema */

const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
const target = values.to ?? fileURLToPath(new URL('providers', import.meta.url));

const schemas = CORE_KINDS.map(distillCoreKind);
for (const folder of positionals) schemas.push(...distillFolder(folder));

mkdirSync(target, { recursive: true });
for (const schema of schemas) writeFileSync(join(target, fileName(schema)), print(schema));
process.stdout.write(`${schemas.length} schemas in ${target}\n`);

/** @param {string} folder one that holds the files which CUSTOM_KINDS name, and INDEX.tsv to say where they are from */
function distillFolder(folder) {
  const sources = new Map(
    readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
      .split('\n')
      .map(line => line.split('\t'))
      .map(([file, repository, path, version]) => [file, `${repository} ${version} ${path}`]),
  );
  return CUSTOM_KINDS.map(kind => distillCustomKind(findDefinition(folder, kind), kind, sources.get(kind.file)));
}

/** @param {string} folder @param {import('./distill/custom-kind.mjs').CustomKind} wanted */
function findDefinition(folder, wanted) {
  const documents = parseAllDocuments(readFileSync(join(folder, wanted.file), 'utf8')).map(document => document.toJS());
  const found = documents.find(d => d?.spec?.group === wanted.group && d.spec.names.kind === wanted.kind);
  if (found === undefined) throw new Error(`${wanted.file} defines no ${wanted.group} ${wanted.kind}`);
  return found;
}

/** `apps.Deployment.v1.json` @param {Schema} schema */
function fileName({ properties: { apiVersion, kind } }) {
  const [version, group = 'core'] = apiVersion.const.split('/').reverse();
  return `${group}.${kind.const}.${version}.json`;
}
