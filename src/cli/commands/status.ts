import { environmentNames } from '../../environment-names.ts';
import { outOnDisk } from '../../host/compiled-out.ts';
import { readFleetFile } from '../../host/compiler.ts';
import { type OutFolder, openOut } from '../../host/out-folder.ts';
import type { Standing } from '../../host/standings.ts';
import { visible } from '../../layout/visible.ts';
import { fleetRows, fleetSummary, inOrder, rolloutOf, type Stay } from '../../review/fleet-status.ts';
import { outBelowRoot } from '../check-request.ts';
import { outAbove } from '../out-above.ts';
import type { Settings } from '../settings.ts';
import { readDetails } from '../status-details.ts';
import { statusDocument } from '../status-document.ts';
import { onDisk, readStepHistory, type StepHistory } from '../status-history.ts';
import type { PageStyle } from '../status-hops.ts';
import type { StatusOutput } from '../status-output.ts';
import { statusPage } from '../status-page.ts';
import { statusTable } from '../status-table.ts';
import { commandIn, outFromHere } from '../synth-summary.ts';
import { findTargets } from '../targets.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';
import { terminalWidth } from '../terminal-width.ts';

export interface StatusRequest {
  /** Names or paths of Rollouts; empty: all. */
  readonly names: readonly string[];
  /** `key=value` */
  readonly labels: readonly string[];
  /** Absent: all. */
  readonly environment?: string;
  /** The branch from which agents sync; absent: the usual one. */
  readonly target?: string;
  readonly output: StatusOutput;
}

/** Prints where Rollouts stand, as the plans of the output folder on disk and the history of the target branch tell it. */
export async function status(request: StatusRequest, settings: Settings): Promise<ExitCode> {
  const out = openOut(settings.root, settings.outName);
  const isEmpty = request.names.length === 0 && outOnDisk(out).directories().length === 0;
  const found = isEmpty ? [] : findTargets({ ...request, mayBeMany: true }, settings);
  if (typeof found === 'string') return tellUsage([found], 'status');
  const fleet = fleetNow(found, request, settings);
  if ('wrong' in fleet) return tellUsage([fleet.wrong], 'status');
  const now = Date.now();
  print(printed(fleet, { request, settings, out, now }));
  if (!settings.quiet) for (const line of closingWords(fleet, settings)) tell(`${visible(line)}\n`);
  return fleet.stays.some(({ tape }) => 'untold' in tape) ? 1 : 0;
}

interface FleetNow extends Pick<StepHistory, 'repository' | 'unknown'> {
  readonly stays: readonly Stay[];
}

function fleetNow(
  found: readonly Standing[],
  { target }: StatusRequest,
  settings: Settings,
): FleetNow | { readonly wrong: string } {
  const tapes = found.map(({ directory, plan }) => onDisk(directory, plan));
  const where = { root: settings.root, outBelowRoot: outBelowRoot(settings) };
  const history = readStepHistory(tapes, { ...where, ...(target === undefined ? {} : { target }) });
  if ('wrong' in history) return history;
  const stays = found.map(({ directory, facts }, index): Stay => {
    const { environment, namespace, rollout, source, labels } = facts;
    return {
      ...{ directory, environment, namespace, rollout },
      ...(source === undefined ? {} : { source }),
      ...(labels === undefined ? {} : { labels }),
      tape: tapes[index]!.tape,
      since: history.since[index]!,
    };
  });
  return { ...history, stays: inOrder(stays, environmentsIn(settings)) };
}

/** What surefoot.yaml says, where there is one that can be read. */
function environmentsIn({ root }: Settings): readonly string[] {
  const file = readFleetFile(root);
  return file !== undefined && 'text' in file ? environmentNames(file.text) : [];
}

interface Printing {
  readonly request: StatusRequest;
  readonly settings: Settings;
  readonly out: OutFolder;
  readonly now: number;
}

/** One Rollout that is named has a page, many have a table. */
function printed({ stays, repository }: FleetNow, { request, settings, out, now }: Printing): string {
  const where = { out, outBelowRoot: outBelowRoot(settings), ...(repository === undefined ? {} : { repository }) };
  const isOne = request.names.length === 1 && new Set(stays.map(rolloutOf)).size === 1;
  const width = terminalWidth(process.stdout, process.env);
  if (request.output === 'table' && !isOne)
    return stays.length === 0 ? '' : statusTable(fleetRows(stays, now), width, settings.paintData);
  const details = readDetails(stays, where);
  const both = stays.map((stay, index) => [stay, details[index]!] as const);
  if (request.output === 'json')
    return `${JSON.stringify(
      both.map(([stay, more]) => statusDocument(stay, more, now)),
      null,
      2,
    )}\n`;
  const style: PageStyle = {
    ...{ paint: settings.paintData, isTerminal: width !== undefined, now },
    outAt: outFromHere(settings),
    command: name => commandIn(name, settings),
  };
  return both.map(([stay, more]) => statusPage(stay, more, style)).join('\n');
}

/** What is said beside the data: why something is not known, and the fleet in one line. */
function closingWords({ stays, unknown }: FleetNow, settings: Settings): readonly string[] {
  if (stays.length === 0) {
    const above = outAbove(settings);
    return [
      above === ''
        ? `nothing stands in ${settings.outName}/ yet; to write manifests: ${commandIn('synth', settings)}`
        : `nothing stands in ${settings.outName}/ here.${above}`,
    ];
  }
  return [...(unknown === undefined ? [] : [`nobody knows since when: ${unknown}`]), fleetSummary(stays)];
}
