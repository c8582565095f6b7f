import { quote } from '../../diagnostics/wording.ts';
import { naturally } from '../../model/order.ts';
import type { Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, show, strange, textOf, textsOf } from '../../model/reading.ts';
import type { Match, NamedMatch, TextMatch } from '../../model/traffic.ts';
import { foldedPatternOf, type pathsOf } from './recover-pattern.ts';

/** Alternatives of one condition: any of them must hold. */
type Alternatives = readonly (NamedMatch | { readonly method: TextMatch })[];

/** The values that a rule compares at most, its host and its path among them. */
export const MOST_VALUES = 5;

/** Matches of the `conditions` of an action: all of them must hold. */
export function conditionsOf(spot: Spot, tree: Tree): readonly Alternatives[] {
  return itemsOf(spot, tree).map((item, i) => conditionOf(into(spot, i), item));
}

const HEADER = new Set(['field', 'httpHeaderConfig']);
const METHOD = new Set(['field', 'httpRequestMethodConfig']);
const HEADER_CONFIG = new Set(['httpHeaderName', 'values']);
const VALUES = new Set(['values']);
const FIELD = new Set(['field']);
const MOST_IN_ONE = 3;

/** Kinds of conditions: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
function conditionOf(spot: Spot, tree: Tree): Alternatives {
  const field = typeof tree === 'object' && tree !== null && 'field' in tree ? tree['field'] : undefined;
  if (field === 'http-header') {
    const at = into(spot, '.httpHeaderConfig');
    const config = fieldsOf(at, fieldsOf(spot, tree, HEADER)['httpHeaderConfig'], HEADER_CONFIG);
    const name = textOf(into(at, '.httpHeaderName'), config['httpHeaderName'])?.toLowerCase() ?? '';
    if (name === '' || name === 'host') strange(at, `${quote(name)} is no header to compare`);
    return valuesOf(into(at, '.values'), config['values']).map(value => ({ name, text: foldedPatternOf(value) }));
  }
  if (field === 'http-request-method') {
    const at = into(spot, '.httpRequestMethodConfig');
    const config = fieldsOf(at, fieldsOf(spot, tree, METHOD)['httpRequestMethodConfig'], VALUES);
    return valuesOf(into(at, '.values'), config['values']).map(value => ({ method: { kind: 'exact', value } }));
  }
  fieldsOf(spot, tree, FIELD);
  strange(into(spot, '.field'), `conditions on ${show(field)} are not read here`);
  return [];
}

function valuesOf(spot: Spot, tree: Tree): readonly string[] {
  const values = textsOf(spot, tree);
  if (values.length === 0 || values.includes('')) strange(spot, 'a condition without a text is refused');
  if (values.length > MOST_IN_ONE) strange(spot, `an ALB compares ${MOST_IN_ONE} values of a condition at most`);
  return values;
}

/** The matches of paths under conditions; none: every request. */
export function matchesOf(paths: ReturnType<typeof pathsOf>, asked: readonly Alternatives[]): readonly Match[] {
  let found: readonly Match[] = paths.map(path => ({
    ...(path === undefined ? {} : { path }),
    ...{ headers: [], cookies: [], query: [] },
  }));
  for (const alternatives of asked)
    found = found.flatMap(match =>
      alternatives.map(one =>
        'method' in one ? { ...match, method: one.method } : { ...match, headers: withHeader(match.headers, one) },
      ),
    );
  return found.length === 1 && isEverything(found[0]!) ? [] : found;
}

const withHeader = (headers: readonly NamedMatch[], one: NamedMatch): readonly NamedMatch[] =>
  [...headers, one].sort((a, b) => naturally(a.name, b.name));

const isEverything = ({ path, method, headers }: Match): boolean =>
  path === undefined && method === undefined && headers.length === 0;
