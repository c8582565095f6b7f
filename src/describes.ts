import { readRollout } from './read/read-rollout.ts';

/** Whether the text of a Rollout file is still compiled to `<environment>/<namespace>/<rollout>`, as far as it tells by itself. */
export function describes(text: string, directory: string): boolean {
  const { rollout } = readRollout(text);
  const [environment = '', , name] = directory.split('/');
  const own = Object.keys(rollout?.spec.environments ?? {});
  return rollout?.metadata.name === name && (own.length === 0 || own.includes(environment));
}
