import { Composer, type Document } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import { validateRollout } from '../generated/rollout-validator.js';
import type { JsonSchema } from '../model/provider.ts';
import type { Rollout } from '../model/rollout.ts';
import { findInvisible } from './characters.ts';
import { empty, LARGEST_FILE, MOST_FINDINGS, moreFindings, tooLarge } from './file-messages.ts';
import { judgeIdentity } from './identity.ts';
import { locator } from './locate.ts';
import type { Span } from './nodes.ts';
import { type Scan, scan } from './scan.ts';
import { rolloutSchema } from './schema/rollout-schema.ts';
import { schemaFindings } from './schema-findings.ts';
import { syntaxFindings } from './syntax-findings.ts';
import { type PlainTree, plainTree } from './tree.ts';

/** A Rollout file as it was read. */
export interface ReadRollout {
  /** Absent where there are findings: what has a mistake is not guessed at. */
  readonly rollout?: Rollout;
  readonly findings: readonly Finding[];
  /** Where a value or key stands in the text; findings of later rooms use it too. */
  readonly locate: (at: At) => Span;
}

const bare = (): JsonSchema => rolloutSchema([]);

/**
 * Reads the text of one Rollout file: its shape is checked, nothing is filled in. Never throws, whatever the text.
 * `schema` helps to word findings and is asked for only where there are some; absent: nothing is known there about
 * the settings of single providers, which are checked all the same.
 */
export function readRollout(text: string, schema: () => JsonSchema = bare): ReadRollout {
  const unreadable = charactersOf(text);
  if (unreadable.length > 0) return { findings: unreadable, locate: locator(undefined) };
  const { tokens, findings } = scan(text);
  if (tokens === undefined || findings.length > MOST_FINDINGS)
    return { findings: few(findings), locate: locator(undefined) };
  const document = compose(tokens, text.length);
  const locate = locator(document?.contents);
  const syntax = syntaxFindings(document?.errors ?? [], text);
  if (syntax.length > 0) return { findings: few([...findings, ...syntax]), locate };
  return { ...judge(plainTree(document?.contents), findings, schema), locate };
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

function judge(tree: PlainTree, scanned: readonly Finding[], schema: () => JsonSchema): Omit<ReadRollout, 'locate'> {
  const { value, unknown } = tree;
  const found = [...scanned, ...tree.findings];
  if (value === null) return { findings: found.length > 0 ? few(found) : [empty({ range: [0, 0] }, undefined)] };
  const identity = judgeIdentity(value);
  found.push(...identity.findings);
  if (identity.foreign) return { findings: few(found) };
  if (isRollout(value)) return found.length > 0 ? { findings: few(found) } : { rollout: value, findings: [] };
  return {
    findings: few([...found, ...schemaFindings(validateRollout.errors ?? [], { value, unknown, schema: schema() })]),
  };
}

const isRollout = (value: unknown): value is Rollout => validateRollout(value);

function few(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_FINDINGS) return findings;
  const count = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS), moreFindings({ range: [0, 0] }, { count })];
}
