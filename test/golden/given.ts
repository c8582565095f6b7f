import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, prepare } from '../../src/compile.ts';
import type { Given, Source } from '../../src/model/compiled.ts';
import { FLEET_FILE } from '../../src/model/fleet.ts';

/** What a case of a golden test is compiled with: the surefoot.yaml of `folder`, and the templates that the source names below `root`. */
export function givenFor(source: Source, root: string, folder: string): Given {
  const fleet = fleetIn(folder);
  const { needs } = prepare(source, fleet);
  const found = needs.templates.filter(path => existsSync(join(root, path)));
  const templates = Object.fromEntries(found.map(path => [path, readFileSync(join(root, path), 'utf8')]));
  return { ...(fleet === undefined ? {} : { fleet }), templates };
}

function fleetIn(folder: string): Source | undefined {
  const path = join(folder, FLEET_FILE);
  return existsSync(path) ? { file: FLEET_FILE, text: readFileSync(path, 'utf8') } : undefined;
}

/** Compiles a case of a golden test. */
export const compileCase = (source: Source, root: string, folder: string) =>
  compile(source, givenFor(source, root, folder));
