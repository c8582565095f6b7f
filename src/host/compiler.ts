import { join } from 'node:path';
import { complete, prepare } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import type { Compiled, Given, Needs, Refusal, Source } from '../model/compiled.ts';
import { FLEET_FILE } from '../model/fleet.ts';
import { lookAt } from './look.ts';
import { readSource } from './read-source.ts';
import { statOf } from './system-error.ts';

/** Compiles one source after another with what lies beside it: surefoot.yaml and the templates that it names. */
export type Compiler = (source: Source) => Compiled;

/** The compiler of a repository. Where surefoot.yaml may not be read, every source is left untouched and says so. */
export function compilerAt(root: string): Compiler {
  const fleet = readFleetFile(root);
  if (fleet !== undefined && !('text' in fleet)) return ({ file }) => ({ source: file, diagnostics: [fleet] });
  return source => {
    const prepared = prepare(source, fleet);
    return complete(prepared, find(root, prepared.needs));
  };
}

/** surefoot.yaml of a root, or why it may not be read; undefined where there is none. */
function readFleetFile(root: string): Source | Diagnostic | undefined {
  return statOf(join(root, FLEET_FILE)) === undefined ? undefined : readInside(root, FLEET_FILE);
}

/** Reads a file below the root without following links; `file` is relative, with forward slashes. */
function readInside(root: string, file: string): Source | Diagnostic {
  const look = lookAt(root, file);
  if (look.kind === 'refused') return wholeFile(look.finding, file);
  return readSource(root, file);
}

function find(root: string, { templates }: Needs): Omit<Given, 'fleet'> {
  const found = templates.flatMap((path): readonly (readonly [string, string | Refusal])[] => {
    if (statOf(join(root, path)) === undefined) return [];
    const read = readInside(root, path);
    return [[path, 'text' in read ? read.text : { refused: read.what }]];
  });
  return { templates: Object.fromEntries(found) };
}
