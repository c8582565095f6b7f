import { codeSpan, plainText } from '../layout/markdown.ts';
import { visible } from '../layout/visible.ts';

/** Shown as nothing; behind a sign it keeps GitHub and GitLab from reading a name, an issue or an address in it. */
const BREAK = '&#8203;';

/** More of one text would push everything else out of a comment. */
const LONGEST = 600;

/**
 * Text of anybody, for a comment on GitHub or GitLab: no Markdown, no HTML, nobody is notified, nothing is linked. Both sites look for
 * `@name`, `#1`, `!1`, `~label`, `%milestone`, `$snippet`, `&epic`, `:emoji:`, `GH-1` and addresses in what Markdown has become, so that
 * an entity alone hides nothing from them: https://docs.gitlab.com/user/markdown/#gitlab-specific-references
 */
export const commentText = (text: string): string =>
  plainText(clipped(text))
    .replace(/&#(?:33|35|36|38|64|126);/g, `$&${BREAK}`)
    .replace(/\S+/g, word => (/:.*:|:\/\//.test(word) ? word.replaceAll(':', `:${BREAK}`) : word))
    .replace(/%(?=[\w&"])/g, `%${BREAK}`)
    .replace(/www\./gi, match => `${match.slice(0, -1)}${BREAK}.`)
    .replace(/GH-(?=\d)/gi, match => `${match.slice(0, -1)}${BREAK}-`)
    .replace(/^[-=]/, sign => `&#${sign.charCodeAt(0)};`)
    .replace(/^(\d+)\./, '$1&#46;')
    .trim();

/** A sentence in which commands and words stand between backticks; those stay code, the rest is text. */
export const commentSentence = (text: string): string =>
  clipped(text)
    .split(/`([^`\n]+)`/)
    .map((part, i) => (i % 2 === 1 ? commentCode(part) : spaced(part, commentText(part))))
    .join('');

/** Text as code, where both sites look for nothing. */
export const commentCode = (text: string): string => codeSpan(visible(clipped(text.replace(/[\r\n]+/g, ' '))) || ' ');

/** The same inside a cell of a table, which every bar ends: https://github.github.com/gfm/#example-200 */
export const cellCode = (text: string): string => commentCode(text).replaceAll('|', '\\|');

const clipped = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`);

/** The blanks around a part, which are lost where it is text of its own. */
const spaced = (part: string, text: string): string =>
  text === '' ? ' ' : `${/^\s/.test(part) ? ' ' : ''}${text}${/\s$/.test(part) ? ' ' : ''}`;
