import type { Adopted } from '../adopt/deployment.ts';
import type { Draft } from '../adopt/draft.ts';
import type { LeftOut } from '../adopt/left-out.ts';
import { templateDoor } from '../adopt/template-door.ts';
import { visible } from '../layout/visible.ts';
import { tell } from './terminal.ts';

/** Says what was chosen and what could not be taken over, what breaks without it first. */
export function tellLeft(left: readonly LeftOut[], adopted: Adopted, draft: Draft): void {
  for (const note of adopted.notes) tell(`note: ${visible(note)}\n`);
  const broken = left.filter(({ breaks }) => breaks);
  tellGroup('will break without it:', broken);
  tellGroup(
    'kept otherwise or harmless:',
    left.filter(({ breaks }) => !breaks),
  );
  tell('note: pods run as a user that is not root, on a read-only disk, with probes and resources of their own\n');
  tell('      where the Deployment says nothing; `surefoot explain spec.workload` tells the defaults\n');
  if (broken.length > 0) tellDoor(adopted, draft);
}

function tellGroup(title: string, left: readonly LeftOut[]): void {
  if (left.length > 0) tell(`${title}\n`);
  for (const { what, why } of left) tell(`  not taken over: ${visible(what)}: ${visible(why)}\n`);
}

function tellDoor(adopted: Adopted, draft: Draft): void {
  const door = templateDoor(draft, adopted);
  if (door === undefined) return;
  tell(
    'better: a template keeps your own Deployment with all of this, and v1 is what runs already (docs/templates.md,\n',
  );
  tell('        which tells the labels that the pods need first).\n');
  tell(`        Keep the file, without ${door.without.join(' and ')}, as ${door.file}, and in\n`);
  tell(`        rollouts/${draft.name}.yaml write in place of workload and versions:\n`);
  for (const line of door.lines) tell(`${line}\n`);
}
