/** Control and format characters, line separators and halves of letters: a terminal obeys them, or they hide and reorder text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from a user's file as it may go to a terminal: nothing in it moves the cursor, colours or hides. */
export const visible = (text: string): string => text.replace(UNSEEN, spellOut);

const spellOut = (letter: string): string => {
  const hex = (letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
};
