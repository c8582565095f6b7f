import type { Finding } from '../diagnostics/finding.ts';
import { fieldFindings } from './field-findings.ts';
import { groupMistakes, type Judged, type Mistake, type SchemaError } from './mistakes.ts';
import { valueFinding } from './value-findings.ts';
import { wrongTypeFinding } from './wrong-type.ts';

/** What the compiled validator says about a document as findings, one for each mistake. */
export function schemaFindings(errors: readonly SchemaError[], judged: Judged): readonly Finding[] {
  return groupMistakes(errors, judged).flatMap(findingsOf);
}

const ABOUT_FIELDS: readonly string[] = ['additionalProperties', 'required', 'minProperties'];

/** The mistakes of one place. A value of the wrong kind has no other mistakes worth telling. */
function findingsOf(group: readonly Mistake[]): readonly Finding[] {
  const wrongKind = group.find(mistake => mistake.keyword === 'type');
  if (wrongKind !== undefined) return [wrongTypeFinding(wrongKind)];
  const values = group.filter(mistake => !isAboutFields(mistake));
  return [...fieldFindings(group.filter(isAboutFields)), ...values.map(valueFinding)];
}

/** `maxProperties: 1` says that fields exclude each other; any other number is a bound. */
const isAboutFields = ({ keyword, params }: Mistake): boolean =>
  ABOUT_FIELDS.includes(keyword) || (keyword === 'maxProperties' && params['limit'] === 1);
