import { join } from 'node:path';
import { statOf } from './system-error.ts';

/** Where the JSON Schema stands for editors, and whether it must be written there first. */
export interface SchemaHome {
  /** Relative to the root. */
  readonly path: string;
  readonly isNew: boolean;
}

const OWN = 'schemas/rollout.schema.json';
const INSTALLED = 'node_modules/surefoot/schemas/rollout.schema.json';

/**
 * The schema that the first line of a new Rollout points to: the repository's own, else the installed package's. Where
 * there is neither, it is written to where it would have been looked for first, so that editors work offline, every
 * Rollout of the repository points to one visible file, and `surefoot schema` renews it after an update.
 */
export function schemaHome(root: string): SchemaHome {
  const found = [OWN, INSTALLED].find(path => statOf(join(root, path))?.isFile());
  return { path: found ?? OWN, isNew: found === undefined };
}
