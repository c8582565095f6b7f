import { fleetOf } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readPlanText } from '../host/committed-plan.ts';
import { readFleetFile } from '../host/compiler.ts';
import { DEFAULT_FOLDER } from '../host/find-sources.ts';
import { type ChangedPath, changedPaths, type GitWrong, isWrong, listFiles, readBlobs } from '../host/git.ts';
import { lookAt } from '../host/look.ts';
import type { ProposalRequest } from '../host/proposal.ts';
import { readSource } from '../host/read-source.ts';
import { onlyPromotion } from '../review/only-promotion.ts';
import { checkOut } from './check-out.ts';
import { commandsOf } from './check-request.ts';
import type { Settings } from './settings.ts';

/** What of a proposal is more than a promotion, and what cannot be compiled at all. */
export async function checkPromotion(
  request: ProposalRequest,
  settings: Settings,
): Promise<readonly Diagnostic[] | GitWrong> {
  const { root } = settings;
  const { repository, base, name } = request;
  const changed = changedPaths(repository, base);
  if (isWrong(changed)) return changed;
  const before = textsAt(request, changed);
  if (isWrong(before)) return before;
  const { drift: found, diagnostics } = await checkOut(settings);
  const { stale, missing, obsolete, extra, leftovers } = found;
  const { synth, remove } = commandsOf(settings, base.ref);
  const drift = [
    ...[...stale, ...missing, ...obsolete, ...leftovers].map(path => ({ path, command: synth })),
    ...extra.map(path => ({ path, command: remove([path]) })),
  ].map(({ path, command }) => ({
    path: `${name}/${path}`,
    fix: `Run \`${command}\` and commit what it changes.`,
  }));
  const proposed = {
    ...{ changed, drift, rollouts: DEFAULT_FOLDER, out: name, environments: environmentsIn(root) },
    textOf: (path: string, side: 'before' | 'after') =>
      side === 'before' ? before.get(path) : textNow(request, root, path),
  };
  return [...diagnostics.filter(({ severity }) => severity === 'error'), ...onlyPromotion(proposed)];
}

/** Names of the environments of surefoot.yaml, which no promotion changes. */
function environmentsIn(root: string): readonly string[] {
  const file = readFleetFile(root);
  const fleet = file !== undefined && 'text' in file ? fleetOf(file).fleet : undefined;
  return Object.keys(fleet?.environments ?? {});
}

/** Texts of what changed in a commit: of Rollouts and plans, which are looked into. */
function textsAt(
  { repository, base, name }: ProposalRequest,
  changed: readonly ChangedPath[],
): ReadonlyMap<string, string> | GitWrong {
  const wanted = new Set(changed.filter(({ change }) => change === 'modified').map(({ path }) => path));
  if (wanted.size === 0) return new Map();
  const files = listFiles(repository, base, [DEFAULT_FOLDER, `${name}/plan`]);
  if (isWrong(files)) return files;
  const looked = files.filter(
    ({ path, kind }) => kind === 'file' && wanted.has(path) && /\.(?:ya?ml|json)$/i.test(path),
  );
  const blobs = readBlobs(
    repository,
    looked.map(({ blob }) => blob),
  );
  if (isWrong(blobs)) return blobs;
  return new Map(looked.map(({ path, blob }) => [path, blobs.get(blob)?.toString('utf8') ?? '']));
}

/** Text of a path on disk; undefined where it cannot be read. */
function textNow({ out, name }: ProposalRequest, root: string, path: string): string | undefined {
  const plan = path.startsWith(`${name}/plan/`) ? path.slice(`${name}/plan/`.length) : undefined;
  if (plan !== undefined) return readPlanText(out, plan.replace(/\/plan\.json$/, ''));
  const look = lookAt(root, path);
  const read = look.kind === 'file' ? readSource(root, path) : undefined;
  return read !== undefined && 'text' in read ? read.text : undefined;
}
