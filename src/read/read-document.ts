import { Composer, type Document } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import type { Validator } from '../generated/rollout-validator.js';
import type { JsonSchema } from '../model/provider.ts';
import { findInvisible } from './characters.ts';
import { empty, LARGEST_FILE, MOST_FINDINGS, moreFindings, tooLarge } from './file-messages.ts';
import { judgeIdentity, type OurKind } from './identity.ts';
import { locator } from './locate.ts';
import type { Span } from './nodes.ts';
import { type Scan, scan } from './scan.ts';
import { schemaFindings } from './schema-findings.ts';
import { syntaxFindings } from './syntax-findings.ts';
import { type PlainTree, plainTree } from './tree.ts';

/** One of our own kinds of file. */
export interface Language<T> {
  readonly kind: OurKind;
  readonly validate: Validator;
  /** Helps to word findings and is asked for only where there are some. */
  readonly schema: () => JsonSchema;
  /** The type of a sound document; never a value. */
  readonly type?: T;
}

/** A file of ours as it was read. */
export interface ReadDocument<T> {
  /** Absent where there are findings: what has a mistake is not guessed at. */
  readonly document?: T;
  readonly findings: readonly Finding[];
  /** Where a value or key stands in the text; findings of later rooms use it too. */
  readonly locate: (at: At) => Span;
}

/** Reads the text of one file: its shape is checked, nothing is filled in. Never throws, whatever the text. */
export function readDocument<T>(text: string, language: Language<T>): ReadDocument<T> {
  const unreadable = charactersOf(text);
  if (unreadable.length > 0) return { findings: unreadable, locate: locator(undefined) };
  const { tokens, findings } = scan(text);
  if (tokens === undefined || findings.length > MOST_FINDINGS)
    return { findings: few(findings), locate: locator(undefined) };
  const document = compose(tokens, text.length);
  const locate = locator(document?.contents);
  const syntax = syntaxFindings(document?.errors ?? [], text);
  if (syntax.length > 0) return { findings: few([...findings, ...syntax]), locate };
  return { ...judge(plainTree(document?.contents), findings, language), locate };
}

function charactersOf(text: string): readonly Finding[] {
  const bytes = Buffer.byteLength(text);
  return bytes > LARGEST_FILE ? [tooLarge({ range: [0, 0] }, { bytes })] : findInvisible(text);
}

/** Duplicate keys are found by the walk over the tree: yaml's own check compares each key with all others. */
function compose(tokens: NonNullable<Scan['tokens']>, length: number): Document.Parsed | undefined {
  const composer = new Composer({ version: '1.2', strict: true, uniqueKeys: false });
  const [document] = composer.compose(tokens, true, length);
  return document;
}

function judge<T>(
  tree: PlainTree,
  scanned: readonly Finding[],
  language: Language<T>,
): Omit<ReadDocument<T>, 'locate'> {
  const { value, unknown } = tree;
  const found = [...scanned, ...tree.findings];
  if (value === null) return { findings: found.length > 0 ? few(found) : [empty({ range: [0, 0] }, undefined)] };
  const identity = judgeIdentity(value, language.kind);
  found.push(...identity.findings);
  if (identity.foreign) return { findings: few(found) };
  if (language.validate(value))
    return found.length > 0 ? { findings: few(found) } : { document: value as T, findings: [] };
  const errors = language.validate.errors ?? [];
  return { findings: few([...found, ...schemaFindings(errors, { value, unknown, schema: language.schema() })]) };
}

/** The first findings of a file, and how many more there are. */
export function few(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_FINDINGS) return findings;
  const count = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS), moreFindings({ range: [0, 0] }, { count })];
}
