import type { YAMLParseError } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import type { Rule } from '../diagnostics/rule.ts';
import * as say from './syntax-messages.ts';

type Code = YAMLParseError['code'];

/** yaml's codes (https://eemeli.org/yaml/#errors) that have words of their own. */
const BY_CODE: { readonly [code in Code]?: Rule<say.Said> } = {
  BAD_INDENT: say.indentation,
  TAB_AS_INDENT: say.tabIndent,
  MISSING_CHAR: say.missingCharacter,
  MULTILINE_IMPLICIT_KEY: say.multilineKey,
  BLOCK_AS_IMPLICIT_KEY: say.colonInValue,
  BLOCK_IN_FLOW: say.missingComma,
  BAD_SCALAR_START: say.quoteNeeded,
  BAD_DQ_ESCAPE: say.badEscape,
  UNEXPECTED_TOKEN: say.unexpected,
};

/** Mistakes that leave the structure of the file alone: each of them is told. */
const LOCAL: readonly Code[] = ['BAD_DQ_ESCAPE', 'BAD_SCALAR_START', 'TAB_AS_INDENT'];

/** Mistakes in the use of anchors, aliases and tags, each of which is a finding already. */
const ALREADY_SAID: readonly Code[] = [
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_COLLECTION_TYPE',
  'BAD_PROP_ORDER',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
];

/**
 * yaml's errors in our words. Of those that change what the lines after them mean only the first is told,
 * and none after a tab: the others follow from it.
 */
export function syntaxFindings(errors: readonly YAMLParseError[], text: string): readonly Finding[] {
  const sorted = errors.filter(e => !ALREADY_SAID.includes(e.code)).sort((a, b) => a.pos[0] - b.pos[0]);
  if (sorted.length === 0) return [];
  const conflict = /^<{7} .*/m.exec(text);
  if (conflict) return [say.mergeConflict(rangeOf(conflict.index, conflict[0].length), undefined)];
  const tab = sorted.find(e => e.code === 'TAB_AS_INDENT')?.pos[0] ?? Number.POSITIVE_INFINITY;
  const structural = sorted.find(e => !LOCAL.includes(e.code) && e.pos[0] < tab);
  const told = sorted.filter(e => e === structural || (LOCAL.includes(e.code) && e.pos[0] < endOf(structural)));
  return (told.length > 0 ? told : sorted.slice(0, 1)).map(error => findingOf(error, text));
}

/** What is unclosed swallows the rest of the file, so that nothing after it is what it seems. */
const endOf = (structural: YAMLParseError | undefined): number =>
  structural?.code === 'UNEXPECTED_TOKEN' || structural?.code === 'MISSING_CHAR'
    ? structural.pos[0]
    : Number.POSITIVE_INFINITY;

function findingOf({ code, message, pos }: YAMLParseError, text: string): Finding {
  const [said = ''] = message.split('\n');
  const words = { said, text: text.slice(...pos) };
  const quote = /^Missing closing (["'])quote/.exec(said)?.[1];
  if (quote !== undefined) return say.unclosedQuote(rangeOf(openingQuote(text, pos[0], quote), 1), words);
  return ruleOf(code, said)(code === 'TAB_AS_INDENT' ? { range: pos } : visible(text, pos), words);
}

/** An error that points to blanks is about the line that they begin. */
function visible(text: string, [start, end]: readonly [number, number]): At {
  if (text.slice(start, end).trim() !== '') return { range: [start, end] };
  const blanks = /^ */.exec(text.slice(start, start + 1024))?.[0].length ?? 0;
  const line = /^.*/.exec(text.slice(start + blanks, start + blanks + 1024))?.[0].trimEnd().length ?? 0;
  return rangeOf(start + blanks, line);
}

function ruleOf(code: Code, said: string): Rule<say.Said> {
  if (said.startsWith('Implicit map keys need to be followed')) return say.noColon;
  if (said.startsWith('Flow ')) return say.missingCharacter;
  return BY_CODE[code] ?? say.syntax;
}

/** Where a text that never ends began; a doubled or escaped quote within it is no beginning. */
function openingQuote(text: string, end: number, quote: string): number {
  let at = text.lastIndexOf(quote, end - 1);
  while (at > 0 && (text[at - 1] === quote || text[at - 1] === '\\')) at = text.lastIndexOf(quote, at - 2);
  return Math.max(0, at);
}

const rangeOf = (start: number, length: number): At => ({ range: [start, start + length] });
