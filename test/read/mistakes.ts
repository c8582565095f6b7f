import { EXAMPLE } from './example.ts';

/** A text with mistakes, and what is found in it as `line:column code`, in the order of the file. */
export interface Case {
  readonly name: string;
  readonly text: string;
  readonly found: readonly string[];
}

/** The example with one passage replaced; throws where the passage is not there, so that no case tests nothing. */
export function edited(passage: string, replacement: string): string {
  if (EXAMPLE.split(passage).length !== 2) throw new Error(`the example has not exactly one ${passage}`);
  return EXAMPLE.replace(passage, () => replacement);
}

const file = (name: string, text: string, ...found: string[]): Case => ({ name, text, found });
const edit = (name: string, [passage, replacement]: [string, string], ...found: string[]): Case =>
  file(name, edited(passage, replacement), ...found);
const stable = (name: string, value: string, ...found: string[]): Case =>
  edit(name, ['  stable: v1\n', `  stable: ${value}\n`], ...found);

const MEMORY = '{ cpu: 250m, memory: 256Mi }';
/** The whole of `spec.versions`. */
const VERSIONS = EXAMPLE.slice(EXAMPLE.indexOf('  versions:'), EXAMPLE.indexOf('  route:'));
const INTERNAL = '    - name: internal\n      traffic: { v1: 100 }\n';
const TESTERS = '      traffic: { v2: 100 }\n';
const API = 'path: { prefix: /api }';
const BALANCING = 'loadBalancing: least-request';
const CANARY = '{ to: v2, weights: [1, 5, 20, 50], pause: 30m, rules: [testers] }';

/** Files that are no rollout at all. */
export const FILES: readonly Case[] = [
  file('nothing', '', '1:1 file/empty'),
  file('only a comment', '# a\n', '1:1 file/empty'),
  file('only a mark', '---\n', '1:1 file/empty'),
  file('null', '~\n', '1:1 file/empty'),
  file('too large', `a: ${'x'.repeat(256 * 1024)}`, '1:1 file/too-large'),
  file('too large in bytes', `a: ${'é'.repeat(128 * 1024)}`, '1:1 file/too-large'),
  file('NUL', 'kind: a\nb: \u0000', '2:4 file/control-character'),
  file('UTF-16', 'k\u0000i\u0000n\u0000d\u0000', '1:2 file/control-character'),
  file('bare carriage return', 'a: 1\rb: 2\n', '1:5 file/control-character'),
  file('text turned around', 'a: "\u202e"\n', '1:5 file/control-character'),
  file('line separator', 'a: b\u2028c\n', '1:5 file/control-character'),
  file('half a surrogate pair', 'a: \ud83d\n', '1:4 file/control-character'),
  file('byte order mark inside', 'a: 1\n\ufeffb: 2\n', '2:1 file/control-character'),
  file('not UTF-8', 'a: caf\ufffd\n', '1:7 file/not-utf8'),
  file('flow too deep', '['.repeat(65), '1:65 file/too-deep'),
  file('block too deep', `${'- '.repeat(65)}a`, '1:129 file/too-deep'),
  file('as deep as is read', `${'['.repeat(64)}${']'.repeat(64)}`, '1:1 rollout/not-a-map'),
  file('a list', '- a\n- b\n', '1:1 rollout/not-a-map'),
  file('a text', 'hello\n', '1:1 rollout/not-a-map'),
  file('a number', '5\n', '1:1 rollout/not-a-map'),
  file('values of a chart', 'image: a\nreplicas: 1\n', '1:1 rollout/no-kind'),
  file('a Deployment', 'apiVersion: apps/v1\nkind: Deployment\nspec: { replicas: 1 }\n', '2:7 rollout/other-kind'),
  edit('a Rollout of Argo', ['surefoot.dev/v1', 'argoproj.io/v1alpha1'], '2:13 rollout/other-api-version'),
  edit('a later version', ['surefoot.dev/v1', 'surefoot.dev/v2'], '2:13 rollout/other-api-version'),
  edit('kind in lower case', ['kind: Rollout', 'kind: rollout'], '3:7 rollout/other-kind'),
  edit('several documents', ['  steps:\n', '---\nsteps:\n'], '38:1 file/several-documents'),
  edit('a document after an end mark', ['  steps:\n', '...\nsteps:\n'], '39:1 file/several-documents'),
  file('an empty document first', '---\n---\nkind: Rollout\n', '2:1 file/several-documents'),
  file(
    'a flood',
    'x:\n'.repeat(200),
    '1:1 file/more-findings',
    ...Array.from({ length: 100 }, (_, i) => `${i + 2}:1 yaml/duplicate-key`),
  ),
];

