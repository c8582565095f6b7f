import { Composer, CST, Lexer, Parser } from 'yaml';
import { DEEPEST_NESTING } from '../read/file-messages.ts';

/** Largest text of other tools that is read, in bytes: a rendered chart with everything in it. */
export const LARGEST_TEXT = 1024 * 1024;

/** Aliases that are followed at most, so that a small text cannot become a huge one. */
const MOST_ALIASES = 1000;

/** Every document of a text as plain data, or why it cannot be read. */
export type Documents = { readonly documents: readonly unknown[] } | { readonly wrong: string };

/** Reads YAML as other tools write it: several documents, anchors and merge keys included. Never throws, whatever the text. */
export function readDocuments(text: string): Documents {
  if (Buffer.byteLength(text) > LARGEST_TEXT) return { wrong: `it has more than ${LARGEST_TEXT} bytes` };
  const tokens = tokensOf(text);
  if (tokens === undefined) return { wrong: `maps and lists are nested more than ${DEEPEST_NESTING} levels deep` };
  const composer = new Composer({ version: '1.2', merge: true, uniqueKeys: false });
  const documents = [...composer.compose(tokens, true, text.length)];
  const error = documents.flatMap(document => document.errors)[0];
  if (error !== undefined) return { wrong: `line ${lineAt(text, error.pos[0])} is no YAML: ${error.message}` };
  try {
    return { documents: documents.map(document => document.toJS({ maxAliasCount: MOST_ALIASES })) };
  } catch (error) {
    // yaml throws for aliases that lead nowhere, and for too many of them
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Undefined where composing, which recurses, would become dangerous; see src/read/scan.ts. */
function tokensOf(text: string): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > DEEPEST_NESTING && parser.stack.filter(CST.isCollection).length > DEEPEST_NESTING)
      return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}
