import type { Finding } from '../diagnostics/finding.ts';
import { nearest } from '../diagnostics/wording.ts';
import { homeOf } from './homes.ts';
import type { Mistake } from './mistakes.ts';
import { wordsOf } from './pointer.ts';
import { SHORTHANDS } from './schema/step.ts';
import { isEmpty, misplacedField, missingField, notExactlyOne, standsAlone, unknownField } from './schema-messages.ts';
import { exampleOf, fieldsOf, textsOf } from './show.ts';

/** Which fields a map has, and which it lacks: one finding for each mistake, though the validator may see it twice. */
export function fieldFindings(group: readonly Mistake[]): readonly Finding[] {
  const strangers = group.filter(m => m.keyword === 'additionalProperties');
  const missing = missingFinding(group, strangers);
  const count = strangers.length > 0 ? undefined : group.find(m => m.keyword.endsWith('Properties'));
  return [...strangers.map(unknownFinding), ...(missing ? [missing] : []), ...(count ? [countFinding(count)] : [])];
}

function unknownFinding(mistake: Mistake): Finding {
  const field = strangerOf(mistake);
  const at = { path: [...mistake.path, field], on: 'key' } as const;
  const where = wordsOf(mistake.path);
  const home = homeOf(mistake.path, field) ?? providerWithoutSettings(mistake, field);
  return home === undefined
    ? unknownField(at, { where, field, known: fieldsOf(mistake.schema) })
    : misplacedField(at, { where, field, home });
}

const providerWithoutSettings = ({ field }: Mistake, name: string): string | undefined =>
  textsOf(field('provider')['enum']).includes(name) ? 'Delete it: this provider has no settings of its own' : undefined;

const strangerOf = ({ params }: Mistake): string => String(params['additionalProperty']);

/** A missing field is no mistake of its own where a mistyped one was meant to be it, or decides whether it is wanted. */
function missingFinding(group: readonly Mistake[], strangers: readonly Mistake[]): Finding | undefined {
  const meant = strangers.map(m => nearest(strangerOf(m), fieldsOf(m.schema)));
  const lacking = group.filter(m => m.keyword === 'required' && !(strangers.length > 0 && m.conditional));
  const fields = lacking.map(m => String(m.params['missingProperty'])).filter(field => !meant.includes(field));
  const [first] = lacking;
  if (first === undefined || fields.length === 0) return undefined;
  const examples = fields.map(field => ({ field, example: exampleOf(first.field(field)) }));
  return missingField({ path: first.path, on: 'key' }, { where: wordsOf(first.path), examples });
}

function countFinding(mistake: Mistake): Finding {
  const { path, data, schema } = mistake;
  const where = wordsOf(path);
  const given = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  const shorthand = mistake.conditional ? given.find(key => Object.hasOwn(SHORTHANDS, key)) : undefined;
  if (shorthand !== undefined) {
    const others = given.filter(key => key !== shorthand);
    return standsAlone({ path: [...path, others[0] ?? shorthand], on: 'key' }, { where, shorthand, others });
  }
  if (schema['maxProperties'] === 1) return notExactlyOne({ path }, { where, fields: fieldsOf(schema), given });
  return isEmpty({ path, on: 'key' }, { where, example: exampleOf(schema), required: mistake.required });
}
