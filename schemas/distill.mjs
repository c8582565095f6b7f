// Distils the closed schemas of everything that is emitted: `node schemas/distill.mjs [--to <folder>] [<folder with CRDs>]`.
// What Rollouts compile to goes to schemas/providers or `--to`, what tells agents of it to schemas/agents or `agents` inside of `--to`.
// Without a folder of CRDs only the core kinds are written: what they say comes from an installed package.
// Run by hand, once per release of the facts; the result is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { AGENT_KINDS } from './distill/agent-kinds.mjs';
import { CORE_KINDS, distillCoreKind } from './distill/core-kind.mjs';
import { CUSTOM_KINDS, distillCustomKind } from './distill/custom-kind.mjs';
import { print } from './distill/print.mjs';

/** @typedef {import('./distill/schema.mjs').Schema} Schema */

const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });
const targetOf = (/** @type {string} */ room) => fileURLToPath(new URL(room, import.meta.url));

write(values.to ?? targetOf('providers'), [
  ...CORE_KINDS.map(distillCoreKind),
  ...positionals.flatMap(folder => distillFolder(folder, CUSTOM_KINDS)),
]);
write(
  values.to === undefined ? targetOf('agents') : join(values.to, 'agents'),
  positionals.flatMap(folder => distillFolder(folder, AGENT_KINDS)),
);

/** @param {string} target @param {Schema[]} schemas */
function write(target, schemas) {
  if (schemas.length === 0) return;
  mkdirSync(target, { recursive: true });
  for (const schema of schemas) writeFileSync(join(target, fileName(schema)), print(schema));
  process.stdout.write(`${schemas.length} schemas in ${target}\n`);
}

/** @param {string} folder one that holds the files which the kinds name, and INDEX.tsv to say where they are from @param {import('./distill/custom-kind.mjs').CustomKind[]} kinds */
function distillFolder(folder, kinds) {
  const sources = new Map(
    readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
      .split('\n')
      .map(line => line.split('\t'))
      .map(([file, repository, path, version]) => [file, `${repository} ${version} ${path}`]),
  );
  return kinds.map(kind => distillCustomKind(findDefinition(folder, kind), kind, sources.get(kind.file)));
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
