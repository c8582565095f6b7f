// What `import … from 'surefoot/cdk8s'` gives: a Rollout as a construct of the user's own cdk8s application.
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compileFile, compilerAt } from '../host/compiler.ts';
import type { Compiled } from '../model/compiled.ts';
import { groupOf, type KubeObject } from '../model/kubernetes.ts';
import type { Plan, State } from '../model/plan.ts';
import type { Rollout as RolloutDocument } from '../model/rollout.ts';
import { formatDiagnostics } from './index.ts';
import { type Picked, pick } from './pick.ts';

export type { RolloutDocument };

/** How a Rollout is given: as a file below `root`, as its YAML, or as the same in an object. Exactly one of the three. */
export type RolloutSource =
  | { readonly file: string; readonly text?: never; readonly rollout?: never }
  | { readonly text: string; readonly file?: never; readonly rollout?: never }
  | { readonly rollout: RolloutDocument; readonly file?: never; readonly text?: never };

export type RolloutProps = RolloutSource & {
  /** The state whose objects are added; absent: `spec.step`, or what the environment says instead. */
  readonly state?: string;
  /** Absent: the only one. */
  readonly environment?: string;
  /** The folder with surefoot.yaml and the templates; absent: the one in which the program runs. */
  readonly root?: string;
};

/**
 * Adds the objects of one state of a Rollout to a chart, with the names and namespaces that the compiler gave them:
 * nothing is derived from where the construct stands. Throws an Error with the report of the compiler where the Rollout
 * has an error, because a chart without its objects would delete them from the cluster.
 */
export class Rollout extends Construct {
  /** Every state and hop of the Rollout in this environment. */
  readonly plan: Plan;
  /** The state whose objects were added. */
  readonly state: State;
  /** In the order in which they were compiled. */
  readonly apiObjects: readonly ApiObject[];
  /** What the compiler warns of; no warning stops it. */
  readonly warnings: readonly Diagnostic[];

  constructor(scope: Construct, id: string, props: RolloutProps) {
    super(scope, id);
    const picked = pickFrom(compileProps(props), props);
    if (typeof picked === 'string') throw new Error(`${this.node.path}: ${picked}`);
    this.plan = picked.plan;
    this.state = picked.state;
    this.warnings = picked.warnings;
    this.apiObjects = picked.objects.map(object => new ApiObject(this, idOf(object), { ...object }));
  }
}

/** How a Rollout without a file is called in messages. */
const NO_FILE = '<rollout>';

function compileProps({ file, text, rollout, root = '.' }: RolloutProps): Compiled | string {
  // JSON is YAML; lines of its own let the report point at a value.
  if (file === undefined) return compilerAt(root)({ file: NO_FILE, text: text ?? JSON.stringify(rollout, null, 2) });
  const compiled = compileFile(root, file);
  return 'message' in compiled ? compiled.message : compiled;
}

/** What the props ask for; a text says why there is none such. */
function pickFrom(compiled: Compiled | string, props: RolloutProps): Chosen | string {
  if (typeof compiled === 'string') return compiled;
  const { source, diagnostics, results } = compiled;
  if (results === undefined) return `${source} does not compile.\n\n${formatDiagnostics(diagnostics).trimEnd()}`;
  const picked = pick(results, props);
  return typeof picked === 'string' ? `${source}: ${picked}` : { ...picked, warnings: diagnostics };
}

interface Chosen extends Picked {
  readonly warnings: readonly Diagnostic[];
}

/** An id inside the construct; Knative and Kubernetes both have a kind called Service. */
const idOf = (object: KubeObject): string =>
  [groupOf(object), object.kind, object.metadata.name]
    .filter(part => part !== '')
    .join('-')
    .toLowerCase();
