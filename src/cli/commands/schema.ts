import { type ExitCode, print } from '../terminal.ts';

/** Files whose schema can be printed. */
export const SCHEMA_KINDS = ['rollout', 'fleet'] as const;

export type SchemaKind = (typeof SCHEMA_KINDS)[number];

/** Prints the JSON Schema of a Rollout, or of surefoot.yaml, for editors and other tools. */
export async function schema(kind: SchemaKind): Promise<ExitCode> {
  print(`${JSON.stringify(await load(kind), null, 2)}\n`);
  return 0;
}

async function load(kind: SchemaKind): Promise<unknown> {
  switch (kind) {
    case 'rollout':
      return (await import('../../../schemas/rollout.schema.json', { with: { type: 'json' } })).default;
    case 'fleet':
      return (await import('../../../schemas/fleet.schema.json', { with: { type: 'json' } })).default;
    default:
      return kind satisfies never;
  }
}
