import type { TextMatch } from '../model/traffic.ts';
import { takesText } from './evaluate.ts';
import { beginningOf, type PlainTexts, plainTexts } from './regex.ts';

/** Every text that one condition takes is a text that another takes, for certain. */
export function impliesText(given: TextMatch, asked: TextMatch): boolean {
  if (asked.kind === 'present' || sameText(given, asked)) return true;
  if (given.kind === 'exact') return takesText(asked, given.value);
  if (asked.kind === 'exact' && given.kind !== 'regex') return false;
  const known = textsOf(asked) ?? [];
  return outline(given).every(part =>
    part.kind === 'exact' ? takesText(asked, part.value) : known.some(one => holdsAll(one, part)),
  );
}

const sameText = (a: TextMatch, b: TextMatch): boolean =>
  a.kind === b.kind && (a.kind === 'present' || b.kind === 'present' || a.value === b.value);

/** Whether texts that begin with the one all begin with the other. */
const holdsAll = (one: PlainTexts, part: PlainTexts): boolean =>
  one.kind === 'prefix' &&
  part.value.startsWith(one.value) &&
  part.value.length + part.more >= one.value.length + one.more;

/** The texts of a condition, where they can be told. */
function textsOf(text: TextMatch): readonly PlainTexts[] | undefined {
  switch (text.kind) {
    case 'exact':
      return [{ kind: 'exact', value: text.value, more: 0 }];
    case 'prefix':
      return [{ kind: 'prefix', value: text.value, more: 0 }];
    case 'present':
      return [{ kind: 'prefix', value: '', more: 0 }];
    case 'regex':
      return plainTexts(text.value);
  }
}

/** The texts of a condition, or more than these where they cannot be told. */
const outline = (text: TextMatch): readonly PlainTexts[] =>
  textsOf(text) ?? [{ kind: 'prefix', value: text.kind === 'regex' ? beginningOf(text.value) : '', more: 0 }];

/** Ends with which a beginning becomes a text that some expression takes and another does not. */
const ENDS = ['', 'a', 'A', 'x', '0', '1', '000', '-', '~', 'a0', 'a/', '/a', '.a'];

/** Some texts that a condition takes; none where none was found. */
export const examplesOf = (text: TextMatch): readonly string[] =>
  outline(text)
    .flatMap(({ kind, value }) => (kind === 'exact' ? [value] : ENDS.map(end => value + end)))
    .filter(example => takesText(text, example));

/** Whether some text could be taken by both conditions. */
export const mayMeet = (a: TextMatch, b: TextMatch): boolean =>
  outline(a).some(one =>
    outline(b).some(other => {
      if (one.kind === 'exact') return takesText(b, one.value);
      if (other.kind === 'exact') return takesText(a, other.value);
      return one.value.startsWith(other.value) || other.value.startsWith(one.value);
    }),
  );
