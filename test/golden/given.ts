import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compile, prepare } from '../../src/compile.ts';
import { readCommitted } from '../../src/layout/committed.ts';
import type { CompiledRollout, Given, Source } from '../../src/model/compiled.ts';
import { FLEET_FILE } from '../../src/model/fleet.ts';

/**
 * What a case of a golden test is compiled with: the surefoot.yaml of `folder`, the templates that the source names below
 * `root`, and as committed what the Rollout before.yaml of `folder` compiles to.
 */
export function givenFor(source: Source, root: string, folder: string): Given {
  const fleet = fleetIn(folder);
  const known = fleet === undefined ? {} : { fleet };
  return { ...known, templates: templatesOf(source, root, fleet), committed: committedIn(source, root, folder, fleet) };
}

function templatesOf(source: Source, root: string, fleet?: Source): NonNullable<Given['templates']> {
  const found = prepare(source, fleet).needs.templates.filter(path => existsSync(join(root, path)));
  return Object.fromEntries(found.map(path => [path, readFileSync(join(root, path), 'utf8')]));
}

function committedIn(
  after: Source,
  root: string,
  folder: string,
  fleet: Source | undefined,
): NonNullable<Given['committed']> {
  const path = join(folder, 'before.yaml');
  if (!existsSync(path)) return {};
  const source = { file: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
  const templates = templatesOf(source, root, fleet);
  const before = compile(source, { ...(fleet === undefined ? {} : { fleet }), templates });
  if (before.results === undefined) throw new Error(`${path} has errors: ${JSON.stringify(before.diagnostics)}`);
  return committedOf(before.results, prepare(after, fleet).needs.declared);
}

/** What is committed once these results are written, read as the host reads it. */
export const committedOf = (
  results: readonly CompiledRollout[],
  declared?: readonly string[],
): NonNullable<Given['committed']> =>
  Object.fromEntries(
    results.map(({ directory, files }) => {
      const plan = files.find(({ path }) => path === `plan/${directory}/plan.json`)!;
      const committed = readCommitted(plan.text, directory, declared);
      if (committed === undefined) throw new Error(`the plan.json of ${directory} cannot be read`);
      return [directory, committed];
    }),
  );

function fleetIn(folder: string): Source | undefined {
  const path = join(folder, FLEET_FILE);
  return existsSync(path) ? { file: FLEET_FILE, text: readFileSync(path, 'utf8') } : undefined;
}

/** Compiles a case of a golden test. */
export const compileCase = (source: Source, root: string, folder: string) =>
  compile(source, givenFor(source, root, folder));
