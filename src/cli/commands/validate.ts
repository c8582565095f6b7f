import { byPlace, distinct } from '../../diagnostics/diagnostic.ts';
import { findSources } from '../../host/find-sources.ts';
import { openOut } from '../../host/out-folder.ts';
import { readHeld } from '../../host/settle.ts';
import type { Claims, Member } from '../../layout/claimants.ts';
import { settleFleet } from '../../layout/fleet.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import { count } from '../count.ts';
import { sayNoRollouts } from '../no-rollouts.ts';
import type { Settings } from '../settings.ts';
import { printReport } from '../tell-report.ts';
import { type ExitCode, tellUsage } from '../terminal.ts';

/** Compiles Rollouts, writes nothing, and reports every finding. */
export async function validate(
  paths: readonly string[],
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const found = await findSources({ root: settings.root, paths, mayBeEmpty: false });
  const { sources, refused, wrong } = found;
  if (wrong.length > 0) return tellUsage(wrong, 'validate');
  const members = settle(
    sources.map(source => claimsOf(compile(source))),
    settings,
  );
  const diagnostics = distinct([...refused, ...members.flatMap(member => member.diagnostics)].sort(byPlace));
  const errors = diagnostics.filter(diagnostic => diagnostic.severity === 'error').length;
  const rollouts = sources.length + refused.length;
  const totals = `${count(errors, 'error')}, ${count(diagnostics.length - errors, 'warning')}`;
  const closing = [...sayNoRollouts(rollouts, paths), `${count(rollouts, 'rollout')}: ${totals}`];
  const looked = [...sources, ...refused].map(({ file }) => file).sort();
  return printReport({ diagnostics, sources: looked, findings: [], closing, facts: {} }, settings);
}

/** Lets go of the texts and the plan, which for a large fleet are much to remember. */
const claimsOf = ({ source, diagnostics, results }: Compiled): Member<Claims> =>
  results === undefined
    ? { source, diagnostics }
    : { source, diagnostics, results: results.map(({ directory, claims }) => ({ directory, claims })) };

/** out/ is read only where two Rollouts want the same, to learn which of them was there first. */
function settle(members: readonly Member<Claims>[], { root, outName }: Settings): readonly Member<Claims>[] {
  const alone = settleFleet(members, new Map());
  const undisputed = alone.every((member, index) => member === members[index]);
  return undisputed ? members : settleFleet(members, readHeld(members, root, openOut(root, outName)));
}
