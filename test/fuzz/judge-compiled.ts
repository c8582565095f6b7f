import { CATALOGUE } from '../../src/catalogue.ts';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { hostMessages } from '../../src/host/messages.ts';
import { isPlainPath } from '../../src/host/out-folder.ts';
import { fleetMessages } from '../../src/layout/fleet-messages.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import { FLEET_FILE } from '../../src/model/fleet.ts';
import type { CompileCase } from './cases.ts';

const CODES = new Set([...CATALOGUE, ...hostMessages, ...fleetMessages].map(({ code }) => code));

/** Codes that only a fault of ours can give. */
const OURS = ['prove/translation', 'prove/mixed-hop'];
const SOURCE = 'rollouts/cart.yaml';

/** Compiles a case and says what is wrong with what came out; undefined: nothing is. What throws is the caller's. */
export function judgeCompiled({ rollout, fleet, template }: CompileCase): string | undefined {
  const given = {
    ...(fleet === undefined ? {} : { fleet: { file: FLEET_FILE, text: fleet } }),
    templates: { 'templates/a.yaml': template },
  };
  const compiled = compile({ file: SOURCE, text: rollout }, given);
  const texts = new Map([[SOURCE, rollout], ...(fleet === undefined ? [] : [[FLEET_FILE, fleet] as const])]);
  return (
    compiled.diagnostics.map(one => faultOf(one, texts)).find(fault => fault !== undefined) ?? faultOfResults(compiled)
  );
}

function faultOf(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>): string | undefined {
  const { code, what, why, fix, notes } = diagnostic;
  if (!CODES.has(code)) return `the code ${code} is in no catalogue`;
  if (OURS.includes(code)) return `${code}: ${what}`;
  for (const text of [what, why, fix, ...notes.map(note => note.text)]) {
    if (text === '') return `${code} has an empty sentence`;
    const strange = /\bundefined\b|\[object |\bNaN\b/.exec(text)?.[0];
    if (strange !== undefined && ![...texts.values()].some(all => /undefined|object|nan/i.test(all)))
      return `${code} says ${strange}: ${text}`;
  }
  return [diagnostic, ...notes].map(place => placeFault(code, place, texts)).find(fault => fault !== undefined);
}

function placeFault(
  code: string,
  { file, line, column, endLine, endColumn }: Pick<Diagnostic, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>,
  texts: ReadonlyMap<string, string>,
): string | undefined {
  const text = texts.get(file);
  if (text === undefined) return `${code} points to ${file}, which there is not`;
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const fits = (l: number, c: number): boolean =>
    l >= 1 && l <= lines.length && c >= 1 && c <= lines[l - 1]!.length + 1;
  if (!fits(line, column)) return `${code} points to ${file}:${line}:${column}, outside of the text`;
  if (!fits(endLine, endColumn)) return `${code} ends at ${file}:${endLine}:${endColumn}, outside of the text`;
  if (endLine < line || (endLine === line && endColumn < column)) return `${code} ends before it begins`;
  return undefined;
}

function faultOfResults({ diagnostics, results }: Compiled): string | undefined {
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  if (hasErrors !== (results === undefined)) return `errors: ${hasErrors}, results: ${results !== undefined}`;
  const seen = new Set<string>();
  for (const { directory, files } of results ?? []) {
    if (directory.split('/').length !== 3) return `the directory ${directory} has not three parts`;
    for (const { path } of files) {
      const isOwn = path.startsWith(`live/${directory}/`) || path.startsWith(`plan/${directory}/`);
      const isShort = path.split('/').every(part => Buffer.byteLength(part) <= 255);
      if (!isOwn || !isShort || !isPlainPath(path)) return `the path ${path} is not plain, or not of ${directory}`;
      if (seen.has(path.toLowerCase())) return `the path ${path} is there twice`;
      seen.add(path.toLowerCase());
    }
  }
  return undefined;
}
