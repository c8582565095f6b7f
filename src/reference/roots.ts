import { FLEET_FILE } from '../model/fleet.ts';
import type { JsonSchema } from '../model/provider.ts';

/** A kind of file that people write, and what it may say. */
export interface Root {
  /** The word of its `kind`. */
  readonly kind: string;
  /** Where such files stand. */
  readonly files: string;
  readonly schema: JsonSchema;
  /** The field that may be left out at the beginning of a path, because nearly everything lies below it. */
  readonly main: string;
}

/** The schemas of every kind of file. */
export interface Schemas {
  readonly rollout: JsonSchema;
  readonly fleet: JsonSchema;
}

/** Every kind of file that Surefoot reads: a further one is a further line here. */
export const rootsOf = ({ rollout, fleet }: Schemas): readonly Root[] => [
  { kind: 'Rollout', files: 'rollouts/*.yaml', schema: rollout, main: 'spec' },
  { kind: 'Fleet', files: FLEET_FILE, schema: fleet, main: 'defaults' },
];
