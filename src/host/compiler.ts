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
  const compile = tracedCompilerAt(root, readFleetFile(root), out);
  return source => compile(source).compiled;
}

/** A compiled source and what was found for it, by path relative to the root: a text, why it may not be read, or nothing. */
export interface Traced {
  readonly compiled: Compiled;
  readonly templates: { readonly [path: string]: Found };
}

/** What stands at the path of a template; null: nothing. */
export type Found = string | Refusal | null;

/** A compiler that also tells what it found beside the source. */
export function tracedCompilerAt(root: string, fleet: FleetFile, out?: OutFolder): (source: Source) => Traced {
  if (fleet !== undefined && !('text' in fleet))
    return ({ file }) => ({ compiled: { source: file, diagnostics: [fleet] }, templates: {} });
  return source => {
    const prepared = prepare(source, fleet);
    const templates = findTemplates(root, prepared.needs);
    return {
      compiled: complete(prepared, { templates: present(templates), committed: committedIn(out, prepared.needs) }),
      templates,
    };
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
export type FleetFile = Source | Diagnostic | undefined;

/** Reads surefoot.yaml. */
export function readFleetFile(root: string): FleetFile {
  return statOf(join(root, FLEET_FILE)) === undefined ? undefined : readInside(root, FLEET_FILE);
}

/** Reads a file below the root without following links; `file` is relative, with forward slashes. */
function readInside(root: string, file: string): Source | Diagnostic {
  const look = lookAt(root, file);
  if (look.kind === 'refused') return wholeFile(look.finding, file);
  return readSource(root, file);
}

function committedIn(out: OutFolder | undefined, { directories, declared }: Needs): NonNullable<Given['committed']> {
  const committed = directories.flatMap(directory => {
    const text = out === undefined ? undefined : readPlanText(out, directory);
    const known = text === undefined ? undefined : readCommitted(text, directory, declared);
    return known === undefined ? [] : [[directory, known] as const];
  });
  return Object.fromEntries(committed);
}

/** What stands at the path of a template, links not followed. */
export function findTemplate(root: string, path: string): Found {
  if (statOf(join(root, path)) === undefined) return null;
  const read = readInside(root, path);
  return 'text' in read ? read.text : { refused: read.what };
}

const findTemplates = (root: string, { templates }: Needs): Traced['templates'] =>
  Object.fromEntries(templates.map(path => [path, findTemplate(root, path)]));

const present = (templates: Traced['templates']): NonNullable<Given['templates']> =>
  Object.fromEntries(
    Object.entries(templates).filter((entry): entry is [string, string | Refusal] => entry[1] !== null),
  );
