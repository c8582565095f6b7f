import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf } from '../../model/reading.ts';

/** One condition on a header or a parameter. */
export interface Asked {
  readonly name: string;
  readonly kind: 'exact' | 'regex' | 'prefix' | 'present';
  /** Empty for `present`. */
  readonly value: string;
}

/** What a route asks for, as Contour puts it together from its list of conditions. */
export interface Conditions {
  readonly path: { readonly kind: 'exact' | 'regex' | 'prefix'; readonly value: string };
  /** In the order written. */
  readonly headers: readonly Asked[];
  /** In the order written. */
  readonly query: readonly Asked[];
}

const CONDITION = new Set(['prefix', 'exact', 'regex', 'header', 'queryParameter']);
const PATHS = ['prefix', 'exact', 'regex'] as const;

/** https://github.com/projectcontour/contour/blob/main/internal/dag/conditions.go */
export function conditionsOf(spot: Spot, tree: Tree): Conditions {
  const headers: Asked[] = [];
  const query: Asked[] = [];
  let path = '';
  let kind: Conditions['path']['kind'] = 'prefix';
  const items = itemsOf(spot, tree);
  items.forEach((item, i) => {
    const at = into(spot, i);
    const fields = fieldsOf(at, item, CONDITION);
    const found = PATHS.filter(one => fields[one] !== undefined && fields[one] !== '');
    if (found.length > 1 || (found.length > 0 && path !== '')) strange(at, 'Contour refuses a second path');
    for (const one of found) {
      path += pathOf(into(at, `.${one}`), fields[one]);
      // Where the last condition is not the path itself, an exact path becomes a prefix.
      if (one === 'regex' || (one === 'exact' && i === items.length - 1)) kind = one;
    }
    if (fields['header'] !== undefined) headers.push(...askedOf(into(at, '.header'), fields['header'], HEADER));
    if (fields['queryParameter'] !== undefined)
      query.push(...askedOf(into(at, '.queryParameter'), fields['queryParameter'], PARAMETER));
    if (found.length === 0 && fields['header'] === undefined && fields['queryParameter'] === undefined)
      strange(at, 'it asks for nothing');
  });
  refuseTwice(into(spot, ' header'), headers);
  refuseTwice(into(spot, ' queryParameter'), query);
  return { path: path === '' ? { kind: 'prefix', value: '/' } : { kind, value: path }, headers, query };
}

function pathOf(spot: Spot, tree: Tree): string {
  const text = textOf(spot, tree) ?? '';
  if (!text.startsWith('/')) strange(spot, `${show(tree)} does not begin with a slash, and Contour refuses it`);
  if (text.includes('//')) strange(spot, 'Contour makes one slash of two');
  return text.replace(/\/\/+/g, '/');
}

const HEADER = new Set(['name', 'exact', 'regex', 'present']);
const PARAMETER = new Set(['name', 'exact', 'prefix', 'regex', 'present']);
const KINDS = ['present', 'exact', 'prefix', 'regex'] as const;

/** One condition; none where no operator says anything. */
function askedOf(spot: Spot, tree: Tree, known: ReadonlySet<string>): readonly Asked[] {
  const fields = fieldsOf(spot, tree, known);
  const name = textOf(into(spot, '.name'), fields['name']) ?? '';
  const given = KINDS.filter(kind => known.has(kind) && fields[kind] !== undefined && fields[kind] !== '');
  const [kind] = given;
  if (name === '') strange(spot, 'it names nothing');
  if (given.length !== 1) strange(spot, 'Contour wants one operator that says something');
  if (kind === undefined) return [];
  if (kind === 'present') {
    if (fields['present'] !== true) strange(into(spot, '.present'), `${show(fields['present'])} asks for nothing`);
    return [{ name, kind, value: '' }];
  }
  return [{ name, kind, value: textOf(into(spot, `.${kind}`), fields[kind]) ?? '' }];
}

/** Contour refuses two exact texts for one name, in whatever case the names are written. */
function refuseTwice(spot: Spot, asked: readonly Asked[]): void {
  const names = asked.filter(({ kind }) => kind === 'exact').map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) strange(spot, 'one name has two exact texts, which Contour refuses');
}
