import type { At, Finding } from '../diagnostics/finding.ts';
import { validateRollout } from '../generated/rollout-validator.js';
import type { JsonSchema } from '../model/provider.ts';
import type { Rollout } from '../model/rollout.ts';
import type { Span } from './nodes.ts';
import { readDocument } from './read-document.ts';
import { rolloutSchema } from './schema/rollout-schema.ts';

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
 * Reads the text of one Rollout file. `schema` helps to word findings; absent: nothing is known there about
 * the settings of single providers, which are checked all the same.
 */
export function readRollout(text: string, schema: () => JsonSchema = bare): ReadRollout {
  const { document, ...read } = readDocument<Rollout>(text, { kind: 'Rollout', validate: validateRollout, schema });
  return document === undefined ? read : { ...read, rollout: document };
}
