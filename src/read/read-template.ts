import { Composer, type Document } from 'yaml';
import { type At, type Finding, hasErrors } from '../diagnostics/finding.ts';
import { manifestValidators, type SchemaError } from '../generated/manifest-validators.js';
import type { TemplateObject, WrittenObject } from '../model/template.ts';
import { findInvisible } from './characters.ts';
import { LARGEST_FILE, MOST_FINDINGS } from './file-messages.ts';
import { locator } from './locate.ts';
import type { Span } from './nodes.ts';
import { readAsKubectl } from './old-yaml.ts';
import { pathOf, wordsOf } from './pointer.ts';
import { few } from './read-document.ts';
import { scan } from './scan.ts';
import { syntaxFindings } from './syntax-findings.ts';
import { notAnObject, serverFields, templateEmpty, templateField, templateTooLarge } from './template-messages.ts';
import { objectProblem, type Placed, unrolled, withoutNulls, withoutServerFields } from './template-object.ts';
import { plainTree } from './tree.ts';

/** A template as it was read; its findings point into it. */
export interface ReadTemplate {
  readonly file: string;
  readonly text: string;
  /** Absent where there is an error. */
  readonly objects?: readonly TemplateObject[];
  readonly findings: readonly Finding[];
  /** Where a value or key stands; a path begins with the number of its document. */
  readonly locate: (at: At) => Span;
}

/** Reads a file of Kubernetes objects, as hostile as any: every document, each held against the schema of its kind where there is one. */
export function readTemplate(file: string, text: string): ReadTemplate {
  const bytes = Buffer.byteLength(text);
  const unreadable = bytes > LARGEST_FILE ? [templateTooLarge({ range: [0, 0] }, { bytes })] : findInvisible(text);
  const scanned = unreadable.length > 0 ? { tokens: undefined, findings: unreadable } : scan(text, 'many');
  const documents =
    scanned.tokens === undefined || scanned.findings.length > MOST_FINDINGS
      ? []
      : [
          ...new Composer({ version: '1.2', strict: true, uniqueKeys: false }).compose(
            scanned.tokens,
            true,
            text.length,
          ),
        ];
  const { objects, findings } = judge(documents, scanned.findings, text);
  const placed = few(findings).map(finding => inside(finding, file));
  const read = { file, text, findings: placed, locate: locatorOf(documents) };
  return hasErrors(findings) ? read : { ...read, objects };
}

interface Judged {
  readonly objects: readonly TemplateObject[];
  readonly findings: readonly Finding[];
}

function judge(documents: readonly Document.Parsed[], scanned: readonly Finding[], text: string): Judged {
  const errors = documents.flatMap(document => document.errors);
  const syntax = syntaxFindings(errors, text);
  if (scanned.length + syntax.length > 0) return { objects: [], findings: [...scanned, ...syntax] };
  const findings = documents.flatMap(readAsKubectl);
  const values = documents.flatMap((document, index) => {
    const tree = plainTree(document.contents);
    findings.push(...tree.findings);
    return tree.value === null ? [] : [{ value: tree.value, path: [index] }];
  });
  if (findings.length > 0) return { objects: [], findings };
  if (values.length === 0) return { objects: [], findings: [templateEmpty({ range: [0, 0] }, undefined)] };
  const judged = values.flatMap(unrolled).map(judgeObject);
  return { objects: judged.flatMap(one => one.objects), findings: judged.flatMap(one => one.findings) };
}

function judgeObject({ value, path }: Placed): Judged {
  const problem = objectProblem(value);
  if (problem !== undefined) {
    const at = { path: [...path, ...problem.below], on: 'value' } as const;
    return { objects: [], findings: [notAnObject(at, { problem: problem.problem })] };
  }
  const { object: clean, dropped } = withoutServerFields(value as WrittenObject);
  const name = `${clean.kind} ${clean.metadata.name}`;
  const findings = dropped.length === 0 ? [] : [serverFields({ path, on: 'key' }, { object: name, fields: dropped })];
  const validate = manifestValidators[`${clean.apiVersion}/${clean.kind}`];
  if (validate === undefined) return { objects: [{ object: clean, path }], findings };
  const object = withoutNulls(clean) as unknown as WrittenObject;
  // The namespace comes from the Rollout.
  if (validate({ ...object, metadata: { namespace: 'default', ...object.metadata } }))
    return { objects: [{ object, path }], findings };
  const told = new Map((validate.errors ?? []).map(error => [error.instancePath + wordOf(error), error]));
  const refused = [...told.values()].map(error => refusalOf(error, { object, path, name }));
  return { objects: [], findings: [...findings, ...refused] };
}

/** Keywords that only sum up what others say. */
const wordOf = ({ keyword, params }: SchemaError): string =>
  keyword === 'additionalProperties' ? String(params['additionalProperty']) : '';

interface Refused extends TemplateObject {
  readonly name: string;
}

function refusalOf(error: SchemaError, { object, path, name }: Refused): Finding {
  const below = pathOf(error.instancePath, object).path;
  const stranger = error.keyword === 'additionalProperties' ? [wordOf(error)] : [];
  const at: At = { path: [...path, ...below, ...stranger], ...(stranger.length === 0 ? {} : { on: 'key' }) };
  const where = stranger.length > 0 ? wordsOf([...below, ...stranger]) : wordsOf(below);
  return templateField(at, { object: name, where, problem: problemOf(error) });
}

function problemOf({ keyword, params, message, propertyName }: SchemaError): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'is no field that is known here';
    case 'required':
      return `lacks the field ${String(params['missingProperty'])}`;
    case 'type':
      return `must be ${listed(params['type'])}`;
    case 'enum':
      return `must be one of ${listed(params['allowedValues'])}`;
    case 'pattern':
      return propertyName === undefined
        ? 'is not written as Kubernetes asks for'
        : `has the key "${propertyName}", which is not written as Kubernetes asks for`;
    default:
      return message ?? 'does not fit';
  }
}

const listed = (words: unknown): string =>
  Array.isArray(words) ? words.join(' or ') : `a value of the type ${String(words)}`;

const inside = (finding: Finding, file: string): Finding => ({
  ...finding,
  at: { ...finding.at, file },
  notes: finding.notes.map(note => ({ ...note, at: { ...note.at, file } })),
});

/** The first step of a path is the number of a document. */
function locatorOf(documents: readonly Document.Parsed[]): ReadTemplate['locate'] {
  const locators = documents.map(document => locator(document.contents));
  const nowhere = locator(undefined);
  return at => {
    if ('range' in at) return nowhere(at);
    const [first, ...path] = at.path;
    return (locators[Number(first ?? 0)] ?? nowhere)({ ...at, path });
  };
}
