import { quote } from '../../diagnostics/wording.ts';
import { findField } from '../../reference/find.ts';
import { rootsOf } from '../../reference/roots.ts';
import { explainField, explainUnknown } from '../explain-text.ts';
import type { Settings } from '../settings.ts';
import { type ExitCode, print, tellUsage } from '../terminal.ts';

export interface ExplainRequest {
  /** A path as typed; absent: the top level. */
  readonly field?: string | undefined;
  /** All fields below, not one level. */
  readonly recursive: boolean;
}

/** Prints what a field means, as the JSON Schema says it. */
export async function explain({ field = '', recursive }: ExplainRequest, { paintData }: Settings): Promise<ExitCode> {
  const { default: rollout } = await import('../../../schemas/rollout.schema.json', { with: { type: 'json' } });
  const { default: fleet } = await import('../../../schemas/fleet.schema.json', { with: { type: 'json' } });
  const found = findField(rootsOf({ rollout, fleet }), field);
  switch (found.kind) {
    case 'field':
      print(explainField(found.root, found.field, recursive, paintData));
      return 0;
    case 'unknown':
      return tellUsage(explainUnknown(found), 'explain');
    case 'malformed':
      return tellUsage([`${quote(field)} is no path of a field; write it as in spec.steps[0].canary.`], 'explain');
    default:
      return found satisfies never;
  }
}
