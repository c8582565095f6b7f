import fc from 'fast-check';
import { Document, isCollection, isMap, isScalar, visit } from 'yaml';

/** How a text is printed: what is in braces, what has a comment, how words are quoted, how lines end. */
export interface Style {
  readonly flow: number;
  readonly comments: number;
  readonly quotes: number;
  readonly indent: number;
  readonly lineBreak: string;
  readonly isOpen: boolean;
  readonly seed: readonly number[];
}

export const anyStyle: fc.Arbitrary<Style> = fc.record({
  flow: fc.constantFrom(0, 0.1, 0.4),
  comments: fc.constantFrom(0, 0.1, 0.3),
  quotes: fc.constantFrom(0, 0.3),
  indent: fc.constantFrom(2, 4),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  isOpen: fc.boolean(),
  seed: fc.array(
    fc.integer({ min: 0, max: 99 }).map(percent => percent / 100),
    { minLength: 97, maxLength: 97 },
  ),
});

/** Prints data as people might have written it: the same data in one of many texts. */
export function textIn(style: Style, data: unknown): string {
  let at = 0;
  const chance = (share: number): boolean => style.seed[at++ % style.seed.length]! < share;
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Node: (key, node, path) => {
      const isInFlow = path.some(parent => isCollection(parent) && parent.flow === true);
      if (isCollection(node) && path.length > 1 && node.items.length > 0) node.flow = isInFlow || chance(style.flow);
      if (isScalar(node) && typeof node.value === 'string' && chance(style.quotes))
        node.type = chance(0.5) ? 'QUOTE_SINGLE' : 'QUOTE_DOUBLE';
      if (!isInFlow && key === 'key' && chance(style.comments)) node.commentBefore = ' about this';
      if (!isInFlow && isScalar(node) && key === 'value' && chance(style.comments)) node.comment = ' since then';
      if (isMap(node) && isInFlow) node.spaceBefore = false;
    },
  });
  const text = document.toString({ indent: style.indent, lineWidth: chance(0.5) ? 0 : 80 });
  const whole = style.isOpen ? text.trimEnd() : text;
  return whole.replaceAll('\n', style.lineBreak);
}
