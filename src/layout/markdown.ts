/** Text that Markdown, HTML and GitHub read as nothing but itself, also inside a table cell. */
export const plainText = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>()#+!|~@$&]/g, character => `&#${character.charCodeAt(0)};`).replace(/[\r\n]+/g, ' ');

/** A GitHub table; `align` is one letter per column, `l` or `r`. Cells are taken as Markdown. */
export function table(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, i) => (align[i] === 'r' ? '---:' : '---'))) + rows.map(line).join('');
}
