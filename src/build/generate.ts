import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../model/provider.ts';
import { PROVIDERS } from '../providers/registry.ts';
import { fleetSchema } from '../read/schema/fleet-schema.ts';
import { rolloutSchema } from '../read/schema/rollout-schema.ts';
import { rootsOf } from '../reference/roots.ts';
import { baseDeployment } from './base-deployment.ts';
import { providerPage } from './provider-page.ts';
import { referencePage } from './reference-page.ts';
import { dataModule, type Module, recordModule, singleModule } from './validator-module.ts';
import { validatorText } from './validator-text.ts';

const GENERATED = 'src/generated';
const KINDS = 'schemas/providers';

const BASE_TYPES = `import type { BaseDeployment } from '../build/base-deployment.ts';

/** See the function of this name in src/build. */
export declare const baseDeployment: BaseDeployment;
`;

await generate();

/** Writes every file that follows from other files: the Rollout's schema, the compiled validators, the base Deployment. */
async function generate(): Promise<void> {
  mkdirSync(GENERATED, { recursive: true });
  const schema = rolloutSchema(PROVIDERS);
  const fleet = fleetSchema(PROVIDERS);
  writeFileSync('schemas/rollout.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
  writeFileSync('schemas/fleet.schema.json', `${JSON.stringify(fleet, null, 2)}\n`);
  mkdirSync('docs', { recursive: true });
  writeFileSync('docs/providers.md', providerPage(PROVIDERS));
  writeFileSync('docs/reference.md', referencePage(rootsOf({ rollout: schema, fleet })));
  writeModule('rollout-validator', singleModule('validateRollout', await validatorText(schema, 'full')));
  writeModule('fleet-validator', singleModule('validateFleet', await validatorText(fleet, 'full')));
  writeModule('manifest-validators', recordModule('manifestValidators', await manifestTexts()));
  writeModule('base-deployment', dataModule('baseDeployment', baseDeployment(), BASE_TYPES));
}

/** By `apiVersion/Kind`, sorted. */
async function manifestTexts(): Promise<ReadonlyMap<string, string>> {
  const schemas = readdirSync(KINDS).map(file => kindSchema(readFileSync(join(KINDS, file), 'utf8')));
  const texts = schemas.map(async ({ key, schema }) => [key, await validatorText(schema, 'short')] as const);
  return new Map((await Promise.all(texts)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function kindSchema(text: string): {
  readonly key: string;
  readonly schema: JsonSchema;
} {
  const schema = JSON.parse(text);
  const { apiVersion, kind } = schema.properties;
  return { key: `${apiVersion.const}/${kind.const}`, schema };
}

function writeModule(name: string, { code, types }: Module): void {
  writeFileSync(join(GENERATED, `${name}.js`), code);
  writeFileSync(join(GENERATED, `${name}.d.ts`), types);
}
