import { createHash } from 'node:crypto';
import type { OutFile } from '../model/compiled.ts';
import { type State, servingIn } from '../model/plan.ts';

/**
 * The text of a plan.json whose Rollout stands in another of its states, with the hashes of the live files that it then has. What cannot be known without
 * compiling, as the hash of plan.md, stays. Undefined: the text is no plan, or has no such state.
 */
export function planInStep(text: string, step: string, live: readonly OutFile[]): string | undefined {
  const plan = parse(text);
  const states = (Array.isArray(plan?.['states']) ? plan['states'] : []) as readonly State[];
  const state = states.find(one => one?.name === step);
  const directory = plan?.['directory'];
  if (plan === undefined || state === undefined || typeof directory !== 'string') return undefined;
  const abort = states.some(({ name }) => name === `abort-${step}`) ? `abort-${step}` : undefined;
  const entries = Object.entries(plan)
    .filter(([key]) => key !== 'abort')
    .flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
      switch (key) {
        case 'step':
          return [[key, step]];
        case 'running':
          return [
            ...(abort === undefined ? [] : [['abort', abort] as const]),
            [key, state.running.map(r => r.version)],
          ];
        case 'serving':
          return [[key, servingIn(state)]];
        case 'files':
          return [[key, hashesWith(value, directory, live)]];
        default:
          return [[key, value]];
      }
    });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

function hashesWith(hashes: unknown, directory: string, live: readonly OutFile[]) {
  const others = Object.entries((hashes ?? {}) as object).filter(([path]) => !path.startsWith(`live/${directory}/`));
  const own = live.map(({ path, text }) => [path, createHash('sha256').update(text).digest('hex')] as const);
  return Object.fromEntries([...own, ...others]);
}

function parse(text: string): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
