import { CST, Lexer, Parser } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import { DEEPEST_NESTING, severalDocuments, tooDeep } from './file-messages.ts';
import { alias, anchor, directive, tag } from './yaml-messages.ts';

/** How many documents of a text are read: one, or all of them. */
export type Documents = 'one' | 'many';

/** The documents of a text as tokens, and what only the tokens tell. */
export interface Scan {
  /** Free of directives; undefined where a document is nested too deeply to be composed. */
  readonly tokens: readonly CST.Token[] | undefined;
  /** Whether a node is an alias or carries an anchor or a tag. */
  readonly findings: readonly Finding[];
}

/**
 * Runs yaml's lexer and parser, neither of which recurses, and stops where composing would become dangerous:
 * yaml composes recursively, and a second deeply nested text in one process aborts Node 20 beyond any catch.
 */
export function scan(text: string, documents: Documents = 'one'): Scan {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const findings: Finding[] = [];
  let inScalar = false;
  let first: CST.Token | undefined;
  for (const lexeme of new Lexer().lex(text)) {
    const feature = inScalar ? undefined : featureOf(lexeme, parser.offset);
    if (feature !== undefined) findings.push(feature);
    inScalar = lexeme === CST.SCALAR;
    for (const token of parser.next(lexeme)) tokens.push(token);
    first ??= parser.stack[0];
    const stop = endOf(parser, documents === 'many' ? parser.stack[0] : first, tokens.at(-1));
    if (stop === undefined) continue;
    if (stop.finding !== undefined) findings.push(stop.finding);
    return { tokens: stop.deep ? undefined : tokens.filter(isContent), findings };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens: tokens.filter(isContent), findings };
}

const isContent = (token: CST.Token): boolean => token.type !== 'directive';

/** Why nothing after this place is read. */
interface Stop {
  readonly finding?: Finding;
  readonly deep?: true;
}

function endOf({ stack, offset }: Parser, first: CST.Token | undefined, done: CST.Token | undefined): Stop | undefined {
  if (stack.length > DEEPEST_NESTING && stack.filter(CST.isCollection).length > DEEPEST_NESTING) {
    return { finding: tooDeep({ range: [offset - 1, offset] }, undefined), deep: true };
  }
  // after an error outside of every node all the rest is unexpected too
  if (done?.type === 'error') return {};
  const [bottom] = stack;
  if (bottom?.type !== 'document' || bottom === first) return undefined;
  return { finding: severalDocuments({ range: [bottom.offset, bottom.offset + 3] }, undefined) };
}

/** A feature of YAML that rollouts do without. A lexeme that is no part of a scalar shows by its first character what it is. */
function featureOf(lexeme: string, offset: number): Finding | undefined {
  const at = (): At => ({ range: [offset, offset + lexeme.length] });
  switch (lexeme[0]) {
    case '&':
      return anchor(at(), { name: lexeme.slice(1) });
    case '*':
      return alias(at(), { name: lexeme.slice(1) });
    case '!':
      return tag(at(), { tag: lexeme });
    case '%':
      return directive(at(), { line: lexeme.trimEnd() });
    default:
      return undefined;
  }
}
