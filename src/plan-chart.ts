import { type Charted, trafficChart } from './layout/chart.ts';
import { planRecord } from './plan-record.ts';

/** More states than a chart can hold apart. */
const MOST_STATES = 60;

/**
 * The chart of a committed plan.json, as Markdown; undefined: it cannot be read as one of this directory. Anybody may have edited the
 * file, so nothing goes into the chart but names as Kubernetes has them and shares.
 */
export function planChart(directory: string, text: string | undefined): string | undefined {
  const { provider, versions } = planRecord(directory, text);
  if (provider === undefined || text === undefined) return undefined;
  const found = statesOf((JSON.parse(text) as { states?: unknown }).states);
  const shown = { versions, states: found ?? [] };
  const names = [...versions, ...shown.states].map(({ name }) => name);
  const isFine = names.every(name => NAME.test(name)) && versions.length > 0;
  const states = shown.states.filter(({ kind }) => kind !== 'abort').length;
  return isFine && states > 0 && states <= MOST_STATES ? trafficChart(shown) : undefined;
}

const NAME = /^[a-z0-9][-a-z0-9.]{0,252}$/;

type States = Charted['states'];

function statesOf(value: unknown): States | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = value.map(stateOf);
  return read.every(state => state !== undefined) ? read : undefined;
}

function stateOf(value: unknown): States[number] | undefined {
  const { name, kind, rules } = mapOf(value);
  const split = Array.isArray(rules) ? mapOf(rules.at(-1))['split'] : undefined;
  if (typeof name !== 'string' || typeof kind !== 'string' || !Array.isArray(split)) return undefined;
  const portions = split.map(mapOf).map(({ version, share }) => ({ version, share }));
  const isRead = portions.every(isPortion);
  return isRead ? { name, kind, rules: [{ split: portions }] } : undefined;
}

const isPortion = (portion: {
  readonly version: unknown;
  readonly share: unknown;
}): portion is { version: string; share: number } =>
  typeof portion.version === 'string' &&
  typeof portion.share === 'number' &&
  portion.share >= 0 &&
  portion.share <= 10_000;

const mapOf = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
