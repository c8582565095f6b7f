import type { LeafChange } from '../leaves.ts';
import { leafWords, valueWords } from './leaf-words.ts';

/** `policies.v3.timeout`: what is set, for which version, and the place below it. */
const OF_VERSION = /^(policies|addresses)(?:\.([^.[\]]+)|\['([^']+)'\])(?:\.(.+))?$/;

/** A change of what holds for the whole route or for one version: `hosts shop → shop, store`, `policy of v3 added`. */
export function settingWords(change: LeafChange): string {
  const [, kind, plain, quoted, below] = OF_VERSION.exec(change.path) ?? [];
  const version = plain ?? quoted;
  if (version === undefined) return leafWords(change);
  const name = kind === 'policies' ? `policy of ${version}` : `address of ${version}`;
  if (below !== undefined) return `${name}: ${leafWords(change)}`.replace(change.path, below);
  if (change.before === undefined) return `${name} added${leads(kind, version, change.after)}`;
  if (change.after === undefined) return `${name} removed`;
  return `${name} leads to ${String(change.before)} → ${String(change.after)}`;
}

/** An address that leads elsewhere than its name says. */
const leads = (kind: string | undefined, version: string, target: unknown): string =>
  kind === 'addresses' && target !== version ? `, leads to ${String(target)}` : '';

/** Whether a change is about all of a version's policy, which comes and goes with what the policy is of. */
export const isWholePolicy = ({ path, before, after }: LeafChange): boolean =>
  /^policies(?:\.[^.[\]]+|\['[^']+'\])$/.test(path) && (before === undefined || after === undefined);

/** How a rule that came or went treats its requests: `timeout 10s`, `3 retries`; a changed one: `timeout 10s → 5s`. */
export function treatmentWords(change: LeafChange, isChanged: boolean): string {
  const { path, before, after } = change;
  const value = after ?? before;
  if (isChanged || value === undefined) return leafWords(change);
  const attempts = typeof value === 'object' && value !== null && 'attempts' in value ? value.attempts : undefined;
  return attempts === undefined ? `${path} ${valueWords(path, value)}` : `${String(attempts)} ${path}`;
}