/** What YAML allows and a rollout does not. */
export const FEATURES: readonly Case[] = [
  stable('anchor', '&a v1', '8:11 yaml/anchor'),
  edit('alias', [TESTERS, '      traffic: *a\n'], '37:16 yaml/alias'),
  edit('alias in a list', ['weights: [1, 5, 20, 50]', 'weights: [1, *a, 20]'], '43:38 yaml/alias'),
  edit('merge key', [TESTERS, '      traffic: { <<: *a }\n'], '37:18 yaml/merge-key', '37:22 yaml/alias'),
  edit(
    'merge key in place of what is needed',
    [TESTERS, '      <<: { traffic: { v2: 100 } }\n'],
    '37:7 yaml/merge-key',
  ),
  edit('quoted merge key', [TESTERS, '      "<<": {}\n'], '32:5 schema/missing-field', '37:7 schema/unknown-field'),
  stable('tag', '!!str v1', '8:11 yaml/tag'),
  edit('unknown tag on a map', [TESTERS, '      traffic: !percent [v2]\n'], '37:16 yaml/tag'),
  edit('directive', ['apiVersion', '%YAML 1.1\n---\napiVersion'], '2:1 yaml/directive'),
  stable('duplicate key', 'v1\n  stable: v2', '9:3 yaml/duplicate-key'),
  edit('number as key', ['    v1: {', '    1: {'], '17:5 yaml/key-not-text'),
  stable('boolean as key', 'v1\n  true: a', '9:3 yaml/key-not-text'),
  stable('nothing as key', 'v1\n  : a', '9:5 yaml/key-not-text'),
  stable('list as key', 'v1\n  ? [a]\n  : b', '9:5 yaml/key-not-simple'),
  stable('prototypes', 'v1\n  __proto__: {}\n  constructor: 1', '9:3 yaml/reserved-key', '10:3 yaml/reserved-key'),
  edit(
    'infinity',
    ['weights: [1, 5,', 'weights: [1, .inf, .nan,'],
    '43:38 yaml/not-a-number',
    '43:44 yaml/not-a-number',
  ),
  edit('escape', ['beta: "1"', 'beta: "\\e"'], '35:28 yaml/hidden-character'),
  edit('byte order mark in a value', ['beta: "1"', 'beta: "\\ufeff1"'], '35:28 yaml/hidden-character'),
  edit('too many entries', ['[5xx, connect-failure]', `[${'5xx,'.repeat(1001)}]`], '27:57 yaml/too-many-entries'),
];

/** What is no YAML. */
export const SYNTAX: readonly Case[] = [
  edit('tabs', ['  stable: v1\n  surge: full\n', '\tstable: v1\n\tsurge: full\n'], '8:1 yaml/tab', '9:1 yaml/tab'),
  edit('too little indentation', ['  stable', ' stable'], '8:2 yaml/indentation'),
  edit('too much indentation', ['  stable', '   stable'], '8:4 yaml/indentation'),
  edit('no colon', ['  stable: v1', '  stable v1'], '8:3 yaml/multiline-key'),
  edit('no space after a colon', ['  stable: v1', '  stable:v1'], '8:3 yaml/multiline-key'),
  file('no colon at the end', 'kind: Rollout\nspec\n', '2:1 yaml/no-colon'),
  stable('a second colon', 'v1: x', '8:11 yaml/colon-in-value'),
  edit(
    'a nested key too far right',
    [INTERNAL, INTERNAL.replace('   traffic', '     traffic')],
    '40:13 yaml/colon-in-value',
  ),
  stable('double quote', '"v1', '8:11 yaml/unclosed-quote'),
  stable('single quote', "'it''s", '8:11 yaml/unclosed-quote'),
  edit('bracket', ['[1, 5, 20, 50]', '[1, 5, 20, 50'], '43:78 yaml/missing-character'),
  edit('brace', [MEMORY, '{ cpu: 250m'], '16:3 yaml/missing-character'),
  edit('comma', [MEMORY, '{ cpu: 250m memory: 256Mi }'], '15:24 yaml/missing-comma'),
  edit('too many braces', [MEMORY, `${MEMORY}}`], '15:45 yaml/unexpected'),
  stable('reserved character', '@v1', '8:11 yaml/quote-needed'),
  stable('two reserved characters', '`v1`\n  surge: %full', '8:11 yaml/quote-needed', '9:10 yaml/quote-needed'),
  stable('backslash', '"\\d"', '8:12 yaml/escape'),
  stable('merge conflict', 'v1\n<<<<<<< HEAD\n=======\n>>>>>>> x', '9:1 yaml/merge-conflict'),
  stable('list as a later key', 'v1\n  [a]: b', '9:3 yaml/syntax'),
];

