const pieces = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];

/** Compares names as people order them: v2 before v10. Total, independent of locale. */
export function naturally(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = comparePieces(left[i]!, right[i]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

function comparePieces(a: string, b: string): number {
  const numeric = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : 0;
  if (numeric !== 0) return numeric;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares texts by their characters' numbers, which is the order of their bytes in UTF-8: what Go does, and `<` does not beyond U+FFFF. */
export function byCharacters(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((character, i) => character !== right[i]);
  if (at < 0) return left.length - right.length;
  return right[at] === undefined ? 1 : left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
}
