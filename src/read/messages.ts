import type { Rule } from '../diagnostics/rule.ts';
import * as file from './file-messages.ts';
import * as schema from './schema-messages.ts';
import * as syntax from './syntax-messages.ts';
import * as template from './template-messages.ts';
import * as yaml from './yaml-messages.ts';

const isRule = (entry: unknown): entry is Rule<never> => typeof entry === 'function' && 'code' in entry;

/** Every mistake that reading can find, for the catalogue. */
export const readMessages: readonly Rule<never>[] = [file, yaml, syntax, schema, template].flatMap(messages =>
  Object.values<unknown>(messages).filter(isRule),
);
