import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { manifestValidators } from '../../src/generated/manifest-validators.js';
import { withMisspeltField, withUnknownField, withWrongType } from '../schemas/mutants.ts';
import { SAMPLES } from '../schemas/samples.ts';

const schemas = readdirSync('schemas/providers').map(file =>
  JSON.parse(readFileSync(`schemas/providers/${file}`, 'utf8')),
);

describe.each([...SAMPLES])('%s', (kind, sample) => {
  it('the code compiled ahead, made shorter, says of each mistake what ajv says', () => {
    const { apiVersion, kind: name } = sample.object;
    const schema = schemas.find(s => s.properties.apiVersion.const === apiVersion && s.properties.kind.const === name);
    const theirs = new Ajv({ allErrors: true, inlineRefs: false, allowUnionTypes: true }).compile(schema);
    const ours = manifestValidators[kind] ?? expect.unreachable(`no validator for ${kind}`);
    const badKey = { ...sample.object, metadata: { name: 'a', namespace: 'b', labels: { '-': 'x' } } };
    const mutants = [...withUnknownField(sample), ...withMisspeltField(sample), ...withWrongType(sample)];
    for (const object of [badKey, ...mutants.map(mutant => mutant.object)]) {
      expect(ours(object)).toBe(theirs(object));
      expect(ours.errors).toEqual(theirs.errors?.map(({ schemaPath: _, ...error }) => error));
    }
  });
});
