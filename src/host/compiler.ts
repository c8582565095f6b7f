import { join } from 'node:path';
import { complete, prepare } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { wholeFile } from '../diagnostics/whole-file.ts';
import { quote } from '../diagnostics/wording.ts';
import { readCommitted } from '../layout/committed.ts';
import type { Compiled, Given, Needs, Refusal, Source } from '../model/compiled.ts';
import { FLEET_FILE } from '../model/fleet.ts';
import { readPlanText } from './committed-plan.ts';
import { fileBelow, lookAt, type WrongPath } from './look.ts';
import type { OutFolder } from './out-folder.ts';
import { readSource } from './read-source.ts';
import { statOf } from './system-error.ts';

/** Compiles one source after another with what lies beside it: surefoot.yaml, the templates that it names, and what out/ remembers. */
export type Compiler = (source: Source) => Compiled;

/**
 * The compiler of a repository. Where surefoot.yaml may not be read, every source is left untouched and says so.
 * Without `out` nothing counts as committed.
 */
export function compilerAt(root: string, out?: OutFolder): Compiler {
  const fleet = readFleetFile(root);
  if (fleet !== undefined && !('text' in fleet)) return ({ file }) => ({ source: file, diagnostics: [fleet] });
  return source => {
    const prepared = prepare(source, fleet);
    return complete(prepared, find(root, out, prepared.needs));
  };
}

/** Compiles one file below a root, or says why its path is none of a file. */
export function compileFile(root: string, path: string): Compiled | WrongPath {
  if (fileBelow(root, path) === undefined)
    return { kind: 'wrong', message: `${quote(path)} is outside of ${quote(root)}, the root.` };
  const look = lookAt(root, path);
  switch (look.kind) {
    case 'wrong':
      return look;
    case 'folder':
      return { kind: 'wrong', message: `${quote(path)} is a folder; name a file.` };
    case 'refused':
      return { source: look.file, diagnostics: [wholeFile(look.finding, look.file)] };
    case 'file': {
      const read = readSource(root, look.file);
      return 'text' in read ? compilerAt(root)(read) : { source: look.file, diagnostics: [read] };
    }
    default:
      return look satisfies never;
  }
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

function find(root: string, out: OutFolder | undefined, { templates, directories }: Needs): Omit<Given, 'fleet'> {
  const found = templates.flatMap((path): readonly (readonly [string, string | Refusal])[] => {
    if (statOf(join(root, path)) === undefined) return [];
    const read = readInside(root, path);
    return [[path, 'text' in read ? read.text : { refused: read.what }]];
  });
  const committed = directories.flatMap(directory => {
    const text = out === undefined ? undefined : readPlanText(out, directory);
    const known = text === undefined ? undefined : readCommitted(text, directory);
    return known === undefined ? [] : [[directory, known] as const];
  });
  return { templates: Object.fromEntries(found), committed: Object.fromEntries(committed) };
}
