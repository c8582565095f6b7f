import type { At, Finding } from '../diagnostics/finding.ts';
import { quote } from '../diagnostics/wording.ts';
import type { JsonSchema } from '../model/provider.ts';
import { durationMeant, nameMeant, quantityMeant } from './meant.ts';
import type { Mistake } from './mistakes.ts';
import { wordsOf } from './pointer.ts';
import { PATTERNS, type TextPattern } from './schema/patterns.ts';
import * as say from './schema-messages.ts';
import { exampleOf, show, textsOf } from './show.ts';

/** What is wrong with a value of the right kind, or with the text of a key. */
export function valueFinding(mistake: Mistake): Finding {
  const { keyword, path, key, params, data, schema } = mistake;
  const at: At = key === undefined ? { path } : { path: [...path, key], on: 'key' };
  const where = key === undefined ? wordsOf(path) : `a key of ${wordsOf(path)}`;
  const limit = Number(params['limit']);
  switch (keyword) {
    case 'pattern':
      return patternFinding(mistake, at, where);
    case 'enum':
      return wordFinding(mistake, at, where);
    case 'minimum':
    case 'maximum':
      return say.outOfBounds(at, { where, value: Number(data), bound: boundOf(keyword), limit });
    case 'maxLength':
      return say.tooLong(at, { where, length: String(data).length, limit });
    case 'maxItems':
    case 'maxProperties':
      return say.tooMany({ path, on: 'key' }, { where, count: countOf(data), limit });
    case 'minLength':
    case 'minItems':
      return say.isEmpty(at, { where, example: exampleOf(schema), required: mistake.required });
    case 'uniqueItems':
      return repeatedFinding(mistake, where);
    default:
      return say.doesNotFit(at, { where, keyword, description: String(schema['description'] ?? '') });
  }
}

const boundOf = (keyword: 'minimum' | 'maximum'): string => (keyword === 'maximum' ? 'largest' : 'smallest');

const countOf = (data: unknown): number =>
  Array.isArray(data) ? data.length : Object.keys(typeof data === 'object' && data !== null ? data : {}).length;

function wordFinding({ params, data }: Mistake, at: At, where: string): Finding {
  if (typeof data === 'boolean') return say.onlyTrue(at, { where });
  const found = typeof data === 'string' ? quote(data) : show(data);
  return say.notAWord(at, { where, found, words: textsOf(params['allowedValues']) });
}

function repeatedFinding({ path, params }: Mistake, where: string): Finding {
  const [first, second] = [Number(params['j']), Number(params['i'])].sort((a, b) => a - b);
  return say.repeated({ path: [...path, second!] }, { where, first: first!, second: second! });
}

const NAMES: readonly string[] = [PATTERNS.serviceName.source, PATTERNS.label.source, PATTERNS.portName.source];
const ALL: readonly TextPattern[] = Object.values(PATTERNS);

/** The most characters that a value, or the keys of a map, may have. */
function longestOf(schema: JsonSchema, key: string | undefined): number {
  const { propertyNames, maxLength } = schema;
  const ofKeys =
    typeof propertyNames === 'object' && propertyNames !== null ? Reflect.get(propertyNames, 'maxLength') : 0;
  return Number((key === undefined ? maxLength : ofKeys) ?? 63);
}

function patternFinding({ params, data, schema, key }: Mistake, at: At, where: string): Finding {
  const source = String(params['pattern']);
  const known = ALL.find(pattern => pattern.source === source);
  const { words, example } = known ?? { words: `the pattern ${source}`, example: exampleOf(schema) };
  const text = String(data);
  if (source === PATTERNS.duration.source) {
    return say.badDuration(at, { where, text, words, example, meant: durationMeant(text) });
  }
  if (NAMES.includes(source))
    return say.badName(at, { where, text, words, example, meant: nameMeant(text, source, longestOf(schema, key)) });
  const meant = source === PATTERNS.quantity.source ? quantityMeant(text) : '';
  return say.badText(at, { where, text, words, example, meant });
}
