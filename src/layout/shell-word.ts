import { visible } from './visible.ts';

/** A word as a shell reads it back; characters that a terminal would obey are spelled out (bash, zsh: $'…'). */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const shown = visible(word);
  return shown === word ? `'${word.replaceAll("'", "'\\''")}'` : `$'${visible(word.replace(/[\\']/g, '\\$&'))}'`;
}
