import { Document, isCollection, isMap, isPair, isScalar, isSeq, Scalar, type ToStringOptions, visit } from 'yaml';
import { workloadFields } from '../read/schema/workload.ts';
import { inlineOf, stringOf } from '../yaml/print-scalar.ts';
import type { Draft } from './draft.ts';
import { firstSteps, movesAtOnce, weightsFor } from './steps.ts';

/** Nothing is folded: what a person reads on one line stands on one. */
const OPTIONS: ToStringOptions = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

const ABOUT = ` Which versions of a service exist, and how traffic moves between them: \`surefoot plan\` shows every state.
 \`surefoot explain spec.versions\` tells what a field means.`;

const EXAMPLE = ` A release is a new version, and steps that bring it traffic. Beside v1 add
   v2: { image: registry.example.com/name:2.0.0 }
 and below versions
   steps:
STEPS`;

/** What stands behind the fields of a first Rollout. */
const COMMENTS: readonly (readonly [path: readonly string[], comment: string])[] = [
  [['metadata', 'name'], ' the Service that clients call'],
  [['spec', 'provider'], ' what routes the traffic'],
  [['spec', 'step'], ' where the cluster should stand: a promotion changes this line only'],
  [['spec', 'workload', 'replicas'], ' pods that carry 100 % of the traffic'],
];

/** The text of a first Rollout, with comments that teach. `schema` is the path of the JSON Schema from the file. */
export function compose(draft: Draft, schema: string): string {
  const { metadata, spec } = rolloutOf(draft);
  const document = new Document({ apiVersion: 'surefoot.dev/v1', kind: 'Rollout', metadata, spec });
  document.commentBefore = ` yaml-language-server: $schema=${schema}\n\n${ABOUT}`;
  dress(document);
  for (const [path, comment] of COMMENTS) {
    const node = document.getIn(path, true);
    if (isScalar(node)) node.comment = comment;
  }
  above(document, 'versions', ' a version never changes while it serves: a new image is a new version');
  if (draft.newImage !== undefined) above(document, 'steps', stepsComment(draft));
  const body = document.get('spec');
  if (draft.newImage === undefined && isMap(body)) body.comment = EXAMPLE.replace('STEPS', exampleSteps(draft));
  return document.toString(OPTIONS);
}

const stepsComment = (draft: Draft): string =>
  movesAtOnce(draft)
    ? ' a preview that no client sees, then all at once: autoscaled pods cannot share traffic by their number'
    : ' the canary stands for one step per weight';

const exampleSteps = (draft: Draft): string =>
  movesAtOnce(draft)
    ? '     - blueGreen: { to: v2, pause: 30m }'
    : `     - canary: { to: v2, weights: [${weightsFor(draft).join(', ')}], pause: 30m }
     - { name: complete, traffic: { v2: 100 } }`;

function rolloutOf(draft: Draft): { readonly metadata: object; readonly spec: object } {
  const { name, namespace, provider, host, image, newImage, replicas, maxScale, ports = [] } = draft;
  const workload = inOrder({ ...(replicas === undefined ? {} : { replicas }), ...withoutEmpty(draft.workload ?? {}) });
  return {
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: {
      provider,
      step: 'baseline',
      ...(maxScale === undefined ? {} : { knative: { maxScale } }),
      ...(ports.length === 0 ? {} : { ports }),
      ...(host === undefined ? {} : { route: { hosts: [host] } }),
      ...(Object.keys(workload).length === 0 ? {} : { workload }),
      versions: { v1: { image }, ...(newImage === undefined ? {} : { v2: { image: newImage } }) },
      ...(newImage === undefined ? {} : { steps: firstSteps(draft) }),
    },
  };
}

/** Fields of the workload as the reference lists them. */
const inOrder = (workload: object): object => {
  const order = Object.keys(workloadFields);
  return Object.fromEntries(Object.entries(workload).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
};

/** Maps from which everything was left out say nothing. */
const withoutEmpty = (object: object): object =>
  Object.fromEntries(
    Object.entries(object)
      .map(([key, value]) => [key, key === 'resources' ? withoutEmpty(value) : value])
      .filter(([, value]) => !(isPlainObject(value) && Object.keys(value).length === 0)),
  );

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A comment on the line before a field of the spec. */
function above(document: Document, field: string, comment: string): void {
  const spec = document.get('spec');
  const pair = isMap(spec) ? spec.items.find(({ key }) => isScalar(key) && key.value === field) : undefined;
  if (isScalar(pair?.key)) pair.key.commentBefore = comment;
}

/** Texts that any reader of YAML takes for what they are, and small maps and lists on one line. */
function dress(document: Document): void {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string') return;
      node.type = inlineOf(node.value) === node.value ? Scalar.PLAIN : quotedOrBlock(node.value);
    },
    Collection: (_, node, ancestors) => {
      const holders = ancestors.filter(isCollection).length;
      const last = ancestors.findLast(isPair);
      node.flow = holders > 3 || (holders === 3 && !(isScalar(last?.key) && OPEN.includes(String(last.key.value))));
      if (isMap(node) && (node.has('canary') || node.has('blueGreen'))) node.flow = false;
      if (isSeq(node) && node.items.some(item => isScalar(item) && String(item.value).includes('\n')))
        node.flow = false;
    },
  });
}

/** Fields of the workload whose entries stand on a line each. */
const OPEN: readonly string[] = ['env', 'resources', 'labels', 'annotations'];

const quotedOrBlock = (text: string): Scalar.Type =>
  stringOf(text, '\n').startsWith('|') ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
