import { Composer } from 'yaml';
import { LARGEST_FILE } from './file-messages.ts';
import { scan } from './scan.ts';
import { plainTree } from './tree.ts';

/** What surefoot.yaml says of how soon agents see a commit, as typed. */
export interface PollIntervals {
  /** For every environment that says nothing itself. */
  readonly all?: string;
  readonly environments: { readonly [name: string]: string };
}

/** Reads nothing else and judges nothing: `validate` does. Undefined: the text is no YAML. Never throws. */
export function readPollIntervals(text: string): PollIntervals | undefined {
  if (Buffer.byteLength(text) > LARGEST_FILE) return undefined;
  const { tokens, findings } = scan(text);
  if (tokens === undefined || findings.length > 0) return undefined;
  const [document] = new Composer({ version: '1.2', strict: true, uniqueKeys: false }).compose(tokens, true);
  if (document === undefined || document.errors.length > 0) return undefined;
  const { value } = plainTree(document.contents);
  const all = pollInterval(value);
  const own = Object.entries(asMap(asMap(value)['environments'])).flatMap(([name, environment]) => {
    const interval = pollInterval(environment);
    return interval === undefined ? [] : [[name, interval] as const];
  });
  return { ...(all === undefined ? {} : { all }), environments: Object.fromEntries(own) };
}

function pollInterval(layer: unknown): string | undefined {
  const interval = asMap(asMap(layer)['agent'])['pollInterval'];
  return typeof interval === 'string' ? interval : undefined;
}

const asMap = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