/** What the schema does not allow. */
export const SHAPES: readonly Case[] = [
  edit('mistyped field', ['  step: canary-20', '  stpe: canary-20'], '7:3 schema/unknown-field'),
  edit('mistyped field that is needed', ['provider: istio', 'povider: istio'], '6:3 schema/unknown-field'),
  edit('mistyped shorthand', [`canary: ${CANARY}`, `cannary: ${CANARY}`], '43:7 schema/unknown-field'),
  edit('missing field', [VERSIONS, ''], '5:1 schema/missing-field'),
  edit('missing field of an entry', ['{ name: http, port: 9080 }', '{ name: http }'], '10:13 schema/missing-field'),
  edit(
    'missing field of the file',
    ['metadata: { name: reviews, namespace: bookinfo }\n', ''],
    '2:1 schema/missing-field',
  ),
  edit('neither step nor shorthand', [`canary: ${CANARY}`, 'pause: 5m'], '43:7 schema/missing-field'),
  edit(
    'fields in other places',
    ['  surge: full', '  replicas: 4\n  hosts: [a]'],
    '9:3 schema/misplaced-field',
    '10:3 schema/misplaced-field',
  ),
  edit('field beside a shorthand', [CANARY, '{ to: v2, weights: [1] }\n      pause: 30m'], '44:7 schema/stands-alone'),
  edit('two shorthands', [CANARY, '{ to: v2, weights: [1] }\n      shadow: { to: v2 }'], '44:7 schema/stands-alone'),
  edit('text for a number', ['replicas: 4', 'replicas: "4"'], '12:15 schema/wrong-type'),
  edit('number for a text', ['timeout: 10s', 'timeout: 10'], '26:14 schema/wrong-type'),
  edit('text for a list', ['rules: [testers]\n', 'rules: testers\n'], '42:14 schema/wrong-type'),
  edit('list for a map', [TESTERS, '      traffic: [v2]\n'], '37:16 schema/wrong-type'),
  edit('text for a map', ['  versions:\n', '  versions: |\n'], '16:13 schema/wrong-type'),
  edit('nothing for a text', ['LOG_LEVEL: info', 'LOG_LEVEL:'], '21:9 schema/wrong-type'),
  edit('YAML 1.1 boolean', [API, 'path: { present: yes }'], '36:28 schema/wrong-type'),
  edit('false where only true says something', [API, 'path: { present: false }'], '36:28 schema/only-true'),
  edit('unknown word', ['surge: full', 'surge: ful'], '9:10 schema/unknown-word'),
  edit('unknown word of two kinds', [BALANCING, 'loadBalancing: least_request'], '30:20 schema/unknown-word'),
  edit('unknown provider', ['provider: istio', 'provider: isto'], '6:13 schema/unknown-word'),
  edit('name of a version', ['    v1: {', '    V1.2: {'], '17:5 schema/name'),
  edit('name of JavaScript', ['name: internal', 'name: constructor'], '40:13 schema/name'),
  edit('name too long', ['name: internal', `name: ${'a'.repeat(41)}`], '40:13 schema/too-long'),
  edit('key too long', ['    testers:\n', `    ${'a'.repeat(41)}:\n`], '32:5 schema/too-long'),
  edit('duration', ['timeout: 10s', 'timeout: 1.5h'], '26:14 schema/duration'),
  edit('empty duration', ['timeout: 10s', 'timeout: ""'], '26:14 schema/empty'),
  edit('host with a scheme', ['hosts: [reviews]', 'hosts: [http://reviews]'], '24:13 schema/text'),
  edit('header over two lines', ['end-user: jason', 'end-user: "a\\nb"'], '34:32 schema/text'),
  edit('percent', ['mirror: { v2: 10 }', 'mirror: { v2: 101 }'], '39:59 schema/out-of-bounds'),
  edit('port', ['port: 9080', 'port: 0'], '10:31 schema/out-of-bounds'),
  edit('empty map', [TESTERS, '      traffic: {}\n'], '37:7 schema/empty'),
  edit('empty list', ['hosts: [reviews]', 'hosts: []'], '24:12 schema/empty'),
  edit('too many', ['weights: [1, 5, 20, 50]', `weights: [${'1, '.repeat(51)}]`], '43:25 schema/too-many'),
  edit('said twice', ['[5xx, connect-failure]', '[5xx, reset, 5xx]'], '27:70 schema/repeated'),
  edit('two of which one is meant', [API, 'path: { prefix: /a, exact: /b }'], '36:17 schema/not-exactly-one'),
  edit('none of which one is meant', [API, 'path: {}'], '36:17 schema/not-exactly-one'),
  edit(
    'all at once',
    [
      '  surge: full\n  ports: [{ name: http, port: 9080 }]',
      '  surge: ful\n  ports: [{ nmae: http, port: 90800 }]\n  foo: 1',
    ],
    '9:10 schema/unknown-word',
    '10:13 schema/unknown-field',
    '10:31 schema/out-of-bounds',
    '11:3 schema/unknown-field',
  ),
  edit('feature and shape', ['  surge: full', '  surge: &a ful'], '9:10 yaml/anchor', '9:13 schema/unknown-word'),
];
