/**
 * Why RE2 would refuse an expression, as far as its shape tells; undefined where nothing is wrong with it. Expressions
 * are compiled here, never run: what they match is for the proxy. https://github.com/google/re2/wiki/Syntax
 */
export function regexFault(regex: string): string | undefined {
  const bare = regex.replace(/\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]/gs, 'x');
  if (/\(\?(?:[=!]|<[=!])/.test(bare)) return 'it looks ahead or behind';
  if (/\\[1-9]/.test(bare)) return 'it refers back to a group';
  try {
    // Flags and the names of groups are written in another way, the rest of the syntax is shared.
    new RegExp(bare.replace(/\(\?P?<\w+>|\(\?[imsU-]+:/g, '(').replace(/\(\?[imsU-]+\)/g, ''));
    return undefined;
  } catch {
    return 'its brackets do not match, or there is nothing to repeat';
  }
}
