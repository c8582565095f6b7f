import { parse, stringify } from 'yaml';
import type { Dice } from './dice.ts';

/** Signs and words on which readers of YAML stumble. */
const SIGNS = [
  ...'{}[]:,-?&*!|>\'"%@`#\\~ \t\n\r'.split(''),
  ...[': ', '- ', '\n  ', '<<: ', '---\n', '...\n', '!!str ', '&a ', '*a', '%YAML 1.1\n', '? ', '|\n', '>-\n', '"\n'],
  ...['\0', '\ufeff', '😀', '\ud800', '\u202e', '\u2028', '\u200b', 'é', '\u0301', '\uffff', '\x7f', '\r\n'],
];

const SCALARS: readonly unknown[] = [
  ...[0, -1, 1, 100, 101, 0.01, 0.001, 99.99, 1e21, 1e308, -0, 2 ** 31, 2 ** 53, 2 ** 63, Number.NaN, Infinity],
  ...[null, true, false, '', ' ', '0', '.inf', '~', 'null', 'yes', 'on', '1e999', '0x1f', '0o14', '1_000', '12:30:45'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'default', 'baseline', 'abort-x', 'v1', 'v2', 'mesh'],
  ...['../../x', '/', 'a/b', '.', '..', '*', '*.example.com', 'a'.repeat(63), 'a'.repeat(64), 'x'.repeat(5000)],
  ...['(', '[a', '(a+)+$', '.*', '\\d', '(?=x)', '(?<a>b)', '\\p{L}', 'a{1000}', '(a{1000}){1000}', 'x'.repeat(1025)],
  ...['1h', '0s', '1ms', '999999999999999999d', '1.5s', '1s1s', '10%', 'latest', '{name}', '{}', '\u202ex', 'a\nb'],
  ...['$(A)', '$(', '$$(A)', 'http://', 'grpc', 'HTTP', '😀', '\ud800', '\0', '127.0.0.1', '::1', '1.31', 'v1.31'],
];

/** Keys of the language, so that they come to stand where they do not belong. */
const KEYS = (
  'apiVersion kind metadata name namespace spec provider step stable surge ports port targetPort protocol workload ' +
  'replicas versions image env route hosts path gateways rewrite timeout retries attempts perTryTimeout retryOn rules ' +
  'match headers cookies query method grpc service traffic mirror fault delay abort duration percent status steps ' +
  'canary to weights pause blueGreen preview abTest shadow environments istio knative form visibility template config ' +
  'autoscale defaults cluster kubernetes prometheus url exact prefix regex present __proto__ constructor 1 ~ true ' +
  'labels agent pollInterval promotion after soak freezes schedule timeZone reason'
).split(' ');

/** Changes a text by its characters: cuts, repeats, swaps of passages, signs put in, passages of another text. */
export function mutateText(text: string, other: string, dice: Dice): string {
  let result = text;
  for (let change = dice.roll(4); change >= 0; change--) result = mutateOnce(result, other, dice);
  return result.slice(0, 300_000);
}

function mutateOnce(text: string, other: string, dice: Dice): string {
  const [at, length] = [dice.roll(text.length + 1), dice.pick([0, 1, 3, 40, 400])];
  const [before, passage, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  const start = dice.roll(other.length + 1);
  switch (dice.roll(8)) {
    case 0:
      return before + after;
    case 1:
      return before + passage.repeat(dice.pick([2, 3, 50])) + after;
    case 2:
      return before + dice.pick(SIGNS) + after;
    case 3:
      return before + dice.pick(SIGNS).repeat(dice.pick([2, 30, 100, 3000])) + passage + after;
    case 4:
      return before + other.slice(start, start + length) + after;
    case 5:
      return before + String.fromCharCode(dice.roll(0x10000)) + text.slice(at + 1);
    case 6:
      return mutateLines(text, other, dice);
    default:
      return before + String(dice.pick(SCALARS)) + after;
  }
}

/** Whole lines moved, indented, or taken from elsewhere. */
function mutateLines(text: string, other: string, dice: Dice): string {
  const lines = text.split('\n');
  const at = dice.roll(lines.length);
  const line = lines[at] ?? '';
  const foreign = dice.pick(other.split('\n')) ?? '';
  lines.splice(
    at,
    dice.roll(2),
    dice.pick([foreign, `  ${line}`, line.replace(/^ {2}/, ''), `${line} ${foreign}`, '']),
  );
  return lines.join('\n');
}

/** Changes a document by its values: parts of another one, other scalars, keys of elsewhere, depth, length. */
export function mutateTree(text: string, other: string, dice: Dice): string {
  const [tree, donor] = [treeOf(text), treeOf(other)];
  if (tree === undefined || donor === undefined) return mutateText(text, other, dice);
  const root = { document: tree };
  for (let change = dice.roll(3); change >= 0; change--) graft(root, donor, dice);
  return written(root.document, dice);
}

const treeOf = (text: string): unknown => {
  try {
    const tree: unknown = parse(text, { logLevel: 'silent' });
    return typeof tree === 'object' && tree !== null ? tree : undefined;
  } catch {
    return undefined;
  }
};

/** Without a value there is nothing to write. */
function written(tree: unknown, dice: Dice): string {
  if (tree === undefined) return '';
  try {
    return dice.chance(30)
      ? JSON.stringify(tree, null, dice.pick([0, 2]))
      : stringify(tree, { aliasDuplicateObjects: false });
  } catch {
    return JSON.stringify(tree);
  }
}

type Branch = { [key: string]: unknown } | unknown[];

/** Puts something else at one place of a tree. */
function graft(root: Branch, donor: unknown, dice: Dice): void {
  const places = placesOf(root);
  // What has lost its last value has no place for another.
  if (places.length < 2) return;
  const { parent, key } = dice.pick(places);
  const value = (parent as { [key: string]: unknown })[key];
  const set = (next: unknown): void => {
    Object.defineProperty(parent, key, { value: next, enumerable: true, configurable: true, writable: true });
  };
  const { parent: from, key: donated } = dice.pick(placesOf({ donor }));
  const copy = (): unknown => structuredClone((from as { [key: string]: unknown })[donated]);
  const choice = dice.roll(8);
  if (choice === 0) delete (parent as { [key: string]: unknown })[key];
  else if (choice === 1) set(copy());
  else if (choice === 2) set(Array.isArray(value) ? [...value, ...value] : [value, value]);
  else if (choice === 3) set(nested(value, dice.pick([2, 10, 30, 60, 70]), dice));
  else if (choice === 4) addKey(value, copy(), dice);
  else set(dice.pick(SCALARS));
}

function addKey(value: unknown, added: unknown, dice: Dice): void {
  if (Array.isArray(value)) value.splice(dice.roll(value.length + 1), 0, added);
  else if (typeof value === 'object' && value !== null)
    Object.defineProperty(value, dice.pick(KEYS), {
      value: added,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

function nested(value: unknown, depth: number, dice: Dice): unknown {
  let inner = value;
  for (let level = 0; level < depth; level++) inner = dice.chance(50) ? [inner] : { [dice.pick(KEYS)]: inner };
  return inner;
}

interface TreePlace {
  readonly parent: Branch;
  readonly key: string;
}

function placesOf(tree: unknown): readonly TreePlace[] {
  const found: TreePlace[] = [];
  const walk = (parent: unknown): void => {
    if (typeof parent !== 'object' || parent === null) return;
    for (const [key, value] of Object.entries(parent)) {
      found.push({ parent: parent as Branch, key });
      walk(value);
    }
  };
  walk(tree);
  return found;
}
