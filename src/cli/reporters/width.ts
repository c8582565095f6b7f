/** Columns that a visible text takes in a terminal: most letters one, East Asian letters and emoji two, marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

const MARK = /^(?:\p{M}|[\ufe00-\ufe0f])$/u;
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])$/u;

const letterWidth = (letter: string): number =>
  letter <= '\u02ff' ? 1 : MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
