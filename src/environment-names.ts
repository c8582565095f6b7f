import { PROVIDERS } from './providers/registry.ts';
import { readFleet } from './read/read-fleet.ts';
import { fleetSchema } from './read/schema/fleet-schema.ts';

/** The environments of a surefoot.yaml in the order in which it names them; none where its text has mistakes. */
export const environmentNames = (text: string): readonly string[] =>
  Object.keys(readFleet(text, () => fleetSchema(PROVIDERS)).fleet?.environments ?? {});
