import { type ExitCode, print } from '../terminal.ts';

/** Prints the JSON Schema of a Rollout, for editors and other tools. */
export async function schema(): Promise<ExitCode> {
  const { default: rollout } = await import('../../../schemas/rollout.schema.json', { with: { type: 'json' } });
  print(`${JSON.stringify(rollout, null, 2)}\n`);
  return 0;
}
