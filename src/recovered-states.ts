import { statePath } from './layout/paths.ts';
import type { Capabilities } from './model/capabilities.ts';
import type { CompiledRollout } from './model/compiled.ts';
import type { KubeObject } from './model/kubernetes.ts';
import { entry } from './model/once.ts';
import type { State } from './model/plan.ts';
import type { Provider } from './model/provider.ts';
import type { Pods, Recovered } from './model/recovered.ts';
import { podsOf } from './prove-state.ts';
import { providerNamed } from './providers/registry.ts';
import { readPods } from './workloads/read.ts';
import { rereadDocuments } from './yaml/reread.ts';

/** What the written file of a state says, read by the provider's own reader. */
export interface RecoveredState {
  readonly recovered: Recovered;
  /** The pods that the file describes. */
  readonly pods: readonly Pods[];
}

/** Reads the states of a compiled rollout, each when it is asked for. */
export interface StateReader {
  readonly capabilities: Capabilities;
  readonly read: (state: State) => RecoveredState;
}

/** Reads states from the text of their files; states that share their text are read once. */
export function stateReader(result: Pick<CompiledRollout, 'plan' | 'directory' | 'files'>): StateReader {
  const { plan, directory } = result;
  const provider = providerNamed(plan.provider);
  if (provider === undefined) throw new Error(`plan ${plan.rollout} has the unknown provider ${plan.provider}`);
  const texts = new Map(result.files.map(({ path, text }) => [path, text]));
  const known = new Map<string, RecoveredState>();
  return {
    capabilities: provider.capabilities,
    read: state => {
      const text = texts.get(statePath(directory, state.name));
      if (text === undefined) throw new Error(`rollout ${directory} has no file of the state ${state.name}`);
      return entry(known, text, () => recoverText(result, { provider, state, text }));
    },
  };
}

interface StateText {
  readonly provider: Provider;
  readonly state: State;
  readonly text: string;
}

function recoverText({ plan }: Pick<CompiledRollout, 'plan'>, { provider, state, text }: StateText): RecoveredState {
  const objects = rereadDocuments(text) as unknown as readonly KubeObject[];
  const routes = (object: KubeObject): boolean => provider.links(object, plan) !== undefined;
  const workloads = objects.filter(object => !routes(object));
  return {
    recovered: provider.recover(objects.filter(routes), podsOf(plan, state, workloads)),
    pods: readPods(workloads),
  };
}
