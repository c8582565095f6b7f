// Text that means itself without quotes, as key or value in block style, to readers of YAML 1.1, of YAML 1.2 and to kubectl.
// One line of printable ASCII that opens with no indicator, without `: ` and ` #`. `-` opens flags only, not `-inf`; a digit needs
// company that no number, date or time has (hex digits and the marks in 0x1p2, 0o7, 1e3, T and Z are none). Some take `e3` for a
// number. Errs towards quotes. Unrolled, so that it stays linear. https://yaml.org/spec/1.2.2/#733-plain-style
const PLAIN =
  /^(?![-+]?[eE][-+]?[0-9]+$)(?:[A-Za-z/_$(^]|--?(?![iI][nN][fF]|[nN][aA][nN])[A-Za-z]|(?=[0-9].*[g-nq-suvwyG-NQ-SUVWY%/]))[!-9;-~]*(?:(?::(?! |$)| (?!#|$))[!-9;-~]*)*$/;

// Keeps the stack of the regex engine small.
const LONGEST_PLAIN = 65_536;

// Taken for a boolean, null or number by some reader (https://yaml.org/type/); the last three by Go's ParseFloat.
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/i;
const LONGEST_WORD = 'infinity'.length;

// Readers look for the colon of a plain or quoted key within 1024 characters (https://yaml.org/spec/1.2.2/#rule-ns-s-implicit-yaml-key).
const LONGEST_KEY = 1000;

// Outside c-printable of YAML 1.1 or 1.2, or a line break to 1.1 only.
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

// What a block scalar cannot carry to every reader: control characters, tabs among them; spaces at line ends; empty lines before
// a line that opens with a space; nothing but line breaks.
const NOT_IN_BLOCKS =
  /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]| (?:\n|$)|^\n+(?: |$)/u;

/** A string on one line: bare where that is safe, else in double quotes. A lone surrogate becomes U+FFFD, as in any UTF-8 file. */
export function inlineOf(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

/** A string as value: several lines become a block scalar where that is exact. `pad` is the line break and indentation of the parent. */
export function stringOf(text: string, pad: string): string {
  if (isPlain(text)) return text;
  return text.includes('\n') && !NOT_IN_BLOCKS.test(text) ? blockOf(text, `${pad}  `) : quoted(text);
}

/** A key with its colon; one that is too long for a simple key is written as `? "key"`, with the colon on the next line. */
export function keyOf(text: string, pad: string): string {
  const key = inlineOf(text);
  return key.length > LONGEST_KEY ? `? ${quoted(text)}${pad}:` : `${key}:`;
}

/** A finite number; YAML 1.1 takes an exponent for one only after a fraction and with a sign: `1.0e+21`. */
export function numberOf(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw new Error(`a manifest cannot hold the number ${value}`);
  const digits = String(value);
  return digits.includes('.') ? digits : digits.replace('e', '.0e');
}

/** Comment lines, one for each line of a text; none for the empty text. */
export function commentOf(text: string): string {
  if (text === '') return '';
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  return lines.map(line => `${`# ${printable(line)}`.trimEnd()}\n`).join('');
}

function blockOf(text: string, pad: string): string {
  const indicator = text.startsWith(' ') ? '2' : '';
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.endsWith('\n') ? text.slice(0, -1) : text;
  return `|${indicator}${chomping}${`\n${lines}`.replace(/\n(?!\n|$)/g, pad)}`;
}

function isPlain(text: string): boolean {
  const { length } = text;
  return length <= LONGEST_PLAIN && PLAIN.test(text) && (length > LONGEST_WORD || !WORD.test(text));
}

function quoted(text: string): string {
  return JSON.stringify(text.replace(LONE_SURROGATE, '\ufffd')).replace(UNPRINTABLE, escaped);
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const printable = (line: string): string =>
  line.replace(/[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
