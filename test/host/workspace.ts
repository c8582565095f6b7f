import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openOut } from '../../src/host/out-folder.ts';
import type { SynthReport } from '../../src/host/synth-report.ts';
import { compileStandIn, type StandIn } from './stand-in.ts';
import { synthSources } from './synth-sources.ts';

/** Text by path; the output folder is told apart by its first part. */
export type Tree = { readonly [path: string]: string };

/** A folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'surefoot-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Every file below a folder, links not followed, and every empty folder as a path that ends with a slash. */
export function readTree(root: string, folder = ''): Tree {
  if (!existsSync(join(root, folder))) return {};
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (entries.length === 0 && folder !== '') return { [`${folder}/`]: '' };
  return Object.assign(
    {},
    ...entries.map(entry => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return readTree(root, path);
      return { [path]: entry.isFile() ? readFileSync(join(root, path), 'utf8') : 'link' };
    }),
  );
}

export interface Run {
  /** What each Rollout file says; a text is taken as it is. */
  readonly fleet: { readonly [file: string]: StandIn | string };
  readonly whole?: boolean;
  readonly prune?: boolean;
  readonly check?: boolean;
}

/** Writes the Rollout files where the run looks at the whole fleet, and synthesises them. */
export function run(root: string, { fleet, whole = true, prune = false, check = false }: Run): SynthReport {
  const sources = Object.entries(fleet).map(([file, said]) => ({
    file,
    text: typeof said === 'string' ? said : JSON.stringify(said),
  }));
  if (whole) rmSync(join(root, 'rollouts'), { recursive: true, force: true });
  writeTree(root, Object.fromEntries(sources.map(source => [source.file, source.text])));
  const out = openOut(root, 'out');
  return synthSources({ root, out, sources, whole, prune, write: !check, compile: compileStandIn });
}

/** Codes and files of the diagnostics. */
export const codesOf = (report: SynthReport): readonly string[] => report.diagnostics.map(d => `${d.file} ${d.code}`);

export const NO_DRIFT = { stale: [], missing: [], obsolete: [], extra: [], leftovers: [] };
