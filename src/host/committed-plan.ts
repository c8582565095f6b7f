import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { isPlainPath, nameOf, type OutFolder, parentOf } from './out-folder.ts';
import { isSystemError } from './system-error.ts';
import { isLeftover, isTempName } from './temp-file.ts';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** What the plan.json of a Rollout says about its place in out/. */
export interface CommittedPlan {
  readonly directory: string;
  /** Path of the Rollout file, relative to the root. */
  readonly source: string;
  /** Paths of every file that is the Rollout's own, plan.json among them. */
  readonly files: readonly string[];
  /** Identities of the objects that it holds. */
  readonly objects: readonly string[];
  /** Whether it is known that no killed run left anything beside it; absent: it is still to be looked at. */
  readonly alone?: true;
}

/** A plan.json that is there and tells nothing; `reason` goes on from "This plan.json". */
export interface UnreadablePlan {
  readonly directory: string;
  readonly reason: string;
}

export const planPathOf = (directory: string): string => `plan/${directory}/plan.json`;

/**
 * Reads what belongs to the Rollout of a directory; undefined where nothing does.
 *
 * A run that was killed while it put files into place leaves its finished but unnamed plan.json behind. Files listed
 * there count as the Rollout's own too, or nobody would ever delete them; it holds no objects, because the run
 * may have ended before it was settled who gets them.
 */
export function readCommittedPlan(out: OutFolder, directory: string): CommittedPlan | UnreadablePlan | undefined {
  const path = planPathOf(directory);
  const entries = entriesOf(out, `plan/${directory}`);
  const plan = entries.has('plan.json') ? parsePlan(readText(out, path), directory) : undefined;
  if (plan !== undefined && 'reason' in plan) return plan;
  const joined = withLeftovers(out, directory, plan);
  // A run that was killed before it put anything into place left a plan of nothing.
  return plan === undefined && !joined?.files.some(file => isThere(out, file)) ? undefined : joined;
}

function isThere(out: OutFolder, path: string): boolean {
  const folder = out.list(parentOf(path));
  return folder.kind === 'folder' && folder.entries.has(nameOf(path));
}

/** Adds the files that killed runs may have put into place. */
export function withLeftovers(out: OutFolder, directory: string, plan?: CommittedPlan): CommittedPlan | undefined {
  let joined = plan;
  for (const name of entriesOf(out, `plan/${directory}`)) {
    if (!isTempName(name) || !isLeftover(name)) continue;
    const leftover = parsePlan(readText(out, `plan/${directory}/${name}`), directory);
    if ('reason' in leftover) continue;
    joined = {
      ...(joined ?? { ...leftover, objects: [] }),
      files: [...(joined?.files ?? []), ...leftover.files],
    };
  }
  return joined;
}

const entriesOf = (out: OutFolder, path: string): ReadonlySet<string> => {
  const folder = out.list(path);
  const files = folder.kind === 'folder' ? [...folder.entries].filter(([, kind]) => kind === 'file') : [];
  return new Set(files.map(([name]) => name));
};

/** Far more than any plan.json holds. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The text of the plan.json of a directory as it is now, whatever was listed before; undefined where there is none, or
 * where it cannot be read. Never waits for a pipe and never looks through a link.
 */
export function readPlanText(out: OutFolder, directory: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(out.locate(planPathOf(directory)), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const stat = fstatSync(file);
    return stat.isFile() && stat.size <= MOST_BYTES ? readFileSync(file, 'utf8') : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const readText = (out: OutFolder, path: string): string => readFileSync(out.locate(path), 'utf8');

function parsePlan(text: string, directory: string): CommittedPlan | UnreadablePlan {
  const value = parseJson(text);
  if (!isRecord(value)) return { directory, reason: 'is not JSON' };
  const { source, files, objects } = value;
  if (value['directory'] !== directory) return { directory, reason: 'is about another directory' };
  if (typeof source !== 'string' || !isRecord(files) || !isTexts(objects)) {
    return { directory, reason: 'lacks source, files or objects' };
  }
  const paths = Object.keys(files);
  const stray = paths.find(path => !isOwn(path, directory));
  if (stray !== undefined)
    return {
      directory,
      reason: `lists ${JSON.stringify(stray)}, outside its own folders`,
    };
  return {
    directory,
    source,
    files: [...paths, planPathOf(directory)],
    objects,
  };
}

const isOwn = (path: string, directory: string): boolean =>
  isPlainPath(path) && (path.startsWith(`live/${directory}/`) || path.startsWith(`plan/${directory}/`));

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(item => typeof item === 'string');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
