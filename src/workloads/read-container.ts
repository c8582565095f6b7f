import type { EnvVar } from '../model/plan.ts';
import type { Spot, Tree } from '../model/reading.ts';
import { fieldsOf, into, itemsOf, strange, textOf, textsOf, wholeOf } from '../model/reading.ts';
import type { RecoveredContainer } from '../model/recovered.ts';

const CONTAINER = new Set([
  ...['name', 'image', 'imagePullPolicy', 'command', 'args', 'env', 'ports', 'resources', 'volumeMounts'],
  ...['securityContext', 'readinessProbe', 'livenessProbe', 'startupProbe', 'lifecycle'],
]);
const PORT = new Set(['name', 'containerPort', 'protocol']);

/** Reads what one container runs: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container */
export function readContainer(spot: Spot, tree: Tree): RecoveredContainer {
  const fields = fieldsOf(spot, tree, CONTAINER);
  const image = textOf(into(spot, '.image'), fields.image) ?? '';
  const ports = itemsOf(into(spot, '.ports'), fields.ports).flatMap((item, i) => {
    const port = into(into(spot, '.ports'), i);
    return wholeOf(into(port, '.containerPort'), fieldsOf(port, item, PORT).containerPort) ?? [];
  });
  return {
    image,
    ...(fields.command === undefined ? {} : { command: textsOf(into(spot, '.command'), fields.command) }),
    ...(fields.args === undefined ? {} : { args: textsOf(into(spot, '.args'), fields.args) }),
    env: itemsOf(into(spot, '.env'), fields.env).flatMap((item, i) => readVariable(into(into(spot, '.env'), i), item)),
    ports,
  };
}

const VARIABLE = new Set(['name', 'value', 'valueFrom']);
const SOURCE = new Set(['secretKeyRef', 'configMapKeyRef', 'fieldRef']);
const KEY = new Set(['name', 'key']);
const FIELD = new Set(['fieldPath']);

function readVariable(spot: Spot, tree: Tree): EnvVar | readonly [] {
  const { name: written, value, valueFrom } = fieldsOf(spot, tree, VARIABLE);
  const name = textOf(into(spot, '.name'), written) ?? '';
  if (valueFrom === undefined) return { name, value: textOf(into(spot, '.value'), value) ?? '' };
  const at = into(spot, '.valueFrom');
  const source = fieldsOf(at, valueFrom, SOURCE);
  if (value !== undefined || Object.keys(source).length !== 1) strange(spot, 'it has not exactly one source');
  if (source.fieldRef !== undefined) {
    const { fieldPath } = fieldsOf(into(at, '.fieldRef'), source.fieldRef, FIELD);
    return { name, from: 'field', path: textOf(into(at, '.fieldRef.fieldPath'), fieldPath) ?? '' };
  }
  const from = source.secretKeyRef === undefined ? 'configMap' : 'secret';
  const reference = into(at, `.${from}KeyRef`);
  const { name: object, key } = fieldsOf(reference, source.secretKeyRef ?? source.configMapKeyRef, KEY);
  return { name, from, object: textOf(reference, object) ?? '', key: textOf(reference, key) ?? '' };
}
