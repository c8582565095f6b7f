/** One word of a rule; `text` of a string is what it stands for. */
export interface Token {
  readonly kind: 'name' | 'string' | 'sign';
  readonly text: string;
}

const WORD = /[ \t\n]*(?:([A-Za-z_]\w*)|(`[^`]*`)|("(?:[^"\\\n]|\\[^\n])*")|(&&|\|\||[!(),]))/y;

/** The words of a rule, which is an expression of Go; undefined where a sign is none of them. */
export function tokensOf(rule: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const text = rule.trimEnd();
  WORD.lastIndex = 0;
  while (WORD.lastIndex < text.length) {
    const start = WORD.lastIndex;
    const found = WORD.exec(text);
    if (found === null) return undefined;
    const [whole, name, raw, quoted, sign = ''] = found;
    // Go ends an expression at a line break behind a word that may be its last.
    if (/^[ \t]*\n/.test(whole) && start > 0 && canEnd(tokens.at(-1))) return undefined;
    const value = raw === undefined ? quoted && unquoted(quoted) : raw.slice(1, -1).replaceAll('\r', '');
    if (raw !== undefined || quoted !== undefined) {
      if (value === undefined) return undefined;
      tokens.push({ kind: 'string', text: value });
    } else tokens.push(name === undefined ? { kind: 'sign', text: sign } : { kind: 'name', text: name });
  }
  return tokens;
}

const canEnd = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind !== 'sign' || token.text === ')');

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
  ...['\\', '"'].map(sign => [sign, sign] as const),
]);

/** What a string between double quotes stands for (https://go.dev/ref/spec#String_literals); undefined where Go refuses it. */
function unquoted(literal: string): string | undefined {
  let broken = false;
  const text = literal
    .slice(1, -1)
    .replace(
      /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([0-7]{3})|([\s\S]))/g,
      (_, short?: string, long?: string, byte?: string, octal?: string, sign?: string) => {
        const code = sign === undefined ? codeOf({ wide: short ?? long, byte, octal }) : undefined;
        const found = sign === undefined ? code && String.fromCodePoint(code.point) : ESCAPES.get(sign);
        if (found === undefined) broken = true;
        return found ?? '';
      },
    );
  return broken ? undefined : text;
}

/** A character by its number; a single byte beyond ASCII is none by itself. */
function codeOf(written: { wide: string | undefined; byte: string | undefined; octal: string | undefined }) {
  const { wide, byte, octal } = written;
  const point =
    wide === undefined ? Number.parseInt(byte ?? octal ?? '', byte === undefined ? 8 : 16) : Number.parseInt(wide, 16);
  const most = wide === undefined ? 0x7f : 0x10ffff;
  return point <= most && !(point >= 0xd800 && point <= 0xdfff) ? { point } : undefined;
}
