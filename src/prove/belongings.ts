import { versionName } from '../model/labels.ts';
import type { Plan, Running, Version, Workload } from '../model/plan.ts';
import type { RecoveredAutoscaler, RecoveredConfig } from '../model/recovered.ts';
import { type Difference, firstDifference, sortedBy } from './difference.ts';

type Runs = readonly Running[];

/** Each autoscaled version has one autoscaler with its bounds, for its own Deployment; there are no others. */
export const autoscalerDifference = (
  plan: Plan,
  running: Runs,
  read: readonly RecoveredAutoscaler[],
): Difference | undefined =>
  namedDifference(
    'HorizontalPodAutoscaler',
    workloadsOf(plan, running).flatMap(([name, { autoscale }]) =>
      autoscale === undefined ? [] : [{ name, target: `apps/Deployment/${name}`, ...autoscale }],
    ),
    read,
  );

/** Each version with config files has one ConfigMap that holds them and nothing else; there are no others. */
export const configDifference = (plan: Plan, running: Runs, read: readonly RecoveredConfig[]): Difference | undefined =>
  namedDifference(
    'ConfigMap',
    workloadsOf(plan, running).flatMap(([name, { config }]) =>
      config === undefined ? [] : [{ name, data: config.files }],
    ),
    read,
  );

/** What versions run, by the name of their objects. */
const workloadsOf = (plan: Plan, running: Runs): readonly (readonly [name: string, workload: Workload])[] =>
  running.flatMap(({ version }) => {
    const found = plan.versions.find(
      (v): v is Extract<Version, { kind: 'workload' }> => v.name === version && v.kind === 'workload',
    );
    return found === undefined ? [] : [[versionName(plan, found), found.workload]];
  });

interface Named {
  readonly name: string;
}

function namedDifference(kind: string, wanted: readonly Named[], found: readonly Named[]): Difference | undefined {
  const [left, right] = [wanted, found].map(list => sortedBy(list, ({ name }) => name));
  const names = firstDifference(left!.map(nameOf), right!.map(nameOf), `${kind}s`);
  return names ?? firstDifference(left, right, kind);
}

const nameOf = ({ name }: Named): string => name;
