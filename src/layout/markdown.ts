import { visible } from './visible.ts';

/** Text that Markdown, HTML and GitHub read as nothing but itself, also inside a table cell; what hides is spelled out. */
export const plainText = (text: string): string =>
  visible(text.replace(/[\r\n]+/g, ' ')).replace(
    /[\\`*_{}[\]<>()#+!|~@$&]/g,
    character => `&#${character.charCodeAt(0)};`,
  );

/** Text as code, whatever backticks it holds: https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map(run => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${pad}${text.replace(/[\r\n]+/g, ' ')}${pad}${fence}`;
}

/** A GitHub table; `align` is one letter per column, `l` or `r`. Cells are taken as Markdown. */
export function table(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, i) => (align[i] === 'r' ? '---:' : '---'))) + rows.map(line).join('');
}
