const words = (text: string): readonly string[] => text.split(' ');

/** Strings that some reader of YAML takes for another value, or for no string at all, when they stand without quotes. */
export const AMBIGUOUS: readonly string[] = [
  ...words(
    'y Y n N yes Yes YES no No NO on On ON oN off Off OFF true True TRUE false False FALSE null Null NULL ~ = <<',
  ),
  ...words(
    '0 7 42 -1 +1 -0 014 0o14 0O14 0x1f 0X1F -0x1f 0b1 0b_1 1_000 0_7 1,000 0x1p-2 1e3 1E3 1.5e-7 1e+21 6.02E23',
  ),
  ...words('.5 5. 1. 0.5 -.5 1.20.3 1.2.3.4 .inf -.inf +.INF .nan .NaN inf Infinity -inf -Infinity nan NaN -Nan'),
  ...words('12:30:45 1:20 190:20:30.15 22:22 2024-01-01 2024-01-01T12:00:00Z 5xx 1E 12e03 0x e3 E-3 -e3 e1234567890'),
  ...words('9_ 1_ + - . --- ... -1a +a .a -.a'),
  ...['', '2001-12-14 21:59:43.10 -5', '--- a', '... b'],
];

/** Strings that are no plain text: indicators first, or what ends a plain text inside; or not ASCII. */
export const UNPLAIN: readonly string[] = [
  ...[
    ' a',
    'a ',
    ' ',
    '  ',
    'a: b',
    ': a',
    'a #b',
    '# a',
    '- a',
    '? a',
    '{a: 1}',
    '!!str a',
    'a: "b"',
    '<<: a',
    '-- a',
  ],
  ...words('a: : :a #a -- ? ?a { } {} [ ] [] [a] , ,a &a * *a ! !a | |- > >- %a @a `a " "a" \' \'a\' =a ~a <a ---a'),
  ...['é', '日本', '😀', 'a😀', '\u00a0', 'a\u00a0', '\ufffd'],
];

/** Strings of which some characters must be escaped. */
export const ESCAPED: readonly (readonly [text: string, printed: string])[] = [
  ['\t', '"\\t"'],
  ['a\tb', '"a\\tb"'],
  ['a\r\nb', '"a\\r\\nb"'],
  ['\u0000\u0007\b\f', '"\\u0000\\u0007\\b\\f"'],
  ['\u001b[0m', '"\\u001b[0m"'],
  ['\u007f\u0080', '"\\u007f\\u0080"'],
  ['a\u0085b', '"a\\u0085b"'],
  ['a\u2028b\u2029', '"a\\u2028b\\u2029"'],
  ['\ufeffa', '"\\ufeffa"'],
  ['\ufffe\uffff', '"\\ufffe\\uffff"'],
  ['\\', '"\\\\"'],
  ['"\\ud800"', '"\\"\\\\ud800\\""'],
];

/** Texts of several lines with the block scalar that stands for them as the value of `a`. */
export const BLOCKS: readonly (readonly [text: string, printed: string])[] = [
  ['x\n', 'a: |\n  x\n'],
  ['x\ny', 'a: |-\n  x\n  y\n'],
  ['x\ny\n', 'a: |\n  x\n  y\n'],
  ['x\n\n', 'a: |+\n  x\n\n'],
  ['x\n\ny\n\n\n', 'a: |+\n  x\n\n  y\n\n\n'],
  ['\nx', 'a: |-\n\n  x\n'],
  ['\n\nx\n', 'a: |\n\n\n  x\n'],
  [' x\ny', 'a: |2-\n   x\n  y\n'],
  ['  x\ny\n\n', 'a: |2+\n    x\n  y\n\n'],
  ['x\n  y\n', 'a: |\n  x\n    y\n'],
  ['# x\n---\n...\n', 'a: |\n  # x\n  ---\n  ...\n'],
  ['x: y\n- z\n', 'a: |\n  x: y\n  - z\n'],
  ['on\n', 'a: |\n  on\n'],
  ['é\n😀\n', 'a: |\n  é\n  😀\n'],
];

/** Texts of several lines that a block scalar cannot carry to every reader. */
export const UNBLOCKED: readonly string[] = [
  ...[
    '\n',
    '\n\n',
    'a \nb',
    'a\n \nb',
    'a\nb ',
    ' \n',
    '\n ',
    'a\n\tb',
    'a\r\nb\n',
    'a\u0085b\n',
    'a\u2028b\n',
    '\ufeffa\nb',
  ],
  ...['a\u0000\n', 'a\u007f\n', 'a\uffff\n'],
];

/** Strings that stand without quotes in every reader: the everyday words of manifests. */
export const BARE: readonly string[] = [
  ...words('a apps/v1 reviews-v1 docker.io/istio/examples-bookinfo-reviews-v1:1.20.3 app.kubernetes.io/name 10s 1h30m'),
  ...words(
    '100m 256Mi 25% 10.0.0.0/8 5xx,connect-failure / /api/v1 /api/.* --port=9080 -c $(POD_IP):9080 (a|b) _a a:b',
  ),
  ...words("a#b a] http://a/?b=c yesterday nope only trueish nullable info v1.2 e3e x1f a\\b it's"),
  ...['a b', 'a, b', 'a - b', 'a? b', 'say "hi"', '^(.*; *)?beta=1(;.*)?$'],
];

export const TRAPS: readonly string[] = [
  ...[...AMBIGUOUS, ...UNPLAIN, ...BARE, ...UNBLOCKED, ...[...ESCAPED, ...BLOCKS].map(([text]) => text)],
  ...words('__proto__ constructor toString hasOwnProperty length'),
  ...['x'.repeat(2_000), 'very long '.repeat(300).trim(), `${'long '.repeat(400)}\nb`, 'é'.repeat(2_000)],
];
