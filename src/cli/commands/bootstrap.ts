import { posix, relative, resolve, sep } from 'node:path';
import { fleetOf } from '../../compile.ts';
import { quote } from '../../diagnostics/wording.ts';
import { ARGO_INTERVAL, type ArgoTarget, argoDocuments } from '../../gitops/argocd.ts';
import { fluxDocuments } from '../../gitops/flux.ts';
import type { Agent } from '../../gitops/target.ts';
import { readFleetFile } from '../../host/compiler.ts';
import { fleetElsewhere } from '../../host/fleet-elsewhere.ts';
import { isWrong, openRepository } from '../../host/git.ts';
import { originOf } from '../../host/origin.ts';
import { openOut } from '../../host/out-folder.ts';
import { filesBelow } from '../../host/survey-out.ts';
import { printDuration } from '../../model/duration.ts';
import { FLEET_FILE } from '../../model/fleet.ts';
import type { BootstrapFlags } from '../bootstrap-options.ts';
import { type BootstrapPlace, bootstrapRequest, chooseEnvironments } from '../bootstrap-request.ts';
import { pollIntervalIn } from '../poll-interval.ts';
import type { Settings } from '../settings.ts';
import { synthCommand } from '../synth-summary.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';

/** Prints what tells an agent to sync the live folder of this repository. */
export async function bootstrap(agent: Agent, flags: BootstrapFlags, settings: Settings): Promise<ExitCode> {
  const elsewhere = fleetElsewhere(settings.root);
  if (elsewhere !== undefined) return tellUsage([elsewhere], 'bootstrap');
  const there = environmentsIn(settings);
  if (there.length === 0) {
    tell(
      `error: ${quote(`${settings.outName}/live`)} holds nothing to sync yet. Write it first:\n\n  ${synthCommand({ ...settings, paths: [] })}\n`,
    );
    return 1;
  }
  const environments = chooseEnvironments(flags.env, there);
  if ('wrong' in environments) return tellUsage([environments.wrong], 'bootstrap');
  const poll = shortestPoll(settings, environments);
  if ('wrong' in poll) {
    tell(`error: ${FLEET_FILE} ${poll.wrong} surefoot validate tells more.\n`);
    return 1;
  }
  const request = bootstrapRequest(agent, flags, { ...placeOf(settings), environments, ...poll });
  if (request.agent === 'wrong') return tellUsage(request.messages, 'bootstrap');
  if (request.agent === 'argocd') tellPolling(request.target, settings);
  print((request.agent === 'argocd' ? argoDocuments(request.target) : fluxDocuments(request.target)).join('---\n'));
  return 0;
}

/** Those that have a Rollout; a folder by any other name than an environment may have was made by hand. */
function environmentsIn({ root, outName }: Settings): readonly string[] {
  const live = filesBelow(openOut(root, outName), 'live');
  const names = live.flatMap(
    ({ path }) => /^live\/([a-z0-9][-a-z0-9]*)\/[^/]+\/[^/]+\/[^/]+\.yaml$/.exec(path)?.[1] ?? [],
  );
  return [...new Set(names)].sort();
}

/** The shortest that surefoot.yaml says of these environments. */
function shortestPoll(
  { root }: Settings,
  environments: readonly string[],
): Pick<BootstrapPlace, 'pollInterval'> | { readonly wrong: string } {
  const file = readFleetFile(root);
  if (file === undefined) return {};
  if (!('text' in file)) return { wrong: `cannot be read: ${file.what}` };
  const { fleet } = fleetOf(file);
  if (fleet === undefined) return { wrong: 'has a mistake.' };
  const said = environments.flatMap(environment => pollIntervalIn(fleet, environment) ?? []);
  return said.length === 0 ? {} : { pollInterval: Math.min(...said) };
}

/** Where git sees the live folder, and where agents find the repository; nothing outside of one. */
function placeOf({ root, outName }: Settings): Omit<BootstrapPlace, 'environments'> {
  const repository = openRepository(root);
  if (isWrong(repository)) return {};
  const below = relative(root, resolve(root, outName, 'live'))
    .split(sep)
    .join('/');
  const path = posix.normalize(`${repository.prefix}${below}`);
  return { ...originOf(repository), ...(path.startsWith('../') ? {} : { path }) };
}

/** Argo CD looks at git for all Applications alike, so nothing that is printed can make it look more often. */
function tellPolling({ interval }: ArgoTarget, { quiet }: Settings): void {
  if (quiet || interval >= ARGO_INTERVAL) return;
  tell(
    `note: Argo CD sees a commit within ${printDuration(ARGO_INTERVAL)} unless argocd-cm says otherwise. For ${printDuration(interval)}, set timeout.reconciliation and timeout.reconciliation.jitter there to that in sum, or give the repository a webhook.\n`,
  );
}
