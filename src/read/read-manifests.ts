import { Composer, type Document } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { Json, KubeObject } from '../model/kubernetes.ts';
import { rereadDocuments } from '../yaml/reread.ts';
import { DEEPEST_NESTING, LARGEST_FILE, MOST_FINDINGS } from './file-messages.ts';
import { locator } from './locate.ts';
import { manifestNotAnObject, manifestNotJson, manifestTooDeep, manifestTooLarge } from './manifest-messages.ts';
import { readAsKubectl } from './old-yaml.ts';
import { placeFindings } from './place.ts';
import { few } from './read-document.ts';
import { scan } from './scan.ts';
import { syntaxFindings } from './syntax-findings.ts';
import { objectProblem, type Placed, unrolled } from './template-object.ts';
import { plainTree } from './tree.ts';
import { hiddenCharacter } from './yaml-messages.ts';

/** Largest dump of a cluster that is read, in bytes. */
export const LARGEST_DUMP = 32 * 1024 * 1024;

/** Most entries of one list or map that are read: a dump is one list. */
const MOST_OBJECTS = 100_000;

/** Objects of a text, or what keeps it from being read: then there are no objects. */
export type ReadManifests =
  | { readonly objects: readonly KubeObject[] }
  | { readonly diagnostics: readonly Diagnostic[] };

/** What a text is: one of the files of out/, or what a tool printed about a whole cluster. */
export interface ManifestText {
  readonly file: string;
  readonly text: string;
  /** Whether it is what a tool printed about a cluster: it may be larger, and what is no object of a namespace is passed over. */
  readonly isDump?: boolean;
}

/**
 * Reads Kubernetes objects to compare them, as hostile as any: our own dialect, YAML by hand, or JSON; many documents and
 * Lists. Nothing is held against a schema, an object without a namespace is in `default`. Never throws.
 */
export function readManifests({ file, text, isDump = false }: ManifestText): ReadManifests {
  const most = isDump ? LARGEST_DUMP : LARGEST_FILE;
  const bytes = Buffer.byteLength(text);
  const refuse = (findings: readonly Finding[], locate = locator(undefined)): ReadManifests => ({
    diagnostics: placeFindings(file, text, few(findings), locate),
  });
  if (bytes > most) return refuse([manifestTooLarge(START, { bytes, most })]);
  const read = ownDialect(text) ?? (/^\s*[{[]/.test(text) ? readJson(text) : readYaml(text));
  if ('findings' in read) return refuse(read.findings);
  const placed = read.values.filter(({ value }) => value !== null).flatMap(unrolled);
  const judged = placed.map(({ value }) => ({ value, problem: objectProblem(value) }));
  const problems = judged.flatMap(({ problem }) => problem ?? []);
  const isRefused = isDump ? problems.length > 0 && problems.length === judged.length : problems.length > 0;
  return isRefused
    ? refuse(problems.map(problem => manifestNotAnObject(START, problem)))
    : { objects: judged.flatMap(({ value, problem }) => (problem === undefined ? [inNamespace(value)] : [])) };
}

const START = { range: [0, 0] } as const;

type Values = { readonly values: readonly Placed[] } | { readonly findings: readonly Finding[] };

const valuesOf = (documents: readonly unknown[]): Values => ({
  values: documents.map((value, index) => ({ value, path: [index] })),
});

/** Undefined where the text is not ours to the letter: somebody edited it, or another tool wrote it. */
function ownDialect(text: string): Values | undefined {
  if (!text.startsWith('# ') || TOO_DEEP.test(text)) return undefined;
  try {
    return valuesOf(rereadDocuments(text));
  } catch {
    return undefined;
  }
}

/** Our reader goes down level by level, two columns each. */
const TOO_DEEP = new RegExp(`^(?: {2}|- ){${DEEPEST_NESTING}}`, 'm');

function readJson(text: string): Values {
  if (isDeep(text)) return { findings: [manifestTooDeep(START, undefined)] };
  try {
    return valuesOf([JSON.parse(text)]);
  } catch (error) {
    // YAML may begin so too, and JSON of several documents is YAML.
    const read = text.length <= LARGEST_FILE ? readYaml(text) : undefined;
    if (read !== undefined && 'values' in read) return read;
    return { findings: [manifestNotJson(START, { reason: error instanceof Error ? error.message : 'no value' })] };
  }
}

/** Whether brackets outside of texts are nested too deeply. */
function isDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (inText && letter === '\\') at++;
    else if (letter === '"') inText = !inText;
    else if (!inText && (letter === '{' || letter === '[')) depth++;
    else if (!inText && (letter === '}' || letter === ']')) depth--;
    if (depth > DEEPEST_NESTING) return true;
  }
  return false;
}

function readYaml(text: string): Values {
  const { tokens, findings } = scan(text, 'many');
  if (tokens === undefined || findings.length > MOST_FINDINGS) return { findings };
  const composer = new Composer({ version: '1.2', strict: true, uniqueKeys: false });
  const documents: readonly Document.Parsed[] = [...composer.compose(tokens, true, text.length)];
  const syntax = syntaxFindings(
    documents.flatMap(document => document.errors),
    text,
  );
  if (findings.length + syntax.length > 0) return { findings: [...findings, ...syntax] };
  const disputed = documents.flatMap(readAsKubectl);
  const trees = documents.map(document => plainTree(document.contents, MOST_OBJECTS));
  const unknown = trees.flatMap(tree => tree.findings).filter(({ code }) => code !== hiddenCharacter.code);
  return disputed.length + unknown.length > 0
    ? { findings: [...disputed, ...unknown] }
    : valuesOf(trees.map(({ value }) => value));
}

/** kubectl leaves the namespace out where it is the current one; nothing tells which that was. */
function inNamespace(value: unknown): KubeObject {
  const object = value as { readonly metadata: { readonly [key: string]: Json } };
  return { ...object, metadata: { namespace: 'default', ...object.metadata } } as unknown as KubeObject;
}
