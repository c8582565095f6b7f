import type { Reporter } from './report.ts';

/** For machines: one document with every field of the diagnostics; what a terminal obeys, or nobody sees, is escaped. */
export const reportJson: Reporter = ({ diagnostics, facts }) =>
  `${JSON.stringify({ diagnostics, ...facts }, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;

/** As JSON writes any letter, those outside of the basic plane by their two halves: https://www.rfc-editor.org/rfc/rfc8259#section-7 */
const escaped = (letter: string): string =>
  Array.from({ length: letter.length }, (_, i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
