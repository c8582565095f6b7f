/** Where a reader stands in a text of our dialect, whose last character is a line break. */
export interface Cursor {
  readonly text: string;
  /** Offset of the next character; behind the indentation once a line is entered. */
  at: number;
  /** Spaces before the line that was entered last; -1 where no line of this document follows. */
  indent: number;
}

/** The line between two documents. */
export const SEPARATOR = '---\n';

const SPACE = 0x20;

/** Goes to the line that begins at `start`, or to the end of the document. */
export function enterLine(cursor: Cursor, start: number): void {
  const { text } = cursor;
  let at = start;
  while (text.charCodeAt(at) === SPACE) at++;
  cursor.at = at;
  cursor.indent = at === text.length || (at === start && text.startsWith(SEPARATOR, at)) ? -1 : at - start;
}

/** Stops at text that `printYaml` never prints: a bug of whoever printed it. */
export function refuse(cursor: Pick<Cursor, 'text' | 'at'>, found: string): never {
  const line = cursor.text.slice(0, cursor.at).split('\n').length;
  throw new Error(`not our dialect: ${found} on line ${line}`);
}
