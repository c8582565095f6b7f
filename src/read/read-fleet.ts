import type { At, Finding } from '../diagnostics/finding.ts';
import { validateFleet } from '../generated/fleet-validator.js';
import type { Fleet } from '../model/fleet.ts';
import type { JsonSchema } from '../model/provider.ts';
import type { Span } from './nodes.ts';
import { readDocument } from './read-document.ts';

/** surefoot.yaml as it was read. */
export interface ReadFleet {
  /** Absent where there are findings. */
  readonly fleet?: Fleet;
  readonly findings: readonly Finding[];
  readonly locate: (at: At) => Span;
}

/** Reads the text of surefoot.yaml. `schema` helps to word findings. */
export function readFleet(text: string, schema: () => JsonSchema): ReadFleet {
  const { document, ...read } = readDocument<Fleet>(text, { kind: 'Fleet', validate: validateFleet, schema });
  return document === undefined ? read : { ...read, fleet: document };
}
