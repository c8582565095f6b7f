import type { EnvSpec } from '../model/rollout.ts';
import { type Foreign, keysOf, objectIn, objectOf, textIn, valueIn } from './foreign.ts';
import { BROKEN, type LeftOut } from './left-out.ts';

/** Variables that a Rollout can say. */
export interface TakenEnv {
  readonly env: { readonly [name: string]: EnvSpec };
  readonly left: readonly LeftOut[];
}

/** Most variables of a Rollout. */
const MOST = 100;

const REPEATED = 'the same name stands again below, and that one counts';

/** Takes over the variables of a container. Of several with one name the last counts, as for the kubelet. */
export function takeEnv(list: readonly unknown[]): TakenEnv {
  const env: [name: string, value: EnvSpec][] = [];
  const left: LeftOut[] = [];
  const entries = list.map(objectOf);
  const names = entries.map(entry => textIn(entry, 'name'));
  entries.forEach((entry, index) => {
    const name = names[index];
    const taken =
      name === undefined
        ? 'it has no name'
        : names.lastIndexOf(name) > index
          ? REPEATED
          : env.length === MOST
            ? `a Rollout takes ${MOST} variables`
            : (dangling(textIn(entry, 'value'), names.slice(index)) ?? takeValue(entry));
    if (typeof taken === 'string')
      left.push({ what: `env ${name ?? index}`, why: taken, ...(taken === REPEATED ? {} : BROKEN) });
    else if (name !== undefined) env.push([name, taken.value]);
  });
  return { env: Object.fromEntries(env), left };
}

/** The kubelet replaces `$(NAME)` only by variables that stand before, a Rollout by all: what stays as it is there would not here. */
function dangling(value: string | undefined, after: readonly (string | undefined)[]): string | undefined {
  const names = [...(value ?? '').matchAll(/(?<!\$)(?:\$\$)*\$\(([^)]+)\)/g)].map(([, name]) => name);
  const name = names.find(one => after.includes(one));
  return name === undefined
    ? undefined
    : `it refers to $(${name}), which does not stand before it, so that the kubelet leaves it as it is; write $$(${name}) for that`;
}

/** The value, or why it cannot be said. */
function takeValue(entry: Foreign): { readonly value: EnvSpec } | string {
  if (valueIn(entry, 'valueFrom') === undefined || valueIn(entry, 'valueFrom') === null) return takeText(entry);
  const from = objectIn(entry, 'valueFrom');
  const [kind = '', ...others] = keysOf(from);
  if (others.length > 0) return 'it has more than one source';
  const source = objectIn(from, kind);
  if (kind === 'fieldRef') {
    const fieldPath = textIn(source, 'fieldPath');
    return fieldPath === undefined ? 'its fieldRef is incomplete' : { value: { fieldRef: { fieldPath } } };
  }
  if (kind !== 'secretKeyRef' && kind !== 'configMapKeyRef')
    return `a Rollout has no ${kind === '' ? 'such source' : kind}`;
  const [name, key] = [textIn(source, 'name'), textIn(source, 'key')];
  if (name === undefined || key === undefined) return `its ${kind} is incomplete`;
  if (valueIn(source, 'optional') === true) return 'it is optional, and in a Rollout what is referred to must exist';
  return { value: kind === 'secretKeyRef' ? { secretKeyRef: { name, key } } : { configMapKeyRef: { name, key } } };
}

/** A variable without a value is empty; what is no text the API server refuses. */
function takeText(entry: Foreign): { readonly value: string } | string {
  const value = valueIn(entry, 'value') ?? '';
  if (typeof value !== 'string') return 'its value is no text: put it in quotes';
  return value.includes('\ufffd') ? 'it holds U+FFFD, the trace of a letter that was lost' : { value };
}
