import type { Labels } from '../model/kubernetes.ts';
import { APP_LABEL, VERSION_LABEL, versionLabels, versionName } from '../model/labels.ts';
import type { Plan, Running, State, Version } from '../model/plan.ts';
import type { RecoveredBudget, RecoveredDeployment, RecoveredWorkloads } from '../model/recovered.ts';
import { autoscalerDifference, configDifference } from './belongings.ts';
import { type Difference, firstDifference, sortedBy } from './difference.ts';
import { expectedMounts } from './expected-mounts.ts';

type WorkloadVersion = Extract<Version, { kind: 'workload' }>;
type Kept = Omit<RecoveredDeployment, 'selector'>;

/**
 * Each running version of ours has one Deployment that runs what the plan says, and one PodDisruptionBudget, both for
 * its own pods alone, and the autoscaler and config files that it asks for; there are no others. Where the provider
 * keeps the pods, there are files only. Gives the first difference, or undefined where there is none.
 */
export function workloadDifference(
  plan: Plan,
  state: State,
  read: RecoveredWorkloads,
  ownsWorkloads = false,
): Difference | undefined {
  if (read.problems.length > 0) return { path: 'workloads', wanted: 'a meaning', found: read.problems.join('; ') };
  const running = ownsWorkloads ? [] : state.running;
  const wanted = sortedBy(
    running.flatMap(one => expectedDeployment(plan, one)),
    nameOf,
  );
  const deployments = sortedBy(read.deployments, nameOf);
  const budgets = sortedBy(read.budgets, nameOf);
  return (
    firstDifference(wanted.map(nameOf), deployments.map(nameOf), 'Deployments') ??
    firstDifference(wanted.map(nameOf), budgets.map(nameOf), 'PodDisruptionBudgets') ??
    first(wanted, (kept, i) => keeperDifference(kept, deployments[i]!, budgets[i]!)) ??
    autoscalerDifference(plan, running, read.autoscalers) ??
    configDifference(plan, state.running, read.configs)
  );
}

const nameOf = ({ name }: { readonly name: string }): string => name;

function expectedDeployment(plan: Plan, { version: name, replicas }: Running): Kept | readonly [] {
  const version = plan.versions.find((v): v is WorkloadVersion => v.kind === 'workload' && v.name === name);
  if (version === undefined) return [];
  const { image, command, args, env, labels, annotations, serviceAccount, autoscale, config } = version.workload;
  return {
    name: versionName(plan, name),
    ...(autoscale === undefined ? { replicas } : {}),
    labels: { ...labels, ...versionLabels(plan, name) },
    annotations: config === undefined ? annotations : { ...annotations, 'surefoot.dev/config': config.hash },
    ...expectedMounts(plan, name),
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
    container: {
      image,
      ...(command === undefined ? {} : { command }),
      ...(args === undefined ? {} : { args }),
      env,
      ports: distinct(plan.ports.map(port => port.targetPort)),
    },
  };
}

/** Ports that a container names twice are open once, and in no order. */
const distinct = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((a, b) => a - b);

function keeperDifference(
  wanted: Kept,
  deployment: RecoveredDeployment,
  budget: RecoveredBudget,
): Difference | undefined {
  const { selector, ...kept } = deployment;
  const found = { ...kept, container: { ...kept.container, ports: distinct(kept.container.ports) } };
  return (
    firstDifference(wanted, found, `Deployment ${wanted.name}`) ??
    selectorDifference(`Deployment ${wanted.name}`, wanted.labels, selector) ??
    selectorDifference(`PodDisruptionBudget ${wanted.name}`, wanted.labels, budget.selector)
  );
}

/**
 * A selector must find the version's pods, and neither those of any other version nor those of another application.
 * The others need not run or be known: whatever else their pods carry, one of these two labels differs.
 */
function selectorDifference(holder: string, own: Labels, selector: Labels): Difference | undefined {
  const others = [APP_LABEL, VERSION_LABEL].map(key => ({ ...own, [key]: `another ${own[key]}` }));
  if (selects(selector, own) && !others.some(labels => selects(selector, labels))) return undefined;
  return {
    path: `${holder}.selector`,
    wanted: `what only ${JSON.stringify(own)} match`,
    found: JSON.stringify(selector),
  };
}

const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

function first<T>(
  list: readonly T[],
  ask: (entry: T, index: number) => Difference | undefined,
): Difference | undefined {
  for (const [i, entry] of list.entries()) {
    const difference = ask(entry, i);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
