import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';

/** What a route takes, before its paths are told apart. */
export interface Asked {
  /** Sorted; empty: every host. */
  readonly hosts: readonly string[];
  readonly paths: readonly Path[];
  /** One for each method, without a path. */
  readonly matches: readonly Match[];
}

/** A path as APISIX looks it up: whole, or by its first characters. */
export interface Path {
  readonly kind: 'exact' | 'prefix';
  readonly value: string;
}

const MATCH = new Set(['hosts', 'paths', 'methods', 'exprs']);

/** Reads `match`: one of the hosts, one of the paths, one of the methods, and every expression. */
export function askedOf(spot: Spot, tree: Tree): Asked {
  const fields = fieldsOf(spot, tree, MATCH);
  const hosts = [...textsOf(into(spot, '.hosts'), fields['hosts'])].sort(naturally);
  if (hosts.includes('') || hosts.includes('*')) strange(into(spot, '.hosts'), 'it names no host');
  const inPaths = into(spot, '.paths');
  const texts = textsOf(inPaths, fields['paths']);
  if (texts.length === 0) strange(inPaths, 'no path is named, and APISIX refuses the route');
  const named = namedOf(into(spot, '.exprs'), fields['exprs']);
  const methods = methodsOf(into(spot, '.methods'), fields['methods']);
  const matches =
    methods.length === 0 ? [named] : methods.map(value => ({ ...named, method: { kind: 'exact', value } as const }));
  return { hosts, paths: texts.map((text, i) => pathOf(into(inPaths, i), text)), matches };
}

/** A star at the end takes what follows; elsewhere, and after a colon, placeholders are meant. */
function pathOf(spot: Spot, text: string): Path {
  const prefix = text.endsWith('*');
  const value = prefix ? text.slice(0, -1) : text;
  if (!value.startsWith('/')) strange(spot, `${show(text)} does not begin with a slash`);
  if (/[:*]/.test(value)) strange(spot, `${show(text)} holds a placeholder, which is not read here`);
  return { kind: prefix ? 'prefix' : 'exact', value };
}

const METHODS = new Set('GET POST PUT DELETE PATCH HEAD OPTIONS CONNECT TRACE PURGE'.split(' '));

function methodsOf(spot: Spot, tree: Tree): readonly string[] {
  const methods = textsOf(spot, tree);
  const odd = methods.find(method => !METHODS.has(method));
  if (odd !== undefined) strange(spot, `APISIX refuses the method ${show(odd)}`);
  return methods;
}

const EXPRESSION = new Set(['subject', 'op', 'value']);
const SUBJECT = new Set(['scope', 'name']);

function namedOf(spot: Spot, tree: Tree): Match {
  const found: Draft<Record<'headers' | 'cookies' | 'query', NamedMatch[]>> = { headers: [], cookies: [], query: [] };
  itemsOf(spot, tree).forEach((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, EXPRESSION);
    const { scope, name } = fieldsOf(into(at, '.subject'), fields['subject'], SUBJECT);
    const written = textOf(into(at, '.subject.name'), name) ?? '';
    if (written === '') strange(at, 'it names nothing, and APISIX refuses the route');
    const part = scope === 'Header' ? 'headers' : scope === 'Cookie' ? 'cookies' : 'query';
    if (scope !== 'Query' && part === 'query') strange(at, `the scope ${show(scope)} is not read here`);
    if (part === 'headers' && !/^[A-Za-z0-9-]*$/.test(written))
      strange(at, `no header ${quote(written)} is let through`);
    const text = conditionOf(at, fields, part === 'query');
    const list = found[part];
    const known = part === 'headers' ? written.toLowerCase() : written;
    if (list.some(other => other.name === known)) strange(at, `it asks for ${quote(known)} twice`);
    list.push({ name: known, text });
  });
  for (const list of Object.values(found)) list.sort((a, b) => naturally(a.name, b.name));
  return found;
}

/** An expression is searched for in any place, and a text that is not there is found by none. */
function conditionOf(spot: Spot, { op, value }: { readonly [field: string]: Tree }, inQuery: boolean): TextMatch {
  const text = textOf(into(spot, '.value'), value);
  if (text === undefined) strange(spot, 'it compares with nothing');
  if (op === 'Equal') return { kind: 'exact', value: text ?? '' };
  if (op !== 'RegexMatch') strange(into(spot, '.op'), `${show(op)} is not read here`);
  const start = text?.startsWith('^') ? plainOf(text.slice(1)) : undefined;
  if (start === undefined) strange(into(spot, '.value'), 'the expression is more than the beginning of a text');
  if (start === '') return { kind: 'present' };
  if (inQuery) strange(spot, 'a parameter without a value reads as "true"');
  return start === undefined ? { kind: 'regex', value: `.*(?:${text ?? ''}).*` } : { kind: 'prefix', value: start };
}

/** The text that an expression without operators stands for; undefined: it has operators. */
function plainOf(expression: string): string | undefined {
  const rest = expression.replace(/\\[\\^$.*+?()[\]{}|]/g, '');
  return /[\\^$.*+?()[\]{}|]/.test(rest) ? undefined : expression.replace(/\\(.)/g, '$1');
}
